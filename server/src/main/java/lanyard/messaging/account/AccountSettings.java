package lanyard.messaging.account;

import java.net.URI;
import java.util.List;

/// How accounts are offered.
///
/// @param publicUrl where people reach this server
/// @param conformance password login, open registration, own names: for test suites only
public record AccountSettings(URI publicUrl, boolean conformance, Turn turn) {
    /// Relays for calls, and the secret shared with them; no uris, no relays.
    public record Turn(List<String> uris, String secret) {
        public static final Turn NONE = new Turn(List.of(), "");

        public Turn {
            uris = List.copyOf(uris);
            if (!uris.isEmpty() && secret.isBlank()) {
                throw new IllegalArgumentException("relays for calls need the secret that is shared with them");
            }
        }

        @Override
        public String toString() {
            return "Turn[" + uris + ", hidden]";
        }
    }
}
