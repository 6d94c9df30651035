package lanyard.trust.console;

import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import lanyard.platform.http.Exchange;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.RemovedDevice;
import lanyard.trust.identity.Standing;
import lanyard.trust.identity.StepUp;
import lanyard.trust.identity.Token;
import lanyard.trust.passkey.Passkeys;

/// Who is signed in to the console, and for how long.
///
/// What could go wrong: a browser on a ward's desk is left open; somebody who has left, or is locked, goes on. So a
/// session ends after fifteen idle minutes and after eight hours whatever happens, and each request asks again how its
/// person stands.
final class Sessions {
    static final Duration IDLE = Duration.ofMinutes(15);
    static final Duration LONGEST = Duration.ofHours(8);
    private static final Duration SEEN_EVERY = Duration.ofMinutes(1);
    private static final String PREFIX = "lyc_";
    private static final int ID_BYTES = 8;
    private static final Set<RemovedDevice.Why> ENDING =
            Set.of(RemovedDevice.Why.SIGNED_OUT_EVERYWHERE, RemovedDevice.Why.LEFT, RemovedDevice.Why.WIPED);

    private final ConsoleParts parts;
    private final SessionStore store = new SessionStore();

    Sessions(ConsoleParts parts) {
        this.parts = parts;
        parts.identity().devices().whenRemoved((commit, removed) -> {
            if (ENDING.contains(removed.why())) {
                store.endAll(commit.tx(), removed.user());
            }
        });
        parts.identity().stepUp().alsoBy(this::isFresh);
    }

    private boolean secure() {
        return "https".equals(parts.publicUrl().getScheme());
    }

    /// `__Host-` keeps it to this host and to TLS.
    private String cookieName() {
        return secure() ? "__Host-lanyard-console" : "lanyard-console";
    }

    String cookie(Token token) {
        return cookieName() + "=" + token.value() + "; Path=/; HttpOnly; SameSite=Strict"
                + (secure() ? "; Secure" : "");
    }

    String noCookie() {
        return cookieName() + "=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0" + (secure() ? "; Secure" : "");
    }

    /// For somebody who has just passed both steps. Errors: `M_FORBIDDEN`, `M_USER_DEACTIVATED`, `M_USER_LOCKED`.
    Token begin(String loginToken) {
        var ground = parts.ground();
        var token = Token.fresh(PREFIX, ground.random());
        var bytes = new byte[ID_BYTES];
        ground.random().nextBytes(bytes);
        var id = HexFormat.of().formatHex(bytes);
        var now = ground.now();
        var _ = ground.writer()
                .write(commit -> parts.identity()
                        .appSessions()
                        .useLoginToken(commit, loginToken)
                        .map(user -> {
                            store.add(commit.tx(), token.hash(), new SessionStore.Kept(id, user, now, now, now));
                            audit(commit, "console.signed_in", user, id);
                            return user;
                        }))
                .orElseThrow(() -> new MatrixException(
                        ErrorCode.M_FORBIDDEN, "That sign-in took too long or was used already. Sign in again."));
        return token;
    }

    Optional<Session> find(Exchange exchange) {
        return exchange.cookie(cookieName())
                .map(Token::new)
                .filter(token -> !token.isAbsurd() && token.value().startsWith(PREFIX))
                .flatMap(this::find);
    }

    Optional<Session> find(Token token) {
        var now = parts.ground().now();
        var database = parts.ground().database();
        var kept = database.read(tx -> store.find(tx, token.hash()))
                .filter(one -> now.isBefore(one.seen().plus(IDLE))
                        && now.isBefore(one.created().plus(LONGEST)));
        if (kept.isEmpty() || !isWelcome(kept.get().user())) {
            return Optional.empty();
        }
        var one = kept.get();
        if (now.isAfter(one.seen().plus(SEEN_EVERY))) {
            database.write(tx -> {
                store.seen(tx, one.id(), now);
                return true;
            });
        }
        var person = parts.identity().people().get(one.user());
        var caller = new Caller(one.user(), deviceOf(one.id()), person.organization());
        var fresh = now.isBefore(one.proven().plus(StepUp.FRESH));
        var duties = parts.identity().duties().of(one.user());
        return Optional.of(new Session(one.id(), token, caller, person.displayName(), duties, fresh));
    }

    private boolean isWelcome(UserId user) {
        return parts.identity()
                .moderation()
                .find(user)
                .filter(standing -> !standing.locked())
                .filter(standing -> !standing.suspended())
                .map(Standing::administrator)
                .isPresent();
    }

    private static DeviceId deviceOf(String id) {
        return new DeviceId("CONSOLE-" + id);
    }

    /// For deeds of other features that ask for fresh proof: the console has seen to it.
    private boolean isFresh(Caller caller) {
        var device = caller.device().value();
        if (!device.startsWith("CONSOLE-")) {
            return false;
        }
        var now = parts.ground().now();
        return parts.ground()
                .database()
                .read(tx -> store.findById(tx, device.substring("CONSOLE-".length())))
                .filter(kept -> kept.user().equals(caller.user()))
                .filter(kept -> now.isBefore(kept.proven().plus(StepUp.FRESH)))
                .isPresent();
    }

    /// Errors: `M_FORBIDDEN`, `M_LIMIT_EXCEEDED`.
    void proveByCode(Session session, String code) {
        parts.identity().stepUp().byCode(session.caller(), code);
        parts.ground().writer().write(commit -> {
            store.proven(commit.tx(), session.id(), parts.ground().now());
            return true;
        });
    }

    /// Errors: `M_FORBIDDEN`, `M_INVALID_PARAM`, `M_NOT_JSON`.
    void proveByPasskey(Session session, byte[] credential) {
        var passkeys = parts.passkeys();
        var assertion = passkeys.check(session.stepUp(), Json.object(credential));
        Passkeys.requireOf(session.caller().user(), assertion);
        boolean used = parts.ground().writer().write(commit -> {
            if (!passkeys.use(commit, assertion)) {
                return false;
            }
            store.proven(commit.tx(), session.id(), parts.ground().now());
            return true;
        });
        if (!used) {
            throw Passkeys.copied();
        }
    }

    void end(Session session) {
        parts.ground().writer().write(commit -> {
            store.end(commit.tx(), session.id());
            audit(commit, "console.signed_out", session.caller().user(), session.id());
            return true;
        });
    }

    void sweep() {
        var now = parts.ground().now();
        parts.ground().database().write(tx -> {
            store.sweep(tx, now.minus(IDLE), now.minus(LONGEST));
            return true;
        });
    }

    private void audit(Commit commit, String action, UserId user, String id) {
        var details = Json.object().put("session", id);
        parts.ground().audit().record(commit, new AuditEntry(action, user.value(), user.value(), "", details));
    }
}
