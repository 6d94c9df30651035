package lanyard.governance.disclosure;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;

/// Work on a case.
public record TimeSpent(UserId by, LocalDate day, int minutes, Task task) {
    private static final int LONGEST_MINUTES = 24 * 60;

    public TimeSpent {
        if (minutes < 1 || minutes > LONGEST_MINUTES) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "Give the minutes of one day's work, 1 to 1440.");
        }
    }

    /// What was done. Only some of it counts towards the cost limit.
    /// <https://www.legislation.gov.uk/uksi/2004/3244/regulation/4>
    public enum Task {
        DETERMINE("Finding out whether it is held", true),
        LOCATE("Locating it", true),
        RETRIEVE("Retrieving it", true),
        EXTRACT("Extracting it", true),
        REVIEW("Reviewing and withholding", false),
        OTHER("Anything else", false);

        private final String title;
        private final boolean counts;

        Task(String title, boolean counts) {
            this.title = title;
            this.counts = counts;
        }

        public String title() {
            return title;
        }

        public boolean counts() {
            return counts;
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Task> find(String word) {
            return Arrays.stream(values())
                    .filter(task -> task.word().equals(word))
                    .findFirst();
        }
    }
}
