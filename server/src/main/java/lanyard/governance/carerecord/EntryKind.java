package lanyard.governance.carerecord;

import java.util.Locale;

/// What one document says to the record. As a word it is what our interface, room state and database say.
enum EntryKind {
    DECISION,
    /// Says anew what a decision in the record should have said.
    REPLACEMENT,
    /// A decision in the record should not be relied on.
    ERROR,
    /// Whoever was named as having decided says that they did.
    CONFIRMATION;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static EntryKind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    boolean isDecision() {
        return this == DECISION || this == REPLACEMENT;
    }

    /// After it the decision it is about no longer stands as it was.
    boolean isCorrection() {
        return this == REPLACEMENT || this == ERROR;
    }
}
