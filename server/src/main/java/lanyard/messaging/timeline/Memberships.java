package lanyard.messaging.timeline;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;

/// In which rooms each person is what. Loaded for a person when first asked, then kept by the writer's thread.
public final class Memberships {
    private final Cache<UserId, Map<RoomId, String>> byUser =
            Caffeine.newBuilder().maximumSize(100_000).build();
    private final Function<UserId, Map<RoomId, String>> load;
    private final Function<RoomId, RoomState> room;

    Memberships(Function<UserId, Map<RoomId, String>> load, Function<RoomId, RoomState> room) {
        this.load = load;
        this.room = room;
    }

    /// Each room in which the person is, was or is asked to be something, with their membership.
    public Map<RoomId, String> of(UserId user) {
        return byUser.get(user, key -> new ConcurrentHashMap<>(load.apply(key)));
    }

    public Stream<RoomId> joined(UserId user) {
        return of(user).entrySet().stream()
                .filter(entry -> entry.getValue().equals("join"))
                .map(Map.Entry::getKey);
    }

    /// Everybody who shares a room with the person, and the person.
    public Set<UserId> sharing(UserId user) {
        var sharing = new HashSet<UserId>();
        sharing.add(user);
        joined(user).forEach(id -> room.apply(id).joined().forEach(sharing::add));
        return sharing;
    }

    /// The rooms in which both are.
    public List<RoomId> shared(UserId one, UserId other) {
        var others = of(other);
        return joined(one).filter(room -> "join".equals(others.get(room))).toList();
    }

    /// Who is in a room, for somebody who is in it; nobody for anybody else.
    public Set<UserId> beside(UserId user, RoomId id) {
        return "join".equals(of(user).get(id)) ? room.apply(id).joined().collect(Collectors.toSet()) : Set.of();
    }

    void forget(UserId user, RoomId roomId) {
        change(user, rooms -> rooms.remove(roomId));
    }

    /// Called by the writer's thread. A person not yet loaded will be read from the database, which has it by now.
    void changed(UserId user, RoomId roomId, String membership) {
        change(user, rooms -> rooms.put(roomId, membership));
    }

    /// Waits for a reading that is under way: it may have begun before the commit, and would be believed until the next
    /// restart. (`computeIfPresent` does not wait.)
    private void change(UserId user, Consumer<Map<RoomId, String>> change) {
        byUser.asMap().compute(user, (key, rooms) -> {
            if (rooms != null) {
                change.accept(rooms);
            }
            return rooms;
        });
    }
}
