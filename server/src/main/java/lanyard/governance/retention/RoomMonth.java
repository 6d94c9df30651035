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
record RoomMonth(RoomId room, YearMonth month, Optional<Unused> unused, boolean held, Optional<Instant> destroyed) {
    /// Clocks, midnights and long nights: nothing is decided on the day itself.
    private static final Duration MARGIN = Duration.ofDays(1);

    /// @param day how many days had been seen until then
    record Unused(Instant since, int day) {}

    /// What time it is, by the clock and by how many days have been seen, each of them once.
    record Today(Instant now, int day) {}

    /// From then on nothing more is sealed by it.
    Instant over() {
        return month.plusMonths(1)
                .atDay(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant()
                .plus(MARGIN);
    }

    /// When the last backup that may have something the key must open is gone: by the clock, and not before as many
    /// days have been seen since.
    Optional<Instant> due(Backups backups, Today today) {
        return unused.map(found -> {
            var gone = backups.goneOf(found.since());
            var days = Duration.between(found.since(), gone).toDays() - (today.day() - found.day());
            var byClock = gone.plus(MARGIN);
            var bySeen = today.now().plus(Duration.ofDays(days));
            return days > 0 && bySeen.isAfter(byClock) ? bySeen : byClock;
        });
    }

    /// The same, needed still or again.
    RoomMonth inUse() {
        return new RoomMonth(room, month, Optional.empty(), false, destroyed);
    }

    /// Whether anything said in the month is held.
    boolean isKeptBy(Standing holds) {
        var from = month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant().minus(MARGIN);
        return holds.spans().stream()
                .anyMatch(span -> !span.from().isAfter(over()) && !span.to().isBefore(from));
    }
}
