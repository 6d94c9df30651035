package lanyard.governance.carerecord;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.fhir.Organization;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.trust.identity.Caller;
import org.jspecify.annotations.Nullable;

/// Signs what is said about a decision afterwards: that it was entered in error, or that whoever was named as having
/// decided did. Each is a document of its own that goes the decision's way and is read back like it: a document in a
/// health record is never changed (<https://hl7.org/fhir/R4/documents.html>). What cannot be there yet is withdrawn
/// instead: [Withdrawal].
final class FollowUps {
    private final CareRecordGround ground;
    private final CareRecordSettings settings;
    private final Signing signing;
    private final OutboxSeal seal;
    private final Withdrawal withdrawal;
    private final DecisionStore store = new DecisionStore();

    FollowUps(CareRecordGround ground, CareRecordSettings settings, Signing signing, Withdrawal withdrawal) {
        this.ground = ground;
        this.settings = settings;
        this.signing = signing;
        this.seal = new OutboxSeal(ground.keys());
        this.withdrawal = withdrawal;
    }

    /// Somebody says that a decision should not be relied on. `words` are theirs, for the record.
    record NewError(String requestId, ErrorReason reason, Optional<String> words) {
        NewError {
            if (reason == ErrorReason.OTHER
                    && words.filter(said -> !said.isBlank()).isEmpty()) {
                throw new MatrixException(ErrorCode.M_INVALID_PARAM, "Say in words what was wrong.");
            }
        }

        String sentence() {
            return "Do not rely on the decision that this replaces: " + reason.sentence() + "."
                    + words.filter(said -> !said.isBlank())
                            .map(said -> "\n" + said.strip())
                            .orElse("");
        }

        @Override
        public String toString() {
            return "NewError[" + reason + "]";
        }
    }

    /// What is written down about a decision, before the writer is asked.
    record Draft(
            UUID id,
            EntryKind kind,
            NewDecision asked,
            Optional<ErrorReason> error,
            Caller caller,
            Organization custodian) {
        @Override
        public String toString() {
            return "Draft[" + id + "]";
        }
    }

    Draft error(Caller caller, Decision decision, NewError asked) {
        return draft(
                caller, EntryKind.ERROR, asked(caller, decision, asked.requestId(), asked.sentence()), asked.reason());
    }

    Draft confirmation(Caller caller, Decision decision, String requestId) {
        var sentence = signing.clinician(caller.user()).line() + " confirms having decided this.";
        return draft(caller, EntryKind.CONFIRMATION, asked(caller, decision, requestId, sentence), null);
    }

    private Draft draft(Caller caller, EntryKind kind, NewDecision asked, @Nullable ErrorReason reason) {
        var id = signing.id();
        seal.prepare(id);
        return new Draft(id, kind, asked, Optional.ofNullable(reason), caller, signing.custodian(caller));
    }

    private NewDecision asked(Caller caller, Decision decision, String requestId, String words) {
        return new NewDecision(
                decision.room(),
                requestId,
                List.of(),
                decision.summaryEvent(),
                words,
                ground.clock().instant(),
                caller.user(),
                Optional.empty(),
                Optional.of(decision.id()),
                Optional.empty(),
                List.of());
    }

    /// In the patient's record that has the decision, whoever the room is linked to now. Errors: `M_BAD_STATE`,
    /// `M_FORBIDDEN`.
    void sign(Commit commit, Draft draft, Decision decision) {
        check(draft, decision);
        var sealed = seal.document(
                draft.id(),
                Json.bytes(document(commit, draft, decision).bundle().toJson()));
        store.insert(
                commit.tx(),
                new DecisionStore.Written(
                        draft.id(),
                        draft.asked(),
                        decision.organization(),
                        decision.patient(),
                        draft.caller().user(),
                        draft.kind(),
                        draft.error(),
                        settings.sinkOf().apply(decision.organization()).kind(),
                        draft.asked().decided(),
                        sealed,
                        List.of()));
        if (draft.kind() == EntryKind.ERROR) {
            withdrawal.tryNow(commit, draft.caller(), decision.id());
        }
        if (draft.kind() == EntryKind.CONFIRMATION) {
            store.confirm(commit.tx(), decision.id(), draft.asked().decided());
        }
    }

    private static void check(Draft draft, Decision decision) {
        if (!decision.kind().isDecision()) {
            throw new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such decision.");
        }
        if (!decision.organization().equals(draft.caller().organization())) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "This decision belongs to another organisation's record.");
        }
        if (draft.kind() == EntryKind.ERROR) {
            Signing.requireStanding(decision);
        } else {
            checkConfirmation(draft.caller(), decision);
        }
    }

    private static void checkConfirmation(Caller caller, Decision decision) {
        if (!decision.decider().equals(caller.user())) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN, "Only who is named as having decided can confirm the decision.");
        }
        if (!decision.isUnconfirmed()) {
            throw new MatrixException(ErrorCode.M_BAD_STATE, "The decision is confirmed already.");
        }
        Signing.requireStanding(decision);
    }

    private DecisionDocument document(Commit commit, Draft draft, Decision decision) {
        var author = signing.clinician(draft.caller().user());
        return new DecisionDocument(
                draft.id(),
                draft.kind(),
                Optional.of(decision.id()),
                settings.documentType(),
                signing.patient(commit.tx(), decision.organization(), decision.patient()),
                author,
                author,
                Optional.empty(),
                draft.custodian(),
                draft.asked().summary(),
                draft.asked().decided(),
                draft.asked().decided(),
                List.of(),
                List.of(),
                Optional.empty());
    }
}
