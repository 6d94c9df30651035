package lanyard.trust.policy;

import java.util.Locale;

/// What the app does when what is typed in a kind of room reads like something that identifies a patient. Never more
/// than a question: nothing stops a message (G12, G13).
public enum Nudge {
    OFF,
    /// Shows what it found, with a replacement.
    WARN,
    /// Asks which reason there is for keeping it.
    ASK;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Nudge of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
