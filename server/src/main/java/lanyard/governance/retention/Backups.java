package lanyard.governance.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// How long backups are kept, by every version that the organisation's policy has had.
///
/// What could go wrong: a key is destroyed, or a backup is called gone, while one is still there that was made when the
/// policy had backups kept longer. The principle: a backup is kept as long as the longest policy says that it was ever
/// under; a shorter one counts for what is made from then on.
///
/// @param version the newest of the policy
/// @param terms oldest first
record Backups(int version, List<Term> terms) {
    Backups {
        terms = List.copyOf(terms);
    }

    /// @param from when that version of the policy came into force
    record Term(Instant from, Duration keep) {}

    /// When the last backup is gone that was made before `went`: under each version it was made when that ended at the
    /// latest, or at `went`, whichever was first.
    Instant goneOf(Instant went) {
        var gone = went;
        for (var at = 0; at < terms.size(); at++) {
            var last = at + 1 < terms.size() ? terms.get(at + 1).from() : went;
            var made = last.isBefore(went) ? last : went;
            var until = made.plus(terms.get(at).keep());
            gone = until.isAfter(gone) ? until : gone;
        }
        return gone;
    }
}
