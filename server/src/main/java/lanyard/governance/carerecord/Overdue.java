package lanyard.governance.carerecord;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.policy.Policies;

/// A decision that is not in the record after the policy's hours is marked in its room, and who wrote and took it are
/// reminded; an hour later it stands on the worklist of whoever leads.
final class Overdue {
    static final Duration TO_THE_LEAD = Duration.ofHours(1);
    private static final int MOST_AT_ONCE = 100;
    private static final String ACTOR = "lanyard.overdue";

    private final CareRecordGround ground;
    private final Policies policies;
    private final Announcements announcements;
    private final WorklistStore store = new WorklistStore();

    Overdue(CareRecordGround ground, Policies policies, Announcements announcements) {
        this.ground = ground;
        this.policies = policies;
        this.announcements = announcements;
    }

    void remindDue() {
        var now = ground.clock().instant();
        for (var organization : ground.database().read(store::listOrganizations)) {
            var writtenBefore = now.minus(policies.of(organization).recordOverdueAfter());
            ground.database()
                    .read(tx -> store.listOverdue(tx, organization, writtenBefore, MOST_AT_ONCE))
                    .forEach(id -> remind(id, now));
        }
        ground.database()
                .read(tx -> store.listToTheLead(tx, now.minus(TO_THE_LEAD), MOST_AT_ONCE))
                .forEach(id -> tellLead(id, now));
    }

    private void remind(UUID id, Instant now) {
        ground.writer().write(commit -> {
            if (store.remind(commit.tx(), id, now)) {
                announcements.remind(commit, id);
                audit(commit, "decision.overdue", id);
            }
            return true;
        });
    }

    private void tellLead(UUID id, Instant now) {
        ground.writer().write(commit -> {
            if (store.tellLead(commit.tx(), id, now)) {
                audit(commit, "decision.escalated", id);
            }
            return true;
        });
    }

    private void audit(Commit commit, String action, UUID id) {
        ground.audit().record(commit, new AuditEntry(action, ACTOR, id.toString(), "", Json.object()));
    }
}
