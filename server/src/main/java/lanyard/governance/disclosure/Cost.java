package lanyard.governance.disclosure;

import java.util.List;

/// What a request has cost, and against the limit of a health service body for freedom of information: 450 pounds,
/// which at 25 pounds an hour are 18 hours. <https://www.legislation.gov.uk/uksi/2004/3244>
///
/// @param minutes those that count
/// @param others those that do not
public record Cost(int minutes, int others) {
    static final int LIMIT_MINUTES = 18 * 60;
    private static final int WARNED_PERCENT = 80;
    private static final int PENCE_AN_HOUR = 2_500;

    /// How it stands against the limit.
    public enum Standing {
        WITHIN,
        NEAR,
        OVER
    }

    static Cost of(List<TimeSpent> times) {
        var counted = times.stream()
                .filter(time -> time.task().counts())
                .mapToInt(TimeSpent::minutes)
                .sum();
        return new Cost(counted, times.stream().mapToInt(TimeSpent::minutes).sum() - counted);
    }

    public int pence() {
        return minutes * PENCE_AN_HOUR / 60;
    }

    public int percent() {
        return minutes * 100 / LIMIT_MINUTES;
    }

    public Standing standing() {
        if (minutes > LIMIT_MINUTES) {
            return Standing.OVER;
        }
        return minutes * 100 >= WARNED_PERCENT * LIMIT_MINUTES ? Standing.NEAR : Standing.WITHIN;
    }
}
