package lanyard.messaging.timeline;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;

/// Who is typing. Never touches the database.
public final class Typing {
    static final long LONGEST_MS = 30_000;

    private final Timeline timeline;
    private final AtomicLong version = new AtomicLong();

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
    }

    public List<UserId> in(RoomId room) {
        var now = timeline.parts().clock().millis();
        var typing = timeline.getLog(room).typing();
        typing.values().removeIf(until -> until < now);
        return List.copyOf(typing.keySet());
    }

    /// Grows with each change in the room, so that a sync can tell news from old.
    public long version(RoomId room) {
        return timeline.findLog(room).map(RoomLog::typingVersion).orElse(0L);
    }

    public long version() {
        return version.get();
    }
}
