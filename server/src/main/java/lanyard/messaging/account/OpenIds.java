package lanyard.messaging.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import lanyard.platform.sealing.Hashes;
import lanyard.standards.matrix.UserId;

/// Tokens by which somebody proves to another service who they are, good for nothing else; in memory for an hour.
/// <https://spec.matrix.org/v1.18/client-server-api/#openid>
public final class OpenIds {
    static final Duration LIFETIME = Duration.ofHours(1);
    private static final int MOST = 50_000;
    private static final int BYTES = 32;

    private final AccountParts.Given given;
    private final Cache<ByteBuffer, UserId> tokens =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(LIFETIME).build();

    OpenIds(AccountParts.Given given) {
        this.given = given;
    }

    String token(UserId user) {
        var bytes = new byte[BYTES];
        given.random().nextBytes(bytes);
        var token = "lyo_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        tokens.put(hash(token), user);
        return token;
    }

    /// Who gave the token out; for the route by which another service asks.
    public Optional<UserId> whose(String token) {
        return Optional.ofNullable(tokens.getIfPresent(hash(token)));
    }

    private static ByteBuffer hash(String token) {
        return ByteBuffer.wrap(Hashes.sha256(token.getBytes(StandardCharsets.UTF_8)));
    }
}
