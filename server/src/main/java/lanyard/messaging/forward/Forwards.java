package lanyard.messaging.forward;

import lanyard.messaging.room.Conversation;
import lanyard.messaging.timeline.History;
import lanyard.platform.Feature;
import lanyard.platform.PersonalData;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.identity.Caller;

/// Keeps kinds of conversations apart when a message is taken from one to another. What could go wrong: what was said
/// about a patient lands among friends. The principle: the app asks before it sends, and each yes is a leaf in the
/// audit
/// log that names both conversations and the message, never its text. The text itself is end-to-end encrypted: an app
/// that does not ask cannot be told from somebody who types the words again, and staff are told so.
public final class Forwards implements Feature {
    private final ForwardParts parts;
    private final History history;

    public Forwards(ForwardParts parts) {
        this.parts = parts;
        this.history = new History(parts.timeline());
    }

    /// Errors: `M_FORBIDDEN` where the caller is not in both or the matrix says no, `M_NOT_FOUND`.
    void allow(Caller caller, RoomId from, EventId event, RoomId to) {
        var source = parts.timeline().getRoomOf(caller.user(), from);
        parts.timeline().getRoomOf(caller.user(), to);
        history.get(source, caller.user(), event);
        var refusal =
                ForwardRule.refusal(conversation(from).kind(), conversation(to).kind(), samePatient(from, to));
        refusal.ifPresent(sentence -> {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, sentence);
        });
        var details = Json.object().put("event", event.value()).put("to", to.value());
        parts.writer().write(commit -> {
            parts.audit()
                    .record(
                            commit,
                            new AuditEntry("message.forwarded", caller.user().value(), from.value(), "", details));
            return true;
        });
    }

    private Conversation conversation(RoomId room) {
        return parts.rooms()
                .find(room)
                .orElseThrow(() -> new MatrixException(
                        ErrorCode.M_FORBIDDEN, "Nothing is forwarded from or to a room that another app has made."));
    }

    private boolean samePatient(RoomId from, RoomId to) {
        return parts.database()
                .read(tx -> parts.patients()
                        .linkedTo(tx, from)
                        .map(link -> link.patient())
                        .equals(parts.patients().linkedTo(tx, to).map(link -> link.patient())));
    }

    @Override
    public void routes(Routes routes) {
        new ForwardEndpoints(this, parts.identity()).addTo(routes);
    }

    @Override
    public PersonalData personalData() {
        return PersonalData.none("Who forwarded which message from where to where is in the audit log.");
    }
}
