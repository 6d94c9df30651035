package lanyard.governance.retention;

import java.util.List;
import lanyard.messaging.room.Conversation;
import lanyard.messaging.room.RoomKind;
import lanyard.messaging.room.Rooms;
import lanyard.messaging.timeline.StoredEvents;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Duties;
import lanyard.trust.identity.Duty;

/// What the owner of a clinical conversation says, once, before its first disposal.
///
/// What could go wrong: an only copy goes because nobody was asked, or because somebody answered for others. The
/// principle: without an answer nothing goes; the owner answers, or the records manager in their place; the answer is
/// audited and every member reads it in the room.
final class Choices {
    private static final int MOST_EVENTS = 1_000;

    private final RetentionGround ground;
    private final Timeline timeline;
    private final Rooms rooms;
    private final Duties duties;
    private final RoomsKnown known;
    private final RoomRetentionStore store = new RoomRetentionStore();
    private final OrderStore orders = new OrderStore();

    Choices(RetentionGround ground, Retention.Conversations conversations, Duties duties, RoomsKnown known) {
        this.ground = ground;
        this.timeline = conversations.timeline();
        this.rooms = conversations.rooms();
        this.duties = duties;
        this.known = known;
    }

    /// Errors: `M_FORBIDDEN` for who is neither the owner nor the records manager, the same for a room that is not
    /// there; `M_INVALID_PARAM`; `M_BAD_STATE` once something was marked.
    void choose(Caller caller, RoomId id, Choice choice, List<EventId> events) {
        var room = rooms.find(id)
                .filter(found -> found.organization().equals(caller.organization()))
                .filter(found ->
                        isOwner(caller, found) || duties.of(caller.user()).contains(Duty.RECORDS))
                .orElseThrow(() -> new MatrixException(
                        ErrorCode.M_FORBIDDEN,
                        "Only the owner of a conversation, or the records manager in their place, says what of it"
                                + " belongs in the record."));
        if (room.kind() != RoomKind.CLINICAL) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "Only clinical conversations are asked that.");
        }
        if ((choice == Choice.RECORD_THESE) == events.isEmpty() || events.size() > MOST_EVENTS) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM,
                    "Name one to " + MOST_EVENTS + " messages with record_these, and none with another answer.");
        }
        ground.writer().write(commit -> choose(commit, caller, room, choice, events));
    }

    private boolean isOwner(Caller caller, Conversation room) {
        return room.owner().equals(caller.user())
                && timeline.findRoom(room.room())
                        .filter(state -> state.isJoined(caller.user()))
                        .isPresent();
    }

    private RoomId choose(Commit commit, Caller caller, Conversation room, Choice choice, List<EventId> events) {
        var tx = commit.tx();
        var id = room.room();
        var now = ground.clock().instant();
        store.meet(tx, room, 0);
        var before = store.lock(tx, id).orElseThrow();
        if (before.choice() != null && !orders.listOf(tx, id, 1).isEmpty()) {
            throw new MatrixException(
                    ErrorCode.M_BAD_STATE,
                    "This was answered, and messages are marked for disposal already. Ask the records manager to call"
                            + " that off.");
        }
        var found = new StoredEvents(timeline).list(tx, timeline.getRoom(commit, id), events);
        if (found.size() != events.size() || found.stream().anyMatch(event -> event.isPruned() || event.isState())) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "One of those is not a message of this conversation.");
        }
        store.choose(tx, id, choice, caller.user(), now);
        store.want(tx, id, events, now);
        known.say(
                commit,
                id,
                RoomsKnown.ASKED,
                Json.object()
                        .put("asks", false)
                        .put("choice", choice.word())
                        .put("by", caller.user().value()));
        var details = Json.object().put("choice", choice.word()).put("events", events.size());
        ground.audit()
                .record(commit, new AuditEntry("retention.chosen", caller.user().value(), id.value(), "", details));
        return id;
    }
}
