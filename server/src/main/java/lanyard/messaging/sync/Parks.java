package lanyard.messaging.sync;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import lanyard.messaging.timeline.Reader;
import lanyard.platform.notify.Wakes;
import lanyard.platform.stream.SyncToken;
import lanyard.platform.stream.Writer;

/// The syncs that wait until there is something to say, in either form.
///
/// What could go wrong: a phone that has been wiped or signed out reads on through a sync it opened before; a broken
/// client opens one sync after the other until the memory is full. So every answer is made only after the caller has
/// been asked for again at the position it shows, and of each device only the newest few wait: the oldest is answered
/// at once, as if its time were up.
final class Parks {
    /// A silent client cannot be told from one that has gone: parks are short.
    private static final Duration LONGEST = Duration.ofSeconds(30);
    /// A lost wake-up costs this much.
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    static final int MOST_OF_A_DEVICE = 8;

    private final Writer writer;
    private final Wakes wakes;
    private final Map<Reader, Deque<Park>> open = new ConcurrentHashMap<>();

    Parks(Writer writer, Wakes wakes) {
        this.writer = writer;
        this.wakes = wakes;
    }

    /// What is to be seen at a position, and how to say it.
    record Look(boolean isNews, Supplier<byte[]> answer) {}

    /// Who waits and for how long; `signedIn` throws once that is no longer so.
    record Caller(Reader reader, Duration timeout, Runnable signedIn) {}

    private static final class Park {
        private volatile boolean over;
    }

    /// Answers at once when there is news, else when there is some or the time is up.
    byte[] await(Caller caller, Function<SyncToken, Look> looking) throws InterruptedException {
        var reader = caller.reader();
        var longest = caller.timeout().compareTo(LONGEST) > 0 ? LONGEST : caller.timeout();
        var deadline = System.nanoTime() + longest.toNanos();
        var park = enter(reader);
        try (var bell = wakes.listen(reader.user().value())) {
            while (true) {
                var upTo = writer.visible();
                caller.signedIn().run();
                var look = looking.apply(upTo);
                if (look.isNews() || isUp(park, deadline)) {
                    return look.answer().get();
                }
                waitBeyond(upTo, bell, park, deadline);
            }
        } finally {
            leave(reader, park);
        }
    }

    /// Returns when something was rung for the person, when anything new is to be seen at all, or when the time is up.
    private void waitBeyond(SyncToken upTo, Wakes.Wait bell, Park park, long deadline) throws InterruptedException {
        while (!isUp(park, deadline)) {
            var left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
            if (bell.await(left.compareTo(LOOK_AGAIN) < 0 ? left : LOOK_AGAIN)
                    || !writer.visible().equals(upTo)) {
                return;
            }
        }
    }

    private boolean isUp(Park park, long deadline) {
        return park.over || wakes.stopping() || deadline - System.nanoTime() <= 0;
    }

    private Park enter(Reader reader) {
        var park = new Park();
        var oldest = new ArrayList<Park>(1);
        open.compute(reader, (key, before) -> {
            var parks = before == null ? new ArrayDeque<Park>(1) : before;
            parks.addLast(park);
            if (parks.size() > MOST_OF_A_DEVICE) {
                oldest.add(parks.removeFirst());
            }
            return parks;
        });
        if (!oldest.isEmpty()) {
            oldest.getFirst().over = true;
            wakes.wake(reader.user().value());
        }
        return park;
    }

    private void leave(Reader reader, Park park) {
        open.computeIfPresent(reader, (key, parks) -> {
            parks.remove(park);
            return parks.isEmpty() ? null : parks;
        });
    }
}
