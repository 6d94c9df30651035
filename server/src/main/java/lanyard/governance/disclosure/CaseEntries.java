package lanyard.governance.disclosure;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.hold.Hold;
import lanyard.trust.hold.HoldId;

/// Which entries of the audit and which holds a person with a duty is shown: none of a case in which they have a part,
/// and none of a hold on themselves.
///
/// What could go wrong: who is inquired into reads in the audit, or in the list of what is held, what the case keeps
/// from them. So it is asked of each entry itself: whichever names a case, as its subject, as a page's address or in
/// its details, is that case's, and so is whatever was done with a hold that the case has placed. What the case says
/// of conflicts decides.
final class CaseEntries {
    private static final Pattern CASE = Pattern.compile("case-[0-9a-f]{16}");
    private static final String HOLD = "hold.";

    private final CaseDesk desk;

    CaseEntries(CaseDesk desk) {
        this.desk = desk;
    }

    /// For one search: what it has found out of a case it does not ask again.
    Predicate<AuditEntry> shownTo(UserId reader) {
        var accounts = desk.conflicts().accountsOf(reader);
        Map<CaseId, Concern> known = new HashMap<>();
        return entry -> !isHoldOn(entry, accounts)
                && casesOf(entry)
                        .map(id -> known.computeIfAbsent(id, one -> concern(one, accounts)))
                        .allMatch(concern -> isShown(entry, concern));
    }

    /// Which holds they are shown: why a case holds something names the case.
    Predicate<Hold> holdsShownTo(UserId reader) {
        var accounts = desk.conflicts().accountsOf(reader);
        Map<CaseId, Concern> known = new HashMap<>();
        return hold -> casesIn(hold.reason()).stream()
                .map(id -> known.computeIfAbsent(id, one -> concern(one, accounts)))
                .noneMatch(Concern.OWN::equals);
    }

    private enum Concern {
        OWN,
        OTHERS,
        /// Nobody knows any more whom it was about.
        GONE
    }

    private Concern concern(CaseId id, Set<UserId> accounts) {
        return desk.ground()
                .database()
                .read(tx -> desk.store()
                        .find(tx, id)
                        .map(about -> desk.conflicts().hasPart(tx, about, accounts) ? Concern.OWN : Concern.OTHERS)
                        .orElse(Concern.GONE));
    }

    /// Of a case that is gone what somebody typed is shown to nobody: entries from before words were kept out of the
    /// audit have it still.
    private static boolean isShown(AuditEntry entry, Concern concern) {
        return switch (concern) {
            case OWN -> false;
            case OTHERS -> true;
            case GONE -> entry.reason().isEmpty() || !UserId.isValid(entry.actor());
        };
    }

    private static boolean isHoldOn(AuditEntry entry, Set<UserId> accounts) {
        return entry.action().startsWith(HOLD)
                && accounts.stream().anyMatch(account -> account.value().equals(entry.subject()));
    }

    private Stream<CaseId> casesOf(AuditEntry entry) {
        var said = casesIn(entry.subject() + "\n" + entry.reason() + "\n" + entry.details());
        return Stream.concat(said.stream(), ofHold(entry).stream());
    }

    private static Set<CaseId> casesIn(String text) {
        return CASE.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(CaseId::new)
                .collect(Collectors.toSet());
    }

    private Optional<CaseId> ofHold(AuditEntry entry) {
        var hold = entry.details().path("hold_id").asString("");
        if (!entry.action().startsWith(HOLD) || hold.isEmpty()) {
            return Optional.empty();
        }
        return desk.ground().database().read(tx -> desk.rooms().caseOf(tx, new HoldId(hold)));
    }
}
