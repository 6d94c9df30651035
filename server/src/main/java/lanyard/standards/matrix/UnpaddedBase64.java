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

    /// Reads the standard alphabet; empty when the text is not base64.
    public static Optional<byte[]> decode(String text) {
        return decode(Base64.getDecoder(), text);
    }

    public static Optional<byte[]> decodeUrlSafe(String text) {
        return decode(Base64.getUrlDecoder(), text);
    }

    private static Optional<byte[]> decode(Base64.Decoder decoder, String text) {
        try {
            return Optional.of(decoder.decode(text));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
