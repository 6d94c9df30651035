package lanyard.trust.identity;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.RateLimit;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;

/// The section "Sign-in" of docs/api.md, and the window in which a signed-in person proves themselves again.
final class SignInEndpoints {
    private static final String FALLBACK = "/_matrix/client/v3/auth/m.login.sso/fallback/web";
    private static final String FALLBACK_DONE = "/_lanyard/v1/sign-in/again";
    private static final String DONE_SCRIPT = "/_lanyard/v1/sign-in/again.js";
    /// A ward's staff may share one address.
    private static final int BURST = 100;

    private static final int A_MINUTE = 200;

    private final Identity identity;
    private final IdentitySettings settings;
    private final RedirectTargets targets;
    private final RateLimit tries;

    SignInEndpoints(Identity identity, IdentitySettings settings) {
        this.identity = identity;
        this.settings = settings;
        this.targets = new RedirectTargets(settings);
        this.tries = new RateLimit(!settings.conformance(), BURST, A_MINUTE, Duration.ofMinutes(1));
    }

    void addTo(Routes routes) {
        routes.add("POST /_lanyard/v1/sign-in/password", this::password);
        routes.add("POST /_lanyard/v1/sign-in/second-step", this::secondStep);
        routes.add("POST /_lanyard/v1/sign-in/recovery-code", this::recoveryCode);
        routes.add("POST /_lanyard/v1/sign-in/target", this::target);
        routes.add("POST /_lanyard/v1/me/recovery-codes", this::recoveryCodes);
        routes.add("POST /_lanyard/v1/me/password", this::changePassword);
        routes.add("GET /_matrix/client/v3/login/sso/redirect", this::redirectToSSO);
        routes.add("GET /_matrix/client/v3/login/sso/redirect/{idpId}", this::redirectToIdP);
        routes.add("GET " + FALLBACK, this::signInAgain);
        routes.add("GET " + FALLBACK_DONE, this::signedInAgain);
        routes.add("GET " + DONE_SCRIPT, this::signedInAgainScript);
    }

    private Reply password(Exchange exchange) {
        tries.take(exchange.remoteAddress());
        var attempt = attempt(exchange, "password");
        var pending = identity.signIn().password(attempt);
        var ways = pending.ways();
        var reply = Json.object().put("session", pending.session());
        reply.put("next", ways.contains("totp") ? "totp" : ways.isEmpty() ? "enrol" : "passkey");
        ways.forEach(reply.putArray("ways")::add);
        return Reply.json(reply);
    }

    private SignIn.Attempt attempt(Exchange exchange, String secret) {
        var body = exchange.body();
        return new SignIn.Attempt(
                identity.organizations().forHost(exchange.host()),
                Json.text(body, "user"),
                Json.text(body, secret),
                PassedReply.browser(exchange),
                exchange.remoteAddress());
    }

    private Reply recoveryCode(Exchange exchange) {
        tries.take(exchange.remoteAddress());
        return PassedReply.of(identity.signIn().byPaper(attempt(exchange, "code")));
    }

    private Reply secondStep(Exchange exchange) {
        tries.take(exchange.remoteAddress());
        var body = exchange.body();
        var passed = identity.signIn()
                .secondStep(Json.text(body, "session"), Json.text(body, "code"), PassedReply.browser(exchange));
        return PassedReply.of(passed);
    }

    private Reply target(Exchange exchange) {
        var url = Json.text(exchange.body(), "redirect_url");
        var app = targets.allowedApp(url);
        var reply = Json.object().put("allowed", app.isPresent());
        reply.put("app", app.or(() -> RedirectTargets.askedBy(url)).orElse(""));
        if (app.isEmpty()) {
            reply.put("error", notAllowed().sentence());
        }
        return Reply.json(reply);
    }

    private Reply recoveryCodes(Exchange exchange) {
        var caller = identity.caller(exchange);
        Json.optionalText(exchange.body(), "code")
                .ifPresent(code -> identity.stepUp().byCode(caller, code));
        var codes = identity.signIn().newRecoveryCodes(caller);
        var reply = Json.object();
        codes.forEach(reply.putArray("codes")::add);
        return Reply.json(reply);
    }

    private Reply changePassword(Exchange exchange) {
        var caller = identity.caller(exchange);
        identity.stepUp().require(caller);
        var body = exchange.body();
        var othersStay = !Json.optionalBoolean(body, "logout_devices").orElse(true);
        identity.signIn().changePassword(caller, Json.text(body, "new_password"), othersStay);
        return Reply.empty();
    }

    private Reply redirectToSSO(Exchange exchange) {
        var url = exchange.query("redirectUrl")
                .orElseThrow(() -> new MatrixException(
                        ErrorCode.M_MISSING_PARAM, "The parameter redirectUrl says where to come back to."));
        if (targets.allowedApp(url).isEmpty()) {
            throw notAllowed();
        }
        return Reply.redirect(signInPage(url));
    }

    private Reply redirectToIdP(Exchange exchange) {
        if (!exchange.param("idpId").equals(Identity.IDENTITY_PROVIDER)) {
            throw new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such identity provider here.");
        }
        return redirectToSSO(exchange);
    }

    private static String signInPage(String redirectUrl) {
        return "/sign-in?redirectUrl=" + encode(redirectUrl);
    }

    /// <https://spec.matrix.org/v1.18/client-server-api/#fallback>: the window a client opens for the stage
    /// m.login.sso.
    private Reply signInAgain(Exchange exchange) {
        var session = exchange.query("session").orElse("");
        if (!identity.interactiveAuth().isOpen(session)) {
            throw new MatrixException(ErrorCode.M_NOT_FOUND, "That took too long. Close this window and try again.");
        }
        var back = settings.publicUrl().resolve(FALLBACK_DONE + "?session=" + encode(session));
        return Reply.redirect(signInPage(back.toString()));
    }

    private Reply signedInAgain(Exchange exchange) {
        identity.interactiveAuth()
                .provenBySignIn(
                        exchange.query("session").orElse(""),
                        exchange.query("loginToken").orElse(""));
        return page("text/html; charset=utf-8", """
                <!doctype html><html lang="en-GB"><meta charset="utf-8"><title>Done</title>
                <script src="%s"></script>
                <p>Done. You can close this window.</p></html>
                """.formatted(DONE_SCRIPT));
    }

    private Reply signedInAgainScript(Exchange exchange) {
        return page("text/javascript; charset=utf-8", """
                if (window.onAuthDone) window.onAuthDone();
                else if (window.opener) window.opener.postMessage("authDone", "*");
                """);
    }

    private static Reply page(String type, String text) {
        return Reply.bytes(type, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static MatrixException notAllowed() {
        return new MatrixException(
                ErrorCode.M_FORBIDDEN,
                "That app is not on your organisation's list, so you cannot sign in to it from here."
                        + " Ask your information governance team.");
    }
}
