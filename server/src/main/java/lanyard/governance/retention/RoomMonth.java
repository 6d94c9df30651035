package lanyard.governance.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import lanyard.standards.matrix.RoomId;
import lanyard.trust.hold.Standing;

/// The key of a room's month of which something was disposed of.
///
/// @param unused since when nothing in the database needs it
/// @param held whether a hold has kept it, when it was last looked at
record RoomMonth(RoomId room, YearMonth month, Optional<Instant> unused, boolean held, Optional<Instant> destroyed) {
    /// Clocks, midnights and long nights: nothing is decided on the day itself.
    private static final Duration MARGIN = Duration.ofDays(1);

    /// From then on nothing more is sealed by it.
    Instant over() {
        return month.plusMonths(1)
                .atDay(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant()
                .plus(MARGIN);
    }

    /// When the last backup that may have something the key must open is gone, if backups are kept that long.
    Optional<Instant> due(Backups backups) {
        return unused.map(since -> backups.goneOf(since).plus(MARGIN));
    }

    /// Whether anything said in the month is held.
    boolean isKeptBy(Standing holds) {
        var from = month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant().minus(MARGIN);
        return holds.spans().stream()
                .anyMatch(span -> !span.from().isAfter(over()) && !span.to().isBefore(from));
    }
}
