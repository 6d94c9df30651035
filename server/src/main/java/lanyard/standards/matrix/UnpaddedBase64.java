package lanyard.standards.matrix;

import java.util.Base64;
import java.util.Optional;

/// Matrix's base64: no padding when writing, padding allowed when reading.
/// <https://spec.matrix.org/v1.18/appendices/#unpadded-base64>
public final class UnpaddedBase64 {
    private static final Base64.Encoder STANDARD = Base64.getEncoder().withoutPadding();
    private static final Base64.Encoder URL_SAFE = Base64.getUrlEncoder().withoutPadding();

    private UnpaddedBase64() {}

    public static String encode(byte[] bytes) {
        return STANDARD.encodeToString(bytes);
    }

    public static String encodeUrlSafe(byte[] bytes) {
        return URL_SAFE.encodeToString(bytes);
    }

    /// Reads either alphabet, as other servers do; empty when the text is not base64.
    public static Optional<byte[]> decode(String text) {
        var urlSafe = text.indexOf('-') >= 0 || text.indexOf('_') >= 0;
        try {
            return Optional.of((urlSafe ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(text));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
