package lanyard.governance.carerecord;

import java.util.UUID;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.identity.Caller;

/// Stops a decision that was marked as entered in error before the record could have it: it is never sent or copied any
/// more, and what was signed goes with its key.
///
/// What could go wrong: a decision about the wrong patient is filed although somebody said in time that it is wrong; or
/// it is said to be withdrawn, and the wrong patient's record has it after all, without a mark. The principles: it is
/// withdrawn only where nobody can have it, and one statement of the database decides that against the outbox's claim;
/// of what is in somebody's hands, or was once and nobody knows, the mark follows it to the record as after any other
/// decision. What is withdrawn is on the list outside the database, as what the record has is ([Acknowledged]): a
/// restored backup sends it no more than this one does.
final class Withdrawal {
    private static final String OUTBOX = "lanyard.outbox";

    private final CareRecordGround ground;
    private final Announcements announcements;
    private final WithdrawalStore store = new WithdrawalStore();

    Withdrawal(CareRecordGround ground, Announcements announcements) {
        this.ground = ground;
        this.announcements = announcements;
    }

    /// In the deed that signs the mark. Does nothing where somebody may have the decision.
    void tryNow(Commit commit, Caller caller, UUID decision) {
        withdraw(commit, caller.user().value(), decision);
    }

    /// The outbox had it in hand, and nothing went: somebody may have marked it meanwhile.
    void ofMarked(UUID decision) {
        if (ground.database().read(tx -> store.isMarked(tx, decision))) {
            ground.writer().write(commit -> {
                if (withdraw(commit, OUTBOX, decision)) {
                    announcements.announce(commit, decision);
                }
                return true;
            });
        }
    }

    /// The same of all that the outbox had in hand when this process ended, and nothing went.
    void ofMarked() {
        ground.database().read(store::listMarked).forEach(this::ofMarked);
    }

    private boolean withdraw(Commit commit, String actor, UUID decision) {
        if (!store.withdraw(commit.tx(), decision, ground.clock().instant())) {
            return false;
        }
        var entry = new AuditEntry("decision.withdrawn", actor, decision.toString(), "", Json.object());
        ground.audit().record(commit, entry);
        return true;
    }
}
