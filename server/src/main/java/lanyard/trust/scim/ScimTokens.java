package lanyard.trust.scim;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.RateLimit;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Token;

/// The tokens by which an organisation's directory speaks.
///
/// What could go wrong: whoever holds one makes and ends accounts. So an administrator makes it after proving
/// themselves again, it is shown once and kept as a hash, it ends within a year, two may be good at a time so that a
/// change-over needs no gap, and it reaches one organisation's people alone.
final class ScimTokens {
    private static final String PREFIX = "lyd_";
    private static final String BEARER = "Bearer ";
    private static final Duration GOOD = Duration.ofDays(365);
    private static final int MOST = 2;

    private final ScimParts parts;
    private final ScimTokenStore store = new ScimTokenStore();
    private final RateLimit requests;
    private final RateLimit wrongTokens;

    ScimTokens(ScimParts parts) {
        this.parts = parts;
        this.requests = new RateLimit(parts.limited(), 500, 50, Duration.ofSeconds(1));
        this.wrongTokens = new RateLimit(parts.limited(), 20, 20, Duration.ofMinutes(1));
    }

    /// A new one, to be shown once.
    record Made(String id, Token token) {}

    /// Errors: `M_RESOURCE_LIMIT_EXCEEDED`.
    Made make(Caller caller) {
        var random = parts.ground().random();
        var token = Token.fresh(PREFIX, random);
        var id = "%016x".formatted(random.nextLong());
        var now = parts.ground().now();
        parts.ground().writer().write(commit -> {
            if (store.list(commit.tx(), caller.organization(), now).size() >= MOST) {
                throw new MatrixException(
                        ErrorCode.M_RESOURCE_LIMIT_EXCEEDED, "Two tokens are good already. End one of them first.");
            }
            var by = caller.user().value();
            store.add(
                    commit.tx(),
                    new ScimTokenStore.Row(id, caller.organization(), by, now, now.plus(GOOD), Optional.empty()),
                    token.hash());
            parts.ground().audit().record(commit, new AuditEntry("directory.token_made", by, id, "", Json.object()));
            return id;
        });
        return new Made(id, token);
    }

    /// Errors: `M_NOT_FOUND`.
    void end(Caller caller, String id) {
        parts.ground().writer().write(commit -> {
            if (!store.remove(commit.tx(), caller.organization(), id)) {
                throw new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such token.");
            }
            var entry = new AuditEntry("directory.token_ended", caller.user().value(), id, "", Json.object());
            parts.ground().audit().record(commit, entry);
            return id;
        });
    }

    List<ScimTokenStore.Row> list(String organization) {
        return parts.ground()
                .database()
                .read(tx -> store.list(tx, organization, parts.ground().now()));
    }

    /// Who speaks. Errors: `M_MISSING_TOKEN`, `M_UNKNOWN_TOKEN`, `M_LIMIT_EXCEEDED`.
    Sender sender(Exchange x) {
        var token = x.header("Authorization")
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> new Token(value.substring(BEARER.length()).strip()))
                .orElseThrow(() -> new MatrixException(
                        ErrorCode.M_MISSING_TOKEN, "Send the directory's token in the Authorization header."));
        var known = token.isAbsurd() || !token.value().startsWith(PREFIX)
                ? Optional.<ScimTokenStore.Row>empty()
                : parts.ground()
                        .database()
                        .write(tx -> store.use(tx, token.hash(), parts.ground().now()));
        if (known.isEmpty()) {
            wrongTokens.take(x.remoteAddress());
            throw new MatrixException(
                    ErrorCode.M_UNKNOWN_TOKEN, "That token is not good. An administrator can make a new one.");
        }
        requests.take(known.get().organization());
        var organization = parts.identity().organizations().get(known.get().organization());
        return new Sender(organization, known.get().id());
    }
}
