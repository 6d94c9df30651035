package lanyard.governance.minimise;

import java.time.Instant;
import java.util.Optional;

/// Somebody went on although nothing about a patient belongs in a conversation of this kind: who, where and why, never
/// what was written.
record BrokenGlass(long id, String person, String room, String what, Why why, Instant at, Optional<String> lookedBy) {
    enum Why {
        EMERGENCY("It was an emergency"),
        NO_OTHER_WAY("There was no other way");

        private final String words;

        Why(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
