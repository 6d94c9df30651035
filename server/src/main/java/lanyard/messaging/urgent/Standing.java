package lanyard.messaging.urgent;

import java.util.Locale;

/// How far something urgent has got.
enum Standing {
    WAITING,
    ACKNOWLEDGED,
    /// Nobody answered in time, and another role was asked.
    ESCALATED,
    /// Nobody is left to ask: the sender has been told, and those who answer for the role.
    UNANSWERED,
    ENDED;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Standing of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /// Somebody still has to answer.
    boolean isOpen() {
        return this == WAITING || this == ESCALATED || this == UNANSWERED;
    }
}
