package lanyard.trust.identity;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import lanyard.platform.http.Exchange;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;

/// From an access token to its caller, without a query for one seen in the last minute.
final class Callers {
    private static final int MOST_REMEMBERED = 100_000;
    private static final String BEARER = "Bearer ";

    private final IdentityGround ground;
    private final DeviceStore store = new DeviceStore();
    /// By the token's hash: the token itself is not kept in memory.
    private final Remembered<ByteBuffer, Caller> remembered = new Remembered<>(MOST_REMEMBERED);

    private final Map<DeviceStore.DeviceKey, Instant> seen = new ConcurrentHashMap<>();

    Callers(IdentityGround ground) {
        this.ground = ground;
    }

    /// Errors: `M_MISSING_TOKEN`, `M_UNKNOWN_TOKEN`; for a wiped handset's token with the order to clear the phone.
    Caller caller(Exchange exchange) {
        var token = tokenOf(exchange);
        if (token.isAbsurd() || !token.value().startsWith(Token.ACCESS_TOKEN)) {
            throw unknown();
        }
        var hash = token.hash();
        var caller =
                remembered.get(ByteBuffer.wrap(hash), () -> ground.database().read(tx -> store.caller(tx, hash)));
        caller.ifPresent(c -> seen.put(new DeviceStore.DeviceKey(c.user(), c.device()), ground.now()));
        return caller.orElseThrow(() -> refusal(exchange, hash));
    }

    /// A token in the address would be in every log on the way.
    private static Token tokenOf(Exchange exchange) {
        if (exchange.query("access_token").isPresent()) {
            throw new MatrixException(
                    ErrorCode.M_MISSING_TOKEN,
                    "Send the access token in the Authorization header, not in the address.");
        }
        return exchange.header("Authorization")
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> new Token(value.substring(BEARER.length()).strip()))
                .orElseThrow(() -> new MatrixException(ErrorCode.M_MISSING_TOKEN, "Sign in first."));
    }

    private MatrixException refusal(Exchange exchange, byte[] hash) {
        if (ground.database().read(tx -> store.wasWiped(tx, hash))) {
            exchange.replyHeader("Clear-Site-Data", "\"cache\", \"storage\"");
        }
        return unknown();
    }

    private static MatrixException unknown() {
        return new MatrixException(ErrorCode.M_UNKNOWN_TOKEN, "You are signed out. Sign in again.");
    }

    void forget(UserId user, DeviceId device) {
        remembered.forgetIf(
                caller -> caller.user().equals(user) && caller.device().equals(device));
        seen.remove(new DeviceStore.DeviceKey(user, device));
    }

    Optional<Instant> lastSeen(UserId user, DeviceId device) {
        return Optional.ofNullable(seen.get(new DeviceStore.DeviceKey(user, device)));
    }

    /// Writes down, every few minutes, when devices were last seen.
    void keepLastSeen() {
        var batch = new HashMap<>(seen);
        if (!batch.isEmpty()) {
            ground.database().write(tx -> {
                store.seen(tx, batch);
                return true;
            });
            batch.forEach(seen::remove);
        }
    }
}
