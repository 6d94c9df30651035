package lanyard.messaging.push;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import lanyard.messaging.timeline.RoomState;
import lanyard.messaging.timeline.TimelineEvent;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.StateKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// Tells the gateways of people's phones that something has come: which event in which room, never what it says
/// or who said it. <https://spec.matrix.org/v1.18/push-gateway-api/>
///
/// What could go wrong: a gateway is slow or down and takes the server with it, or a notification is relied on
/// that never came. So the queue is bounded and what does not fit is dropped; each sending has little time and
/// few tries; and nothing here is promised: a bleep it is not. What a phone has missed by that is told later,
/// by `PushCatchUp`.
final class PushSender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PushSender.class);
    private static final int QUEUE = 10_000;
    private static final int AT_ONCE = 32;
    private static final int LARGEST_ANSWER = 64 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final List<Duration> TRIES = List.of(Duration.ZERO, Duration.ofSeconds(2), Duration.ofSeconds(15));

    private record News(RoomState room, TimelineEvent event) {}

    private final Pushers pushers;
    private final RuleSets ruleSets;
    private final Badges badges;
    private final BlockingQueue<News> news = new ArrayBlockingQueue<>(QUEUE);
    private final Semaphore turns = new Semaphore(AT_ONCE);
    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Thread dispatcher;

    PushSender(Pushers pushers, RuleSets ruleSets, Badges badges) {
        this.pushers = pushers;
        this.ruleSets = ruleSets;
        this.badges = badges;
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

    /// False when the gateway did not take it; what is not for this app to know counts as told.
    boolean send(Pusher pusher, RoomState room, TimelineEvent event) {
        if (!pushers.mayBeTold(pusher, room)) {
            return true;
        }
        for (var wait : TRIES) {
            try {
                Thread.sleep(wait);
                if (post(pusher, notification(pusher, room, event, badges.of(pusher.user())))) {
                    return true;
                }
            } catch (IOException e) {
                LOG.info("a push gateway did not answer: {}", e.getClass().getName());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }

    /// False when it is worth trying again.
    private boolean post(Pusher pusher, ObjectNode notification) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(pusher.gateway())
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(Json.bytes(notification)))
                .build();
        var answer = client.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER));
        if (answer.statusCode() == 200) {
            forgetRejected(pusher, answer.body());
        }
        return answer.statusCode() < 500 && answer.statusCode() != 429;
    }

    private void forgetRejected(Pusher pusher, byte[] body) {
        try {
            var rejected = Json.optionalArray(Json.ownObject(body), "rejected").orElseGet(Json::array);
            if (rejected.valueStream().anyMatch(key -> key.asString("").equals(pusher.key()))) {
                pushers.remove(pusher::isSame);
            }
        } catch (MatrixException e) {
            LOG.info("a push gateway's answer was not understood");
        }
    }

    /// `unread` are all of the person's unread messages, which is what a phone's badge shows.
    static ObjectNode notification(Pusher pusher, RoomState room, TimelineEvent event, long unread) {
        var body = Json.object();
        var notification = body.putObject("notification")
                .put("event_id", event.id().value())
                .put("room_id", room.id().value())
                .put("prio", "high");
        notification.putObject("counts").put("unread", unread);
        var device = notification
                .putArray("devices")
                .addObject()
                .put("app_id", pusher.app())
                .put("pushkey", pusher.key())
                .put("pushkey_ts", pusher.since().getEpochSecond());
        var data = device.putObject("data");
        data.setAll((ObjectNode) pusher.content().get("data"));
        data.remove("url");
        return body;
    }

    @Override
    public void close() {
        dispatcher.interrupt();
        client.shutdownNow();
    }
}
