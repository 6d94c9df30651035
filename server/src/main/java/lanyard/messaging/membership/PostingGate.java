package lanyard.messaging.membership;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiPredicate;
import java.util.function.Function;
import lanyard.messaging.room.Rooms;
import lanyard.messaging.timeline.RoomState;
import lanyard.messaging.timeline.SendingGate;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.StateKey;
import lanyard.trust.identity.Caller;
import tools.jackson.databind.node.ObjectNode;

/// Who may post in a conversation whose membership nobody has reviewed: only what is urgent, then nobody (G28). It
/// reads what the room itself says, so every app is held to it, and costs no query. Taking back stays possible.
final class PostingGate implements SendingGate {
    private final Timeline timeline;
    private final Function<UserId, String> nameOf;
    private final List<BiPredicate<UserId, RoomId>> urgent = new CopyOnWriteArrayList<>();

    PostingGate(Timeline timeline, Function<UserId, String> nameOf) {
        this.timeline = timeline;
        this.nameOf = nameOf;
    }

    /// `announced` answers whether somebody has said that their next message there is urgent.
    void lets(BiPredicate<UserId, RoomId> announced) {
        urgent.add(announced);
    }

    static String posting(RoomState room) {
        return room.state(StateKey.of(Rooms.STATE))
                .map(event -> event.content().path("posting").asString("open"))
                .orElse("open");
    }

    @Override
    public void check(Caller caller, RoomId id, String type, ObjectNode content) {
        var room = timeline.getRoomOf(caller.user(), id);
        switch (posting(room)) {
            case "urgent_only" -> {
                if (urgent.stream().noneMatch(announced -> announced.test(caller.user(), id))) {
                    throw due(room, "Only urgent messages go until ");
                }
            }
            case "archived" -> throw due(room, "It is archived and nothing goes until ");
            default -> {}
        }
    }

    private MatrixException due(RoomState room, String what) {
        var said = room.state(StateKey.of(Rooms.STATE)).orElseThrow().content();
        var owner = said.path("owner").asString("");
        var name = UserId.isValid(owner) ? nameOf.apply(new UserId(owner)) : "the owner";
        return new MatrixException(
                        ErrorCode.ORG_LANYARD_REVIEW_DUE,
                        "Nobody has reviewed who is in this conversation. " + what + name
                                + " or the deputy has done so, in Details.")
                .with("posting", Json.object().stringNode(said.path("posting").asString("")));
    }
}
