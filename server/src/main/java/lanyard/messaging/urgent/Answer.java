package lanyard.messaging.urgent;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What somebody who was asked says.
enum Answer {
    ACKNOWLEDGED,
    ON_MY_WAY,
    CANNOT;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Answer> find(String word) {
        return Arrays.stream(values())
                .filter(answer -> answer.word().equals(word))
                .findFirst();
    }

    /// Somebody has it in hand.
    boolean settles() {
        return this != CANNOT;
    }
}
