package lanyard.trust.handset;

import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Identity;
import lanyard.trust.identity.IdentityGround;
import tools.jackson.databind.node.ObjectNode;

/// What is known of a lost phone, what was readable on it, and the draft of the note about it.
final class LostReport {
    private final LostPhones lost;
    private final Identity identity;
    private final IdentityGround ground;

    LostReport(LostPhones lost, Identity identity, IdentityGround ground) {
        this.lost = lost;
        this.identity = identity;
        this.ground = ground;
    }

    /// Errors: `M_NOT_FOUND`, `M_BAD_STATE` when it was never reported lost.
    ObjectNode of(UserId owner, String handset) {
        var phone = lost.get(owner, handset);
        var loss = phone.loss()
                .orElseThrow(() ->
                        new MatrixException(ErrorCode.M_BAD_STATE, "That phone was not reported lost. Lock it first."));
        var now = ground.now();
        var rooms = lost.readable(loss);
        var person = identity.people().get(owner);
        var note = new BreachNote(identity.organizations().get(person.organization()), person, phone, loss, rooms);
        var json = HandsetJson.of(phone);
        json.put("reported_ts", loss.reportedAt().toEpochMilli());
        loss.accessStoppedAt().ifPresent(at -> json.put("access_stopped_ts", at.toEpochMilli()));
        json.set("readable", HandsetJson.readable(loss, rooms, now));
        json.putObject("breach_note")
                .put("text", note.text())
                .put("html", note.html())
                .put("clock_from_ts", loss.reportedAt().toEpochMilli())
                .put("due_ts", note.due().toEpochMilli());
        return json;
    }
}
