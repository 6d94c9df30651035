package lanyard.trust.passkey;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/// Random numbers to be signed: each for one purpose, once, within five minutes. In memory only; after a restart the
/// app asks for another. <https://www.w3.org/TR/webauthn-3/#sctn-cryptographic-challenges>
final class Challenges {
    static final Duration LIFE = Duration.ofMinutes(5);
    private static final int MOST = 100_000;
    private static final int BYTES = 32;

    private record Challenge(Purpose purpose, Instant made) {}

    private final SecureRandom random;
    private final Cache<String, Challenge> open =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(LIFE).build();

    Challenges(SecureRandom random) {
        this.random = random;
    }

    /// In base64url, as WebAuthn's JSON has it.
    String fresh(Purpose purpose, Instant now) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        var challenge = text(bytes);
        open.put(challenge, new Challenge(purpose, now));
        return challenge;
    }

    /// Uses the challenge up, whatever the answer.
    boolean use(byte[] challenge, Purpose purpose, Instant now) {
        var made = open.asMap().remove(text(challenge));
        return made != null
                && made.purpose().equals(purpose)
                && now.isBefore(made.made().plus(LIFE));
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
