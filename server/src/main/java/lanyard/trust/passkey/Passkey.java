package lanyard.trust.passkey;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lanyard.standards.matrix.UserId;

/// A credential that checks its person by finger, face or PIN before it signs: two factors in one.
///
/// @param id the credential id, base64url
/// @param backedUp whether its maker keeps copies, so that it is there on the person's other phones too
public record Passkey(
        String id,
        UserId user,
        String name,
        boolean backedUp,
        List<String> transports,
        Instant createdAt,
        Optional<Instant> lastUsedAt) {
    public Passkey {
        transports = List.copyOf(transports);
    }
}
