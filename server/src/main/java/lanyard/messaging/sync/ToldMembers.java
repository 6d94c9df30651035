package lanyard.messaging.sync;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import lanyard.messaging.timeline.Reader;
import lanyard.messaging.timeline.StateEvent;
import lanyard.platform.stream.SyncToken;
import lanyard.standards.matrix.RoomId;

/// Of which members each device that loads them lazily has been told, so that it is told once. Lives in memory only:
/// what was forgotten is told again. An answer counts when the device comes back with its token, so a lost answer is
/// given again whole.
final class ToldMembers {
    private static final int ROOMS = 100_000;

    private record Place(Reader reader, RoomId room) {}

    private record Told(long seq, SyncToken upTo) {}

    private final Cache<Place, Map<String, Told>> told = Caffeine.newBuilder()
            .maximumSize(ROOMS)
            .expireAfterAccess(Duration.ofHours(2))
            .build();

    void forget(Reader reader, RoomId room) {
        told.invalidate(new Place(reader, room));
    }

    boolean isNew(Reader reader, RoomId room, StateEvent member, SyncToken since) {
        var ofRoom = told.getIfPresent(new Place(reader, room));
        var before = ofRoom == null ? null : ofRoom.get(member.stateKey());
        return before == null || before.seq() != member.seq() || !since.covers(before.upTo());
    }

    void told(Reader reader, RoomId room, StateEvent member, SyncToken upTo) {
        told.get(new Place(reader, room), place -> new ConcurrentHashMap<>())
                .merge(
                        member.stateKey(),
                        new Told(member.seq(), upTo),
                        (before, now) -> before.seq() == now.seq() && now.upTo().covers(before.upTo()) ? before : now);
    }
}
