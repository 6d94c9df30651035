package lanyard.governance.disclosure;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import lanyard.standards.matrix.UserId;

/// A room and time that a case covers.
///
/// @param leftOutBy who decided that it is not to be looked into; it stays held
public record CaseRoom(RoomSpan span, Why why, Optional<UserId> leftOutBy) {
    /// How it came in.
    public enum Why {
        NAMED("named in the request"),
        MEMBER("a colleague of the request was in it"),
        PATIENT("about a patient of the request"),
        SEARCH("found by a search");

        private final String title;

        Why(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Why of(String word) {
            return Arrays.stream(values())
                    .filter(why -> why.word().equals(word))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
