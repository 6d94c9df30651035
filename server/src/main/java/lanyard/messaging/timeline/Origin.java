package lanyard.messaging.timeline;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import lanyard.platform.sealing.Hashes;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.UserId;

/// Which device sent something, to which endpoint, under which transaction id. The same three again mean the same
/// event.
/// <https://spec.matrix.org/v1.18/client-server-api/#transaction-identifiers>
public record Origin(UserId user, DeviceId device, String endpoint, String transaction) {
    private static final int HALF = 8;
    private static final byte[] BETWEEN = {0};

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
        return Hashes.sha256(first.getBytes(StandardCharsets.UTF_8), BETWEEN, second.getBytes(StandardCharsets.UTF_8));
    }
}
