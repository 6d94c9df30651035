package lanyard.trust.handset;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/// Numbers used once: each for one handset, for a minute. In memory only; after a restart the phone asks for another.
final class Challenges {
    private static final Duration LIFE = Duration.ofSeconds(60);
    private static final int MOST = 100_000;
    private static final int BYTES = 32;

    private record Challenge(String handset, Instant made) {}

    private final SecureRandom random;
    private final Cache<String, Challenge> open =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(LIFE).build();

    Challenges(SecureRandom random) {
        this.random = random;
    }

    String fresh(String handset, Instant now) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        var nonce = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        open.put(nonce, new Challenge(handset, now));
        return nonce;
    }

    /// Uses the nonce up, whatever the answer.
    boolean use(String nonce, String handset, Instant now) {
        var challenge = open.asMap().remove(nonce);
        return challenge != null
                && challenge.handset().equals(handset)
                && now.isBefore(challenge.made().plus(LIFE));
    }
}
