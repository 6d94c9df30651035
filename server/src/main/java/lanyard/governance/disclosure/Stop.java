package lanyard.governance.disclosure;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// A time in which the organisation waits for the requester; `to` is the day on which what it waits for came.
public record Stop(Why why, LocalDate from, Optional<LocalDate> to) {
    public Stop {
        if (to.filter(end -> end.isBefore(from)).isPresent()) {
            throw new IllegalArgumentException("a stop ends on or after the day it began");
        }
    }

    /// What is waited for.
    public enum Why {
        IDENTITY("proof of who they are"),
        CLARIFICATION("what they mean"),
        FEE("the fee");

        private final String title;

        Why(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Why> find(String word) {
            return Arrays.stream(values())
                    .filter(why -> why.word().equals(word))
                    .findFirst();
        }
    }

    boolean stands() {
        return to.isEmpty();
    }
}
