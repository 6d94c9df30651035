package lanyard.governance.retention;

import java.nio.charset.StandardCharsets;
import lanyard.platform.sealing.Hashes;
import lanyard.standards.matrix.EventId;
import org.jspecify.annotations.Nullable;

/// What a disposal took so far.
///
/// @param chain SHA-256 over every line written for it, in the order of their numbers: of the value before (32 zero
///     bytes at first), the event's id and the line's `sha256`. Whoever has the lines can make it again.
record Tally(
        long messages, @Nullable Long firstTs, @Nullable Long lastTs, byte[] chain) {
    static final Tally NOTHING = new Tally(0, null, null, new byte[32]);

    /// With one more.
    Tally with(EventId id, byte[] sha256, long said) {
        return new Tally(
                messages + 1,
                firstTs == null ? said : (Long) Math.min(firstTs, said),
                lastTs == null ? said : (Long) Math.max(lastTs, said),
                Hashes.sha256(chain, id.value().getBytes(StandardCharsets.UTF_8), sha256));
    }
}
