package lanyard.trust.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.CanonicalJson;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;
import tools.jackson.databind.node.ObjectNode;

/// Asks again who it is before something that a stolen token must not be enough for: Matrix's user-interactive
/// authentication. Somebody who is fresh to [StepUp] is not asked.
/// <https://spec.matrix.org/v1.18/client-server-api/#user-interactive-authentication-api>
///
/// What could go wrong: a proof given for one deed is used for another. So a session is bound to the caller, the path
/// and the body it was opened for, and ends with the deed.
public final class InteractiveAuth {
    static final String TOTP = "org.lanyard.totp";
    static final String SSO = "m.login.sso";
    static final String OAUTH = "m.oauth";
    private static final String RESET_PAGE = "/account?action=org.matrix.cross_signing_reset";
    static final String PASSWORD = "m.login.password";
    static final String DUMMY = "m.login.dummy";
    static final String REGISTRATION_TOKEN = "m.login.registration_token";
    private static final Duration SESSION = Duration.ofMinutes(15);
    private static final Duration RESET_GOOD = Duration.ofMinutes(10);
    private static final int MOST_SESSIONS = 10_000;
    private static final String SESSION_FIELD = "session";

    private final IdentityGround ground;
    private final boolean conformance;
    private final URI resetPage;
    private final SignIn signIn;
    private final RegistrationTokens registrationTokens;
    private final Cache<String, Session> sessions = Caffeine.newBuilder()
            .maximumSize(MOST_SESSIONS)
            .expireAfterWrite(SESSION)
            .build();
    /// Who has said on our own page, after both steps, that their cross-signing keys may be replaced; once.
    private final Cache<UserId, Boolean> resets = Caffeine.newBuilder()
            .maximumSize(MOST_SESSIONS)
            .expireAfterWrite(RESET_GOOD)
            .build();

    InteractiveAuth(
            IdentityGround ground, IdentitySettings settings, SignIn signIn, RegistrationTokens registrationTokens) {
        this.ground = ground;
        this.conformance = settings.conformance();
        this.resetPage = settings.publicUrl().resolve(RESET_PAGE);
        this.signIn = signIn;
        this.registrationTokens = registrationTokens;
    }

    /// Who asks for what. `caller` is empty for a registration.
    private record Purpose(Optional<Caller> caller, String method, String path, byte[] body) {
        boolean isSame(Purpose other) {
            return caller.equals(other.caller)
                    && method.equals(other.method)
                    && path.equals(other.path)
                    && Arrays.equals(body, other.body);
        }
    }

    private record Session(Purpose purpose, boolean proven) {}

    /// Empty when the deed may be done; otherwise the challenge to answer with. `body` is the request's, with its
    /// `auth`.
    /// Errors: `M_LIMIT_EXCEEDED` after too many wrong codes.
    public Optional<Reply> challenge(Caller caller, Exchange exchange, ObjectNode body) {
        if (caller.app().isPresent()) {
            return onTheAccountPage(caller, exchange, body);
        }
        return isFresh(caller) ? Optional.empty() : challenge(Optional.of(caller), exchange, body);
    }

    /// What an app leaves to the account page.
    /// <https://spec.matrix.org/v1.18/client-server-api/#oauth-20-aware-clients>
    /// Errors: `M_UNRECOGNIZED`.
    public void requireOwnApp(Caller caller) {
        if (caller.app().isPresent()) {
            throw new MatrixException(
                    ErrorCode.M_UNRECOGNIZED, "This is done on your account page: " + resetPage.resolve("/account"));
        }
    }

    /// Apps have no code of the person's to show, however lately they were let in: letting an app in is not letting it
    /// replace the keys that colleagues trust.
    /// <https://spec.matrix.org/v1.18/client-server-api/#oauth-authentication>
    private Optional<Reply> onTheAccountPage(Caller caller, Exchange exchange, ObjectNode body) {
        var purpose = new Purpose(Optional.of(caller), exchange.method(), exchange.path(), withoutAuth(body));
        var id = Json.optionalObject(body, "auth").flatMap(auth -> Json.optionalText(auth, SESSION_FIELD));
        var open = id.filter(i -> Optional.ofNullable(sessions.getIfPresent(i))
                .filter(session -> session.purpose().isSame(purpose))
                .isPresent());
        if (open.isPresent() && resets.asMap().remove(caller.user()) != null) {
            sessions.invalidate(open.get());
            return Optional.empty();
        }
        var session = open.orElseGet(() -> Token.fresh("lyu_", ground.random()).value());
        sessions.put(session, new Session(purpose, false));
        var asked = Json.object();
        asked.putArray("flows").addObject().putArray("stages").add(OAUTH);
        asked.putObject("params").putObject(OAUTH).put("url", resetPage.toString());
        asked.putArray("completed");
        return Optional.of(Reply.json(401, asked.put(SESSION_FIELD, session)));
    }

    /// The person, after both steps on our own page, lets one of their apps replace their cross-signing keys.
    public void allowReset(Commit commit, UserId user) {
        ground.audit()
                .record(
                        commit,
                        new AuditEntry("cross_signing.reset_allowed", user.value(), user.value(), "", Json.object()));
        commit.afterCommit(() -> resets.put(user, true));
    }

