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
    private static final int HALF = 8;

    /// Sixteen bytes that stand for all four: eight for the device, then eight for endpoint and transaction id, so that
    /// one index both refuses a second time and finds what a device sent.
    byte[] key() {
        return key(digest(endpoint, transaction));
    }

    /// The least and the greatest key that a device can have.
    static byte[][] keysOf(UserId user, DeviceId device) {
        var origin = new Origin(user, device, "", "");
        var greatest = new byte[HALF];
        Arrays.fill(greatest, (byte) 0xff);
        return new byte[][] {origin.key(new byte[HALF]), origin.key(greatest)};
    }

    private byte[] key(byte[] last) {
        var key = Arrays.copyOf(digest(user.value(), device.value()), 2 * HALF);
        System.arraycopy(last, 0, key, HALF, HALF);
        return key;
    }

    private static byte[] digest(String first, String second) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(first.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return digest.digest(second.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
