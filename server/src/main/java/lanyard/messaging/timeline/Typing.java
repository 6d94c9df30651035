package lanyard.messaging.timeline;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;

/// Who is typing. Never touches the database.
public final class Typing {
    static final long LONGEST_MS = 30_000;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    private final Timeline timeline;
    private final AtomicLong version = new AtomicLong();
    private final Set<RoomId> busy = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean watching = new AtomicBoolean();

    public Typing(Timeline timeline) {
        this.timeline = timeline;
    }

    /// Errors: `M_FORBIDDEN` outside the room.
    public void set(UserId user, RoomId room, long forMillis) {
        var state = timeline.getRoomOf(user, room);
        var log = timeline.getLog(room);
        var until = timeline.parts().clock().millis() + Math.min(forMillis, LONGEST_MS);
        var before =
                forMillis > 0 ? log.typing().put(user, until) : log.typing().remove(user);
        if (before == null ? forMillis > 0 : forMillis <= 0) {
            log.typingChanged(version.incrementAndGet());
            timeline.wakeMembers(state);
        }
        if (forMillis > 0) {
            busy.add(room);
            watch();
        }
    }

    /// Who stops without saying so has stopped when the time is up. Watches as long as anybody types.
    private void watch() {
        if (watching.compareAndSet(false, true)) {
            Thread.ofVirtual().name("typing").start(() -> {
                try {
                    while (!busy.isEmpty()) {
                        Thread.sleep(LOOK_AGAIN);
                        busy.removeIf(this::isQuiet);
                    }
                } catch (InterruptedException e) {
                    busy.clear();
                } finally {
                    watching.set(false);
                }
                if (!busy.isEmpty()) {
                    watch();
                }
            });
        }
    }

    private boolean isQuiet(RoomId room) {
        var log = timeline.findLog(room).orElse(null);
        if (log == null) {
            return true;
        }
        var now = timeline.parts().clock().millis();
        if (log.typing().values().removeIf(until -> until < now)) {
            log.typingChanged(version.incrementAndGet());
            timeline.wakeMembers(log.state());
        }
        return log.typing().isEmpty();
    }

    public List<UserId> in(RoomId room) {
        var now = timeline.parts().clock().millis();
        var log = timeline.getLog(room);
        return log.typing().entrySet().stream()
                .filter(entry -> entry.getValue() >= now)
                .map(Map.Entry::getKey)
                .filter(log.state()::isJoined)
                .toList();
    }

    /// Grows with each change in the room, so that a sync can tell news from old.
    public long version(RoomId room) {
        return timeline.findLog(room).map(RoomLog::typingVersion).orElse(0L);
    }

    public long version() {
        return version.get();
    }
}
