package lanyard.messaging.account;

import java.util.List;
import java.util.Optional;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.trust.identity.DeviceRequest;
import lanyard.trust.identity.Identity;
import lanyard.trust.identity.NewSession;
import lanyard.trust.identity.RemovedDevice;
import tools.jackson.databind.node.ObjectNode;

/// <https://spec.matrix.org/v1.18/client-server-api/#login>. People prove who they are on our own page, with both
/// steps; what
/// arrives here is the one-use token it hands back. Passwords are taken in conformance mode alone.
final class LoginEndpoints {
    private static final String TOKEN = "m.login.token";
    private static final String SSO = "m.login.sso";
    private static final String PASSWORD = "m.login.password";

    private final AccountParts parts;

    LoginEndpoints(AccountParts parts) {
        this.parts = parts;
    }

    void addTo(Routes routes) {
        routes.add("GET /_matrix/client/v3/login", this::getLoginFlows);
        routes.add("POST /_matrix/client/v3/login", this::login);
        routes.add("POST /_matrix/client/v3/refresh", this::refresh);
        routes.add("POST /_matrix/client/v3/logout", this::logout);
        routes.add("POST /_matrix/client/v3/logout/all", this::logoutAll);
        routes.add("POST /_matrix/client/v3/register", this::register);
        routes.add("GET /_matrix/client/v3/register/available", this::checkUsernameAvailability);
    }

    private Reply getLoginFlows(Exchange x) {
        var reply = Json.object();
        var flows = reply.putArray("flows");
        var provider = flows.addObject()
                .put("type", SSO)
                .putArray("identity_providers")
                .addObject();
        provider.put("id", Identity.IDENTITY_PROVIDER).put("name", "Your organisation");
        flows.addObject().put("type", TOKEN);
        if (parts.conformance()) {
            flows.addObject().put("type", PASSWORD);
        }
        return Reply.json(reply);
    }

    private Reply login(Exchange x) {
        var body = x.body();
        var session = switch (Json.text(body, "type")) {
            case TOKEN -> parts.identity().signIn().login(Json.text(body, "token"), device(body));
            case PASSWORD -> withPassword(x, body);
            default ->
                throw new MatrixException(
                                ErrorCode.M_UNKNOWN, "Sign in on your organisation's page; this way is not offered.")
                        .status(400);
        };
        return Reply.json(session(session));
    }

    private NewSession withPassword(Exchange x, ObjectNode body) {
        if (!parts.conformance()) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN, "A password alone is not enough here. Sign in on your organisation's page.");
        }
        var user = Json.optionalObject(body, "identifier")
                .flatMap(identifier -> Json.optionalText(identifier, "user"))
                .or(() -> Json.optionalText(body, "user"))
                .orElseThrow(() -> new MatrixException(ErrorCode.M_MISSING_PARAM, "Say who is signing in."));
        return parts.identity().openRegistration().login(x.host(), user, Json.text(body, "password"), device(body));
    }

    private static DeviceRequest device(ObjectNode body) {
        return new DeviceRequest(
                Json.optionalText(body, "device_id").map(DeviceId::new),
                Json.optionalText(body, "initial_device_display_name"),
                Json.optionalBoolean(body, "refresh_token").orElse(false));
    }

    private static ObjectNode session(NewSession session) {
        return tokens(session)
                .put("user_id", session.user().value())
                .put("device_id", session.device().value())
                .put("home_server", session.user().server().value());
    }

    private static ObjectNode tokens(NewSession session) {
        var tokens = Json.object().put("access_token", session.accessToken());
        session.renewal()
                .ifPresent(renewal -> tokens.put("refresh_token", renewal.refreshToken())
                        .put("expires_in_ms", renewal.lifetime().toMillis()));
        return tokens;
    }

    private Reply refresh(Exchange x) {
        return Reply.json(tokens(parts.identity().refresh(x, Json.text(x.body(), "refresh_token"))));
    }

    private Reply logout(Exchange x) {
        var caller = parts.identity().caller(x);
        parts.writer().write(commit -> {
            parts.identity()
                    .devices()
                    .remove(commit, caller.user(), List.of(caller.device()), RemovedDevice.Why.SIGNED_OUT);
            return caller;
        });
        return Reply.empty();
    }

    private Reply logoutAll(Exchange x) {
        var caller = parts.identity().caller(x);
        parts.writer().write(commit -> {
            parts.identity().signOutEverywhere(commit, caller.user());
            return caller;
        });
        return Reply.empty();
    }

    private Reply register(Exchange x) {
        requireOpen();
        var body = x.body();
        var challenge = parts.identity().openRegistration().challenge(x, body);
        if (challenge.isPresent()) {
            return challenge.get();
        }
        var name = Json.optionalText(body, "username");
        var session = parts.identity()
                .openRegistration()
                .register(x.host(), name, Json.optionalText(body, "password").orElse(""), device(body));
        return Reply.json(session(session));
    }

    private Reply checkUsernameAvailability(Exchange x) {
        requireOpen();
        var name = x.query("username")
                .orElseThrow(() -> new MatrixException(ErrorCode.M_MISSING_PARAM, "Say which user name."));
        Optional<Boolean> free = Optional.of(parts.identity().openRegistration().isFree(x.host(), name));
        if (free.get()) {
            return Reply.json(Json.object().put("available", true));
        }
        throw new MatrixException(ErrorCode.M_USER_IN_USE, "That user name is taken.");
    }

    private void requireOpen() {
        if (!parts.conformance()) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN, "Accounts here come from your organisation's directory. Ask your IT team.");
        }
    }
}
