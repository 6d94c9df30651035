package lanyard.governance.misdirection;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lanyard.platform.db.Tx;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;

/// Cases go six years after the month in which they were reported, and the key of a month with its last case.
///
/// What could go wrong: who had read what is gone when a court asks for it. So a hold on the conversation, on anybody
/// who was ever in it or on its patient keeps a case, and is asked for in the deed that would delete it.
final class MisdirectionDisposal {
    private static final int YEARS = 6;
    private static final int AT_ONCE = 100;

    private final MisdirectionParts parts;
    private final MisdirectionStore store = new MisdirectionStore();

    MisdirectionDisposal(MisdirectionParts parts) {
        this.parts = parts;
    }

    void sweep() {
        destroyDue();
        var now = parts.ground().clock().instant();
        var before = YearMonth.from(now.atOffset(ZoneOffset.UTC))
                .minusYears(YEARS)
                .atDay(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        var after = "";
        List<Misdirection> next;
        do {
            var from = after;
            next = parts.ground().database().read(tx -> store.listReportedBefore(tx, before, from, AT_ONCE));
            next.forEach(one -> parts.ground().writer().write(commit -> dispose(commit, one, now)));
            after = next.isEmpty() ? after : next.getLast().id();
        } while (next.size() == AT_ONCE);
        destroyDue();
    }

    private boolean dispose(Commit commit, Misdirection known, Instant now) {
        if (isHeld(commit.tx(), known) || !store.dispose(commit.tx(), known.id(), now)) {
            return false;
        }
        var service = UserId.of("lanyard", known.message().author().server()).value();
        var details = Json.object().put("room", known.message().room().value());
        parts.trust().audit().record(commit, new AuditEntry("misdirection.disposed", service, known.id(), "", details));
        return true;
    }

    private boolean isHeld(Tx tx, Misdirection known) {
        var room = known.message().room();
        // The conversation itself may be gone by then: those whom the case names are asked for besides.
        Set<UserId> named = Stream.concat(
                        Stream.of(known.message().author()),
                        known.readers().stream().map(Misdirection.Reader::user))
                .collect(Collectors.toSet());
        var doomed = parts.conversations().patients().doomed(tx, List.of(room)).withPeople(named);
        return parts.trust().holds().covers(tx, doomed);
    }

    /// Keys that a durable deed has doomed, that of a run which died in between too.
    private void destroyDue() {
        for (var month : parts.ground().database().read(store::listMonthsToDestroy)) {
            parts.ground().keys().destroy(Misdirections.key(month), "its cases are six years old");
            parts.ground().database().write(tx -> {
                store.destroyed(tx, month);
                return month;
            });
        }
    }
}
