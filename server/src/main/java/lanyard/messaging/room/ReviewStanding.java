package lanyard.messaging.room;

import java.util.Arrays;
import java.util.Locale;

/// How far the review of a conversation's membership is behind, and so who can still post (G28).
public enum ReviewStanding {
    CURRENT,
    /// Its owner has been told that it comes.
    REMINDED,
    /// The day has come: owner, deputy and ward lead have been told.
    DUE,
    /// Nothing but urgent messages.
    URGENT_ONLY,
    /// Nothing at all, until somebody reviews it.
    ARCHIVED;

    static ReviewStanding of(String word) {
        return Arrays.stream(values())
                .filter(standing -> standing.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no such standing"));
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// As rooms and clients are told: `open`, `urgent_only` or `archived`.
    public String posting() {
        return switch (this) {
            case CURRENT, REMINDED, DUE -> "open";
            case URGENT_ONLY, ARCHIVED -> word();
        };
    }
}
