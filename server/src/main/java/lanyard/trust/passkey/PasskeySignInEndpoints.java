package lanyard.trust.passkey;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.RateLimit;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.trust.identity.Identity;
import lanyard.trust.identity.IdentityGround;
import lanyard.trust.identity.IdentitySettings;
import lanyard.trust.identity.PassedReply;
import lanyard.trust.identity.SignIn;

/// Signing in by passkey, alone or after a password: the section "Sign-in" of docs/api.md.
final class PasskeySignInEndpoints {
    /// A ward's staff may share one address.
    private static final int BURST = 100;

    private static final int A_MINUTE = 200;
    private static final int SESSION_BYTES = 32;

    private final Passkeys passkeys;
    private final IdentityGround ground;
    private final Identity identity;
    private final RateLimit tries;

    PasskeySignInEndpoints(Passkeys passkeys, IdentityGround ground, Identity identity, IdentitySettings settings) {
        this.passkeys = passkeys;
        this.ground = ground;
        this.identity = identity;
        this.tries = new RateLimit(!settings.conformance(), BURST, A_MINUTE, Duration.ofMinutes(1));
    }

    void addTo(Routes routes) {
        routes.add("POST /_lanyard/v1/sign-in/passkey/options", this::options);
        routes.add("POST /_lanyard/v1/sign-in/passkey", this::signIn);
        routes.add("POST /_lanyard/v1/sign-in/second-step/passkey/options", this::secondStepOptions);
        routes.add("POST /_lanyard/v1/sign-in/second-step/passkey", this::secondStep);
        routes.add("POST /_lanyard/v1/sign-in/enrol/passkey/options", this::enrolOptions);
        routes.add("POST /_lanyard/v1/sign-in/enrol/passkey", this::enrol);
    }

    private Reply options(Exchange exchange) {
        tries.take(exchange.remoteAddress());
        var bytes = new byte[SESSION_BYTES];
        ground.random().nextBytes(bytes);
        var session = HexFormat.of().formatHex(bytes);
        var reply = Json.object().put("session", session);
        reply.set("publicKey", passkeys.ask(Purpose.signIn(session), List.of()));
        return Reply.json(reply);
    }

    private Reply signIn(Exchange exchange) {
        tries.take(exchange.remoteAddress());
        var body = exchange.body();
        var purpose = Purpose.signIn(Json.text(body, "session"));
        var assertion = passkeys.check(purpose, Json.objectField(body, "credential"));
        var passing = identity.signIn().passing(assertion.user(), PassedReply.browser(exchange));
        var passed = ground.writer()
                .write(commit -> passkeys.use(commit, assertion)
                        ? Optional.of(identity.signIn().pass(commit, passing, "sign_in.passed_by_passkey"))
                        : Optional.<SignIn.Passed>empty());
        return PassedReply.of(passed.orElseThrow(Passkeys::copied));
    }

    private Reply secondStepOptions(Exchange exchange) {
        tries.take(exchange.remoteAddress());
        var session = Json.text(exchange.body(), "session");
        var user = identity.signIn().pending(session);
        return PasskeyEndpoints.options(passkeys.ask(Purpose.secondStep(session), user));
    }

    private Reply secondStep(Exchange exchange) {
        tries.take(exchange.remoteAddress());
        var body = exchange.body();
        var session = Json.text(body, "session");
        var user = identity.signIn().pending(session);
        var assertion = passkeys.check(Purpose.secondStep(session), Json.objectField(body, "credential"));
        Passkeys.requireOf(user, assertion);
        var passing = identity.signIn().passing(user, PassedReply.browser(exchange));
        var passed = ground.writer().write(commit -> {
            if (!passkeys.use(commit, assertion)) {
                return Optional.<SignIn.Passed>empty();
            }
            identity.signIn().endSession(commit, session);
            return Optional.of(identity.signIn().pass(commit, passing, "sign_in.passed_by_passkey"));
        });
        return PassedReply.of(passed.orElseThrow(Passkeys::copied));
    }

    private Reply enrolOptions(Exchange exchange) {
        tries.take(exchange.remoteAddress());
        var session = Json.text(exchange.body(), "session");
        var user = identity.enrolment().pending(session);
        return PasskeyEndpoints.options(passkeys.askForNew(Purpose.enrolling(user, session), user));
    }

    private Reply enrol(Exchange exchange) {
        tries.take(exchange.remoteAddress());
        var body = exchange.body();
        var session = Json.text(body, "session");
        var user = identity.enrolment().pending(session);
        var name = PasskeyEndpoints.name(body);
        var purpose = Purpose.enrolling(user, session);
        var fresh = passkeys.checkNew(purpose, user, name, Json.objectField(body, "credential"));
        var passing = identity.signIn().passing(user, PassedReply.browser(exchange));
        var paper = PasskeyEndpoints.paper(identity, body, user);
        var passed = ground.writer().write(commit -> {
            identity.enrolment().done(commit, session, user);
            passkeys.add(commit, fresh);
            paper.ifPresent(codes -> codes.keep(commit));
            return identity.signIn().pass(commit, passing, "sign_in.passed_by_passkey");
        });
        var more = Json.object();
        paper.ifPresent(codes -> codes.codes().forEach(more.putArray("recovery_codes")::add));
        return PassedReply.of(passed, more);
    }
}
