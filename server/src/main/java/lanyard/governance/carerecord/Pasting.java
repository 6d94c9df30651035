package lanyard.governance.carerecord;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import lanyard.governance.carerecord.OutboxStore.Acknowledgement;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.DestroyedKeyException;
import lanyard.platform.stream.Commit;
import lanyard.standards.fhir.DocumentText;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.identity.Caller;
import lanyard.trust.policy.Policies;

/// Where the record has no interface, a person is it: they copy the words, say where in the record these now are, and
/// vouch for that with their name. Where a folder takes decisions, whoever entered one from there says the same.
///
/// What could go wrong: the messages go on the word of somebody who never pasted anything. So the word is signed with
/// fresh proof, the reference is required, the room sees who gave it, and the same grace period begins as after a
/// record's own acknowledgement. Of a decision from a folder they say it with its pictures: none is there to see for
/// who comes later, once its message has gone. Whoever copies is shown words only, so of pictures they have said
/// nothing: those wait for a clinician.
final class Pasting {
    /// How a record calls an entry: printable, on one line.
    private static final Pattern REFERENCE = Pattern.compile("[^\\p{Cntrl}]{1,100}");

    private final CareRecordGround ground;
    private final Policies policies;
    private final OutboxSeal seal;
    private final DecisionImages images;
    private final OutboxStore store = new OutboxStore();

    Pasting(CareRecordGround ground, Policies policies, DecisionImages images) {
        this.images = images;
        this.ground = ground;
        this.policies = policies;
        this.seal = new OutboxSeal(ground.keys());
    }

    /// Errors: `M_BAD_STATE`.
    String words(Caller caller, UUID id) {
        var waiting = ground.writer().write(commit -> {
            var taken = store.toPaste(commit.tx(), id).orElseThrow(Pasting::nothingToPaste);
            audit(commit, "decision.copied", caller, id);
            return taken;
        });
        return BoundedClient.json(opened(waiting)).map(DocumentText::of).orElseThrow();
    }

    private byte[] opened(OutboxStore.Claim waiting) {
        try {
            return seal.openDocument(waiting);
        } catch (DestroyedKeyException e) {
            throw nothingToPaste();
        }
    }

    /// Without what is around it; empty when a record could not call an entry so.
    static Optional<String> reference(String said) {
        return Optional.of(said.strip())
                .filter(where -> REFERENCE.matcher(where).matches());
    }

    /// What pasting it now would mean. Errors: `M_INVALID_PARAM`.
    Acknowledgement prepare(String organization, String reference) {
        var where = reference(reference)
                .orElseThrow(() -> new MatrixException(
                        ErrorCode.M_INVALID_PARAM, "Say where in the health record it is, in 1 to 100 characters."));
        var now = ground.clock().instant();
        var go = now.plus(policies.of(organization).gracePeriod());
        return new Acknowledgement(RecordSink.Kind.PASTE, Status.PASTED, where, now, go);
    }

    /// Errors: `M_BAD_STATE`.
    void pasted(Commit commit, Caller caller, Decision decision, Acknowledgement given) {
        if (decision.status() != Status.TO_PASTE && decision.status() != Status.SAVED_TO_FOLDER) {
            throw nothingToPaste();
        }
        store.pasted(commit.tx(), decision.id(), caller.user(), given);
        if (decision.status() == Status.SAVED_TO_FOLDER) {
            images.areInRecord(commit, decision.id(), given.reference());
        }
        audit(commit, "decision.pasted", caller, decision.id());
    }

    private void audit(Commit commit, String action, Caller caller, UUID id) {
        ground.audit().record(commit, new AuditEntry(action, caller.user().value(), id.toString(), "", Json.object()));
    }

    private static MatrixException nothingToPaste() {
        return new MatrixException(
                ErrorCode.M_BAD_STATE, "There is nothing to paste: the decision is not waiting for it.");
    }
}
