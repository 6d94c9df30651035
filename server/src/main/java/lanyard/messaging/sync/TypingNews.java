package lanyard.messaging.sync;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import lanyard.messaging.timeline.Reader;
import lanyard.messaging.timeline.Typing;
import lanyard.standards.matrix.RoomId;

/// Which state of "is typing" each device was last told. Lives in memory only, as typing does.
final class TypingNews {
    private final Typing typing;
    private final Cache<Reader, Map<RoomId, Long>> told = Caffeine.newBuilder()
            .maximumSize(50_000)
            .expireAfterAccess(Duration.ofMinutes(10))
            .build();

    TypingNews(Typing typing) {
        this.typing = typing;
    }

    /// Whether the device has not been told how things stand in the room; it has then.
    boolean isNew(Reader reader, RoomId room) {
        var version = typing.version(room);
        if (version == 0) {
            return false;
        }
        var before = told.get(reader, key -> new ConcurrentHashMap<>()).put(room, version);
        return before == null || before < version;
    }
}
