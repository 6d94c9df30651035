package lanyard.messaging.timeline;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.trust.identity.Caller;
import tools.jackson.databind.node.ObjectNode;

/// A message is changed by its author, and for a short while only: what colleagues have acted on must not say something
/// else tomorrow. Clients ignore a stranger's edit by the specification; the time is the organisation's, and holds for
/// every client. Earlier versions stay in the store for disclosure.
public final class EditGate implements SendingGate {
    private final Timeline timeline;
    private final History history;
    private final Function<String, Duration> within;
    private final InstantSource clock;

    /// `within` says for an organisation how long a message can be changed.
    public EditGate(Timeline timeline, Function<String, Duration> within, InstantSource clock) {
        this.timeline = timeline;
        this.history = new History(timeline);
        this.within = within;
        this.clock = clock;
    }

    @Override
    public void check(Caller caller, RoomId id, String type, ObjectNode content) {
        var relation = content.path("m.relates_to");
        var target = relation.path("event_id").asString("");
        if (!relation.path("rel_type").asString("").equals(Notices.EDIT) || !EventId.isValid(target)) {
            return;
        }
        var room = timeline.getRoomOf(caller.user(), id);
        var original = history.get(room, caller.user(), new EventId(target));
        if (original.isState() || !original.sender().equals(caller.user())) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "Only the author of a message can change it.");
        }
        var longest = within.apply(caller.organization());
        if (clock.millis() - original.timestamp() > longest.toMillis()) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN,
                    "A message can be changed for " + longest.toMinutes()
                            + " minutes after it was sent. Send a new one that puts it right.");
        }
    }
}
