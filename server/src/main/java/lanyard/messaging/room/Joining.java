package lanyard.messaging.room;

import java.util.Optional;
import java.util.stream.Stream;
import lanyard.messaging.timeline.RoomState;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.PowerLevels;
import lanyard.standards.matrix.rules.StateKey;
import tools.jackson.databind.node.ObjectNode;

/// Who may come in of their own accord. <https://spec.matrix.org/v1.18/client-server-api/#restricted-rooms>
final class Joining {
    private static final String AUTHORISER = "join_authorised_via_users_server";

    private final Timeline timeline;
    private final Members members;

    Joining(Timeline timeline, Members members) {
        this.timeline = timeline;
        this.members = members;
    }

    /// Joins, with the word of a member who may invite where the room is open to the members of other rooms. Errors:
    /// `M_FORBIDDEN`.
    void join(Commit commit, RoomId id, UserId user, String reason) {
        var room = timeline.getRoom(commit, id);
        if (room.isJoined(user)) {
            return;
        }
        var more = Json.object();
        if (!reason.isEmpty()) {
            more.put("reason", reason);
        }
        if (isRestricted(room)
                && !room.membership(user).equals("invite")
                && !room.membership(user).equals("ban")) {
            authorise(room, user, more);
        }
        members.join(commit, id, user, more);
    }

    private void authorise(RoomState room, UserId user, ObjectNode content) {
        if (allowedRooms(room).noneMatch(allowed -> isIn(allowed, user))) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN, "You need to be invited, or to be in a space that this room belongs to.");
        }
        var levels = PowerLevels.of(room.version(), room);
        var authoriser = room.joined()
                .filter(member -> levels.user(member.value()) >= levels.invite())
                .findFirst()
                .orElseThrow(() -> new MatrixException(
                        ErrorCode.M_UNABLE_TO_AUTHORISE_JOIN,
                        "Nobody in this room can vouch for you; ask to be invited."));
        content.put(AUTHORISER, authoriser.value());
    }

    private boolean isIn(String room, UserId user) {
        return RoomId.isValid(room)
                && "join".equals(timeline.memberships().of(user).get(new RoomId(room)));
    }

    static String joinRule(RoomState room) {
        return room.state(StateKey.of("m.room.join_rules"))
                .map(event -> event.content().path("join_rule").asString(""))
                .orElse("invite");
    }

    static boolean isRestricted(RoomState room) {
        var rule = joinRule(room);
        return rule.equals("restricted") || rule.equals("knock_restricted");
    }

    /// The rooms whose members may come in.
    static Stream<String> allowedRooms(RoomState room) {
        return room
                .state(StateKey.of("m.room.join_rules"))
                .map(event -> event.content().path("allow"))
                .stream()
                .flatMap(allow -> allow.valueStream())
                .filter(allow -> allow.path("type").asString("").equals("m.room_membership"))
                .map(allow -> allow.path("room_id").asString(""));
    }

    /// Whether the person may learn what the room is: they are in it or asked into it, anybody may look in or come in,
    /// or they are where members may come in from.
    boolean mayKnow(RoomState room, UserId user) {
        return switch (room.membership(user)) {
            case "join", "invite", "knock" -> true;
            case "ban" -> false;
            default ->
                room.isOpenToAll()
                        || switch (joinRule(room)) {
                            case "public", "knock", "knock_restricted" -> true;
                            case "restricted" -> allowedRooms(room).anyMatch(allowed -> isIn(allowed, user));
                            default -> false;
                        };
        };
    }

    Optional<RoomState> findKnown(RoomId room, UserId user) {
        return timeline.findRoom(room).filter(found -> mayKnow(found, user));
    }

    /// A member event that a client wrote may not vouch for itself. Errors: `M_FORBIDDEN`.
    static void mustNotVouch(ObjectNode content) {
        if (content.has(AUTHORISER)) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "Who vouches for a joining is the server's to say.");
        }
    }
}
