package lanyard.messaging.membership;

import java.util.concurrent.atomic.AtomicBoolean;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.trust.audit.AuditEntry;

/// Memberships that end by themselves: those with an end date, and those of people who came in with a ward's team and
/// work on another ward now (G28). As with leavers, what is left to do is looked up each time and never remembered.
final class Departures {
    private static final int AT_ONCE = 200;

    private final MembershipParts parts;
    private final MemberStore store = new MemberStore();
    /// True at first: somebody may have moved while nothing ran.
    private final AtomicBoolean somebodyChanged = new AtomicBoolean(true);

    Departures(MembershipParts parts) {
        this.parts = parts;
        parts.identity().people().whenChanged((_, _) -> somebodyChanged.set(true));
    }

    /// The job's work.
    void takeOut() {
        endDue();
        if (somebodyChanged.getAndSet(false)) {
            var done = false;
            try {
                takeOutMovers();
                done = true;
            } finally {
                somebodyChanged.compareAndSet(false, !done);
            }
        }
    }

    private void endDue() {
        for (var row : parts.database().read(tx -> store.listEnded(tx, parts.now(), AT_ONCE))) {
            end(row, "Their membership had an end date, and it has come.", "room.membership_ended");
        }
    }

    private void takeOutMovers() {
        var page = parts.database().read(tx -> store.listByWard(tx, "", "", AT_ONCE));
        while (!page.isEmpty()) {
            page.stream().filter(this::hasMoved).forEach(row -> {
                var why = "They came with the team of " + row.ward() + " and work elsewhere now.";
                end(row, why, "room.mover_taken_out");
            });
            var last = page.getLast();
            page = parts.database()
                    .read(tx -> store.listByWard(
                            tx, last.user().value(), last.room().value(), AT_ONCE));
        }
    }

    private boolean hasMoved(MemberRow row) {
        return parts.identity()
                .people()
                .find(row.user())
                .filter(person -> !person.ward().equals(row.ward()))
                .isPresent();
    }

    private void end(MemberRow row, String why, String action) {
        var isThere = parts.timeline().findRoom(row.room()).isPresent();
        parts.writer().write(commit -> {
            if (!isThere || !parts.rooms().takeOut(commit, row.room(), row.user(), why)) {
                store.remove(commit.tx(), row.room(), row.user());
                return row;
            }
            audit(commit, row, action);
            return row;
        });
    }

    private void audit(Commit commit, MemberRow row, String action) {
        var by = parts.rooms().serviceUser(commit, row.room());
        var details = Json.object().put("member", row.user().value());
        parts.trust()
                .audit()
                .record(commit, new AuditEntry(action, by.value(), row.room().value(), "", details));
    }
}
