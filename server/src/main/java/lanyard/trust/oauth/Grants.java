package lanyard.trust.oauth;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.identity.AppAccess;
import lanyard.trust.identity.DeviceRequest;
import lanyard.trust.identity.NewSession;
import lanyard.trust.identity.Token;
import org.jspecify.annotations.Nullable;

/// From a person's consent to a device: codes, each good once and for a minute, bound to the app, its address and the
/// secret that only the asker knows.
///
/// What could go wrong: a code is stolen on its way. A thief lacks the secret; and whoever comes second with a
/// code ends what the first one got, because one of the two is a thief.
final class Grants {
    static final String CODE = "lyc_";
    private static final Duration CODE_GOOD = Duration.ofMinutes(1);

    private final Apps apps;
    private final OAuthParts parts;
    private final GrantStore store = new GrantStore();

    Grants(Apps apps, OAuthParts parts) {
        this.apps = apps;
        this.parts = parts;
    }

    /// Who asks for tokens.
    ///
    /// @param key the thumbprint of the key that they have proved to hold, where they have
    record Asker(AppClient client, Optional<String> key) {}

    /// A device, or why not. Returned, not thrown, because what a refusal ends must stay ended.
    record Outcome(Optional<NewSession> session, Optional<ErrorObject> error) {
        static Outcome refused(ErrorObject error) {
            return new Outcome(Optional.empty(), Optional.of(error));
        }

        NewSession orRefuse() {
            return session.orElseThrow(() -> new OAuthRefusal(
                    error.orElseThrow(),
                    Optional.ofNullable(error.orElseThrow().getDescription()).orElse("Sign in again.")));
        }
    }

    /// Somebody who has just passed both steps lets the app in; where to send them now. Errors: `M_FORBIDDEN`.
    URI allow(Authorization asked, String loginToken) {
        var code = Token.fresh(CODE, parts.ground().random());
        var expires = parts.ground().now().plus(CODE_GOOD);
        parts.ground().writer().write(commit -> {
            var user = person(commit, asked.app(), loginToken);
            var row = new GrantStore.Code(
                    asked.client().id(),
                    user,
                    asked.device(),
                    asked.back().redirect().toString(),
                    asked.bond(),
                    expires,
                    false);
            store.addCode(commit.tx(), code.hash(), row);
            audit(commit, user, asked.app());
            return user;
        });
        return asked.back().code(code.value());
    }

    /// Errors: `M_FORBIDDEN` for a token that is used or late, and for somebody of another organisation.
    UserId person(Commit commit, ApprovedApp app, String loginToken) {
        var server = parts.identity().organizations().get(app.organization()).serverName();
        return parts.identity()
                .appSessions()
                .useLoginToken(commit, loginToken)
                .filter(user -> user.server().equals(server))
                .orElseThrow(() -> new MatrixException(
                        ErrorCode.M_FORBIDDEN, "That sign-in took too long or was used already. Sign in again."));
    }

    void audit(Commit commit, UserId user, ApprovedApp app) {
        var details = Json.object().put("app", app.id());
        parts.ground()
                .audit()
                .record(commit, new AuditEntry("app.allowed_by_person", user.value(), user.value(), "", details));
    }

    /// Errors: `invalid_grant`.
    NewSession exchange(Asker asker, String code, @Nullable URI redirect, @Nullable CodeVerifier verifier) {
        var given = new Token(code);
        if (given.isAbsurd() || !code.startsWith(CODE)) {
            throw new OAuthRefusal(OAuth2Error.INVALID_GRANT, "That code is not good. Sign in again.");
        }
        var ready = prepare(asker);
        return parts.ground()
                .writer()
                .write(commit -> {
                    var found = store.useCode(
                            commit.tx(), given.hash(), parts.ground().now());
                    if (found.filter(GrantStore.Code::used).isPresent()) {
                        var row = found.get();
                        parts.identity().appSessions().codeUsedTwice(commit, row.user(), row.device(), row.client());
                    }
                    return found.filter(row -> isGood(row, asker, redirect, verifier))
                            .map(row -> begin(commit, row.user(), row.device(), ready))
                            .orElseGet(() -> Outcome.refused(OAuth2Error.INVALID_GRANT));
                })
                .orRefuse();
    }

    private boolean isGood(GrantStore.Code row, Asker asker, @Nullable URI redirect, @Nullable CodeVerifier verifier) {
        return !row.used()
                && row.expires().isAfter(parts.ground().now())
                && row.client().equals(asker.client().id())
                && redirect != null
                && row.redirect().equals(redirect.toString())
                && verifier != null
                && CodeChallenge.compute(CodeChallengeMethod.S256, verifier)
                        .getValue()
                        .equals(row.bond().challenge())
                && (row.bond().key().isEmpty() || row.bond().key().equals(asker.key()));
    }

    /// What is the same for every device of the client; the device's name is the register's word for the app.
    record Ready(ApprovedApp app, AppAccess access) {}

    Ready prepare(Asker asker) {
        var client = asker.client();
        var app = apps.find(client.app())
                .orElseThrow(() -> new OAuthRefusal(OAuth2Error.INVALID_CLIENT, "That app is approved no longer."));
        if (asker.key().isEmpty() && (app.entry().bound() || client.isBound())) {
            throw new OAuthRefusal(
                    OAuth2Error.INVALID_DPOP_PROOF, "This app may sign in only with tokens that are bound to a key.");
        }
        return new Ready(app, new AppAccess(client.id(), app.entry().clinical(), asker.key()));
    }

    /// Making tokens costs nothing but randomness, so it may happen within the deed.
    Outcome begin(Commit commit, UserId user, DeviceId device, Ready ready) {
        var request = new DeviceRequest(
                Optional.of(device), Optional.of(name(ready.app())), true, Optional.of(ready.access()));
        var sessions = parts.identity().appSessions();
        return new Outcome(Optional.of(sessions.begin(commit, user, sessions.prepare(request))), Optional.empty());
    }

    private static String name(ApprovedApp app) {
        var software = app.entry().software();
        return software.length() <= 100 ? software : software.substring(0, 100);
    }

    /// Whoever begins again has let no app in yet.
    void forget(Commit commit, UserId user) {
        store.forget(commit.tx(), user);
    }

    void sweep() {
        parts.ground().database().write(tx -> {
            store.sweep(tx, parts.ground().now());
            return true;
        });
    }
}
