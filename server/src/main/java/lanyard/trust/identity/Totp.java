package lanyard.trust.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Time-based one-time codes, six digits, 30 seconds, HMAC-SHA-1: what every authenticator app offers.
/// <https://www.rfc-editor.org/rfc/rfc6238>
///
/// SHA-1 is the RFC's default and the only choice all authenticator apps read; as an HMAC it is still sound.
final class Totp {
    static final Duration STEP = Duration.ofSeconds(30);
    private static final int SECRET_BYTES = 20;
    private static final int DIGITS = 6;
    private static final int MODULUS = 1_000_000;

    private Totp() {}

    /// RFC 4226 §4 R6: a secret of 160 bits.
    static byte[] newSecret(SecureRandom random) {
        var secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return secret;
    }

    static String code(byte[] secret, Instant at) {
        return codeOfStep(secret, step(at));
    }

    /// The step whose code this is: the present one, or one either side for a clock that is off by up to half a minute
    /// (§5.2, §6). Nothing when it is the code of none of the three.
    static OptionalLong matchingStep(byte[] secret, String code, Instant at) {
        var given = code.strip().getBytes(StandardCharsets.US_ASCII);
        var now = step(at);
        var found = OptionalLong.empty();
        for (var step = now - 1; step <= now + 1; step++) {
            var right = codeOfStep(secret, step).getBytes(StandardCharsets.US_ASCII);
            if (MessageDigest.isEqual(right, given)) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }

    static boolean looksLikeCode(String code) {
        return code.strip().matches("[0-9]{" + DIGITS + "}");
    }

    static long step(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), STEP.toSeconds());
    }

    /// RFC 4226 §5.3, dynamic truncation.
    private static String codeOfStep(byte[] secret, long step) {
        var hash = hmac(secret, ByteBuffer.allocate(Long.BYTES).putLong(step).array());
        var offset = hash[hash.length - 1] & 0xf;
        var number = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
        return String.format(Locale.ROOT, "%0" + DIGITS + "d", number % MODULUS);
    }

    private static byte[] hmac(byte[] secret, byte[] message) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "RAW"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-1", e);
        }
    }
}
