package lanyard.governance.disclosure;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// By when a case must have come how far.
///
/// @param due empty while the clock stands still, and where no law names a day
/// @param tellBy the last day on which more time can be taken by telling the requester; empty where it cannot
public record Deadline(Goal goal, Optional<LocalDate> due, Optional<Stop> standing, Optional<LocalDate> tellBy) {
    /// What must be done by then.
    public enum Goal {
        ACKNOWLEDGE,
        ANSWER
    }

    /// How it stands on a day.
    public enum Standing {
        STOPPED,
        NO_DATE,
        IN_TIME,
        SOON,
        OVERDUE
    }

    private static final int SOON_DAYS = 5;

    public Standing on(LocalDate today) {
        if (standing.isPresent()) {
            return Standing.STOPPED;
        }
        return due.map(day -> standing(ChronoUnit.DAYS.between(today, day))).orElse(Standing.NO_DATE);
    }

    private static Standing standing(long left) {
        if (left < 0) {
            return Standing.OVERDUE;
        }
        return left <= SOON_DAYS ? Standing.SOON : Standing.IN_TIME;
    }
}
