package lanyard.messaging.sync;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lanyard.messaging.timeline.RoomState;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.StateKey;
import tools.jackson.databind.JsonNode;

/// Who names a room that has no name: its first members but the reader, or if there are none, who was there. The
/// organisation's own members are not people: where the room says so itself, they come after the people, because
/// clients
/// that leave them out of a name take only those off the number of members that stand here (MSC4171).
/// <https://spec.matrix.org/v1.18/client-server-api/#room-summaries>
final class Heroes {
    private static final int MOST = 5;

    private Heroes() {}

    static List<UserId> of(SyncParts parts, RoomState room, UserId user) {
        var functional = functional(room);
        var isPerson = (Predicate<UserId>)
                member -> !member.equals(user) && !functional.contains(member.value()) && !parts.isService(member);
        var present = first(Stream.concat(room.joined(), room.withMembership("invite")), isPerson);
        var people = present.isEmpty()
                ? first(Stream.concat(room.withMembership("leave"), room.withMembership("ban")), isPerson)
                : present;
        var others = first(
                Stream.concat(room.joined(), room.withMembership("invite")),
                member -> !member.equals(user) && functional.contains(member.value()));
        return Stream.concat(people.stream(), others.stream()).toList();
    }

    private static Set<String> functional(RoomState room) {
        return room
                .state(StateKey.of("io.element.functional_members"))
                .map(event -> event.content().path("service_members"))
                .stream()
                .flatMap(JsonNode::valueStream)
                .map(member -> member.asString(""))
                .collect(Collectors.toSet());
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

    private static List<UserId> first(Stream<UserId> members, Predicate<UserId> which) {
        return members.filter(which).sorted().limit(MOST).toList();
    }
}