    /// The same for somebody who has no account yet; conformance mode only.
    Optional<Reply> challengeRegistration(Exchange exchange, ObjectNode body) {
        return challenge(Optional.empty(), exchange, body);
    }

    /// Signed in with both steps a short while ago. Test suites want to be asked.
    private boolean isFresh(Caller caller) {
        return !conformance && signIn.stepUp().isFresh(caller);
    }

    private Optional<Reply> challenge(Optional<Caller> caller, Exchange exchange, ObjectNode body) {
        var purpose = new Purpose(caller, exchange.method(), exchange.path(), withoutAuth(body));
        var auth = Json.optionalObject(body, "auth");
        var id = auth.flatMap(a -> Json.optionalText(a, SESSION_FIELD));
        var session = id.flatMap(i -> Optional.ofNullable(sessions.getIfPresent(i)))
                .filter(s -> s.purpose().isSame(purpose));
        if (session.isEmpty()) {
            return Optional.of(open(purpose));
        }
        if (session.get().proven()) {
            sessions.invalidate(id.orElseThrow());
            return Optional.empty();
        }
        return tryStage(caller, exchange.host(), auth.orElseThrow(), id.orElseThrow());
    }

    private Optional<Reply> tryStage(Optional<Caller> caller, String host, ObjectNode auth, String id) {
        try {
            if (caller.isEmpty() ? mayRegister(host, auth) : proves(caller.get(), auth)) {
                sessions.invalidate(id);
                return Optional.empty();
            }
            return Optional.of(Reply.json(401, flows(id, caller)));
        } catch (MatrixException refusal) {
            if (refusal.code() != ErrorCode.M_FORBIDDEN) {
                throw refusal;
            }
            var again = flows(id, caller).put("errcode", refusal.code().name()).put("error", refusal.sentence());
            return Optional.of(Reply.json(401, again));
        }
    }

    /// <https://spec.matrix.org/v1.18/client-server-api/#token-authenticated-registration>
    private boolean mayRegister(String host, ObjectNode auth) {
        var type = Json.optionalText(auth, "type").orElse("");
        if (!type.equals(REGISTRATION_TOKEN)) {
            return type.equals(DUMMY) && conformance;
        }
        if (!registrationTokens.use(host, Json.text(auth, "token"))) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "That token is unknown, used up or over.");
        }
        return true;
    }

    /// False when no stage was tried that could prove anything.
    private boolean proves(Caller caller, ObjectNode auth) {
        var type = Json.optionalText(auth, "type").orElse("");
        if (type.equals(TOTP)) {
            signIn.stepUp(caller, Json.text(auth, "code"));
            return true;
        }
        if (type.equals(PASSWORD) && conformance) {
            passwordOf(caller, auth);
            return true;
        }
        return type.equals(DUMMY) && conformance;
    }

    private void passwordOf(Caller caller, ObjectNode auth) {
        var typed = Json.optionalObject(auth, "identifier")
                .flatMap(identifier -> Json.optionalText(identifier, "user"))
                .or(() -> Json.optionalText(auth, "user"))
                .orElse(caller.user().value());
        var organization = new Organization(caller.organization(), caller.user().server(), "Conformance", true);
        var attempt = new SignIn.Attempt(organization, typed, Json.text(auth, "password"), Optional.empty(), "");
        if (!attempt.meant().equals(Optional.of(caller.user()))
                || !signIn.passwordIsRight(attempt).equals(caller.user())) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "Give your own password.");
        }
    }

    private Reply open(Purpose purpose) {
        var id = Token.fresh("lyu_", ground.random()).value();
        sessions.put(id, new Session(purpose, false));
        return Reply.json(401, flows(id, purpose.caller()));
    }

    private ObjectNode flows(String session, Optional<Caller> caller) {
        var registering = List.of(DUMMY, REGISTRATION_TOKEN);
        var types = caller.isEmpty() ? registering : conformance ? List.of(PASSWORD, DUMMY) : List.of(TOTP, SSO);
        var body = Json.object();
        var flows = body.putArray("flows");
        types.forEach(type -> flows.addObject().putArray("stages").add(type));
        body.putObject("params");
        body.putArray("completed");
        return body.put(SESSION_FIELD, session);
    }

    /// Whether a session waits for somebody to sign in again in a browser window.
    boolean isOpen(String session) {
        return sessions.getIfPresent(session) != null;
    }

    /// The browser window came back: `loginToken` proves a fresh sign-in of both steps. Errors: `M_FORBIDDEN` when it
    /// is
    /// somebody else's, used or late.
    void provenBySignIn(String session, String loginToken) {
        var user = ground.writer().write(commit -> signIn.loginTokens().use(commit, loginToken));
        var open = sessions.getIfPresent(session);
        if (open == null || user.isEmpty() || !isWho(open, user.get())) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN, "That sign-in does not belong here. Close this window and try again.");
        }
        sessions.put(session, new Session(open.purpose(), true));
    }

    private static boolean isWho(Session session, UserId user) {
        return session.purpose().caller().filter(c -> c.user().equals(user)).isPresent();
    }

    private static byte[] withoutAuth(ObjectNode body) {
        var rest = body.deepCopy();
        rest.remove("auth");
        return new Token(new String(CanonicalJson.bytes(rest), java.nio.charset.StandardCharsets.UTF_8)).hash();
    }
}
