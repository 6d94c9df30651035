package lanyard.messaging.timeline;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.UserId;

/// Which device sent something, to which endpoint, under which transaction id. The same three again mean the same
/// event.
/// <https://spec.matrix.org/v1.18/client-server-api/#transaction-identifiers>
public record Origin(UserId user, DeviceId device, String endpoint, String transaction) {
    /// Sixteen bytes that stand for endpoint and transaction id.
    byte[] key() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(endpoint.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update(transaction.getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(digest.digest(), 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
