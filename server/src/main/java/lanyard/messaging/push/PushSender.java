package lanyard.messaging.push;

import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import lanyard.messaging.push.WebPush.Outcome;
import lanyard.messaging.timeline.RoomState;
import lanyard.messaging.timeline.TimelineEvent;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.StateKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells people's phones that something has come, each in its way.
///
/// What could go wrong: a push service is slow or down and takes the server with it, or a notification is relied on
/// that never came. So the queue is bounded and what does not fit is dropped; each sending has little time and
/// few tries; and nothing here is promised: a bleep it is not. What a phone has missed by that is told later,
/// by `PushCatchUp`.
final class PushSender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PushSender.class);
    private static final int QUEUE = 10_000;
    private static final int AT_ONCE = 32;
    private static final List<Duration> TRIES = List.of(Duration.ZERO, Duration.ofSeconds(2), Duration.ofSeconds(15));

    private record News(RoomState room, TimelineEvent event) {}

    private final Pushers pushers;
    private final RuleSets ruleSets;
    private final Badges badges;
    private final WebPush webPush;
    private final BlockingQueue<News> news = new ArrayBlockingQueue<>(QUEUE);
    private final Semaphore turns = new Semaphore(AT_ONCE);
    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Thread dispatcher;

    PushSender(Pushers pushers, RuleSets ruleSets, Badges badges, WebPush webPush) {
        this.pushers = pushers;
        this.ruleSets = ruleSets;
        this.badges = badges;
        this.webPush = webPush;
        this.dispatcher = Thread.ofVirtual().name("push").start(this::loop);
    }

    /// On the writer's thread: quick, and never in the way.
    void happened(RoomState room, TimelineEvent event) {
        if (!pushers.isEmpty() && !news.offer(new News(room, event))) {
            LOG.warn("push notifications are put off: too many are waiting");
            room.joined().flatMap(user -> pushers.of(user).stream()).forEach(pushers.progress()::missed);
        }
    }

    private void loop() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                tell(news.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(News one) throws InterruptedException {
        var room = one.room();
        var people = room.joined().filter(user -> !pushers.of(user).isEmpty()).toList();
        for (var user : people) {
            tell(one, user);
        }
        if (one.event().isState() && one.event().type().equals(StateKey.MEMBER)) {
            var guest = new UserId(one.event().stateKey().stateKey());
            if (room.membership(guest).equals("invite")) {
                tell(one, guest);
            }
        }
    }

    private void tell(News one, UserId user) throws InterruptedException {
        var wanted = ruleSets.of(user).matching(one.event(), one.room(), user).filter(Rules.Rule::notifies);
        if (wanted.isEmpty()) {
            return;
        }
        for (var pusher : pushers.of(user)) {
            if (pushers.progress().isBehind(pusher)) {
                continue;
            }
            turns.acquire();
            Thread.startVirtualThread(() -> {
                try {
                    if (send(pusher, one.room(), one.event())) {
                        pushers.progress().told(pusher, one.event().timestamp());
                    } else {
                        pushers.progress().missed(pusher);
                    }
                } finally {
                    turns.release();
                }
            });
        }
    }

    /// False when it was not taken; what is not for this app to know counts as told.
    boolean send(Pusher pusher, RoomState room, TimelineEvent event) {
        var view = pushers.view(pusher);
        if (view.isEmpty() || !view.get().shows(room)) {
            return true;
        }
        return tried(
                pusher,
                () -> pusher.isOurs()
                        ? webPush.tell(client, pusher.subscription(), Alert.MESSAGE)
                        : GatewayPush.tell(
                                client,
                                pusher,
                                GatewayPush.notification(pusher, room, event, badges.of(pusher.user(), view.get()))));
    }

    /// A sign-in is told to the person's phones that were there before. On the writer's thread: quick.
    void signedIn(UserId user, DeviceId device) {
        alert(user, Alert.MESSAGE, pusher -> !pusher.device().equals(device));
    }

    /// Not about an event, so no rule of theirs is asked. Quick.
    void alert(UserId user, Alert alert) {
        alert(user, alert, _ -> true);
    }

    private void alert(UserId user, Alert alert, Predicate<Pusher> which) {
        pushers.of(user).stream()
                .filter(pusher -> pusher.isOurs() && which.test(pusher))
                .forEach(pusher -> Thread.startVirtualThread(() -> pushers.view(pusher)
                        .ifPresent(_ -> tried(pusher, () -> webPush.tell(client, pusher.subscription(), alert)))));
    }

    private interface Telling {
        Outcome tell() throws IOException, InterruptedException;
    }

    private boolean tried(Pusher pusher, Telling telling) {
        for (var wait : TRIES) {
            try {
                Thread.sleep(wait);
                if (wait.isPositive() && pushers.view(pusher).isEmpty()) {
                    return true;
                }
                var outcome = telling.tell();
                if (outcome == Outcome.ENDED) {
                    pushers.remove(pusher::isSame);
                }
                if (outcome != Outcome.TRY_AGAIN) {
                    return true;
                }
            } catch (IOException e) {
                LOG.info("a push service did not answer: {}", e.getClass().getName());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }

    @Override
    public void close() {
        dispatcher.interrupt();
        client.shutdownNow();
    }
}
