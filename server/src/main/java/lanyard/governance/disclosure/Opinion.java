package lanyard.governance.disclosure;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;

/// What the appropriate health professional thinks of telling somebody what is said of their health.
/// <https://www.legislation.gov.uk/ukpga/2018/12/schedule/3/part/2>
///
/// @param professional their name; body and registration say in which register they stand
public record Opinion(
        Finding finding, LocalDate given, String professional, String body, String registration, String words) {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_WORDS = 4_000;
    private static final int GOOD_MONTHS = 6;

    public Opinion {
        professional = Requester.checked(professional, LONGEST_NAME, "Name the health professional.");
        words = Requester.checked(words, LONGEST_WORDS, "Give the opinion in their words, in at most 4000 characters.");
        if (!body.matches("[A-Za-z]{2,10}") || !registration.matches("[A-Za-z0-9]{4,12}")) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN,
                    "An opinion counts only from a registered health professional: give their register and number.");
        }
    }

    /// What it comes to.
    public enum Finding {
        MAY_BE_TOLD("may be told"),
        SERIOUS_HARM("telling would be likely to cause serious harm"),
        ALREADY_KNOWN("they know it already");

        private final String title;

        Finding(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Finding> find(String word) {
            return Arrays.stream(values())
                    .filter(finding -> finding.word().equals(word))
                    .findFirst();
        }
    }

    /// Whether health data may be withheld on it that day: it must be under six months old.
    public boolean allowsWithholding(LocalDate day) {
        return finding == Finding.SERIOUS_HARM && given.isAfter(day.minusMonths(GOOD_MONTHS));
    }

    /// Whether health data may go to its subject on it.
    public boolean allowsTelling() {
        return finding != Finding.SERIOUS_HARM;
    }
}
