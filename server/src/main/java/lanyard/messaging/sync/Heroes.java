package lanyard.messaging.sync;

import java.util.List;
import java.util.stream.Stream;
import lanyard.messaging.timeline.RoomState;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.StateKey;

/// Who names a room that has no name: its first members but the reader, or if there are none, who was there. The
/// organisation's own members are not people. <https://spec.matrix.org/v1.18/client-server-api/#room-summaries>
final class Heroes {
    private static final int MOST = 5;

    private Heroes() {}

    static List<UserId> of(SyncParts parts, RoomState room, UserId user) {
        var present = first(parts, Stream.concat(room.joined(), room.withMembership("invite")), user);
        return present.isEmpty()
                ? first(parts, Stream.concat(room.withMembership("leave"), room.withMembership("ban")), user)
                : present;
    }

    /// A room with a name of its own needs no heroes.
    static boolean isNamed(RoomState room) {
        return has(room, "m.room.name", "name") || has(room, "m.room.canonical_alias", "alias");
    }

    private static boolean has(RoomState room, String type, String field) {
        return room.state(StateKey.of(type))
                .filter(event -> !event.content().path(field).asString("").isEmpty())
                .isPresent();
    }

    private static List<UserId> first(SyncParts parts, Stream<UserId> members, UserId user) {
        return members.filter(member -> !member.equals(user) && !parts.isService(member))
                .sorted()
                .limit(MOST)
                .toList();
    }
}
