package lanyard.trust.audit;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import lanyard.platform.sealing.Hashes;

/// A tree head in C2SP's open text format: origin, size, root, and one extension line naming the checkpoint before it
/// (of any slot). <https://c2sp.org/tlog-checkpoint>
record Checkpoint(int slot, long size, byte[] root, byte[] previous) {
    private static final Pattern BODY = Pattern.compile(
            "[^\\n]*/([0-9]{1,2})\\n([0-9]{1,18})\\n([A-Za-z0-9+/=]{44})\\nprevious ([A-Za-z0-9+/=]{44})\\n");

    /// What the first checkpoint of all names as the one before it.
    static byte[] first() {
        return new byte[CompactRange.HASH_BYTES];
    }

    static byte[] hashOf(String note) {
        return Hashes.sha256(note.getBytes(StandardCharsets.UTF_8));
    }

    String body(String logName) {
        var encoder = Base64.getEncoder();
        return logName + "/" + slot + "\n" + size + "\n" + encoder.encodeToString(root) + "\nprevious "
                + encoder.encodeToString(previous) + "\n";
    }

    static Checkpoint parse(String body) {
        var parts = BODY.matcher(body);
        if (!parts.matches()) {
            throw new AuditFormatException("a checkpoint is not in the format of a checkpoint");
        }
        var decoder = Base64.getDecoder();
        return new Checkpoint(
                Integer.parseInt(parts.group(1)),
                Long.parseLong(parts.group(2)),
                decoder.decode(parts.group(3)),
                decoder.decode(parts.group(4)));
    }
}
