package lanyard.trust.oauth;

import java.time.Duration;
import java.util.List;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.RateLimit;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Device;
import lanyard.trust.identity.RemovedDevice;
import tools.jackson.databind.node.ObjectNode;

/// The section "Account page" of docs/api.md: where apps send their person for what they may not do themselves.
/// <https://spec.matrix.org/v1.18/client-server-api/#oauth-20-account-management>
///
/// Each call uses up the one-use token of a sign-in with both steps and answers with the next, so that no session of
/// the
/// page's own is left behind.
final class AccountEndpoints {
    private static final String ACCOUNT = "/_lanyard/v1/account";
    private static final int A_MINUTE = 100;

    private final OAuthParts parts;
    private final RateLimit tries;

    AccountEndpoints(OAuthParts parts) {
        this.parts = parts;
        tries = new RateLimit(!parts.conformance(), A_MINUTE, A_MINUTE, Duration.ofMinutes(1));
    }

    void addTo(Routes routes) {
        routes.add("POST " + ACCOUNT, this::account);
        routes.add("POST " + ACCOUNT + "/devices/{deviceId}/sign-out", this::signOut);
        routes.add("POST " + ACCOUNT + "/cross-signing-reset", this::allowReset);
    }

    private interface OnAccount {
        void run(Commit commit, UserId user);
    }

    private record Proven(UserId user, String next) {}

    /// Errors: `M_FORBIDDEN` for a token that is used or late.
    private Proven proven(Exchange x, OnAccount deed) {
        tries.take(x.remoteAddress());
        var token = Json.text(x.body(), "login_token");
        var sessions = parts.identity().appSessions();
        return parts.ground().writer().write(commit -> {
            var visitor = sessions.visit(commit, token);
            deed.run(commit, visitor.user());
            return new Proven(visitor.user(), visitor.next());
        });
    }

    private Reply account(Exchange x) {
        var proven = proven(x, (commit, user) -> {});
        var person = parts.identity().people().get(proven.user());
        var reply = Json.object()
                .put("login_token", proven.next())
                .put("user_id", proven.user().value())
                .put("display_name", person.displayName())
                .put("role", person.role());
        var list = reply.putArray("devices");
        parts.identity().devices().list(proven.user()).forEach(device -> list.add(face(device)));
        return Reply.json(reply);
    }

    private static ObjectNode face(Device device) {
        return Json.object()
                .put("device_id", device.id().value())
                .put("display_name", device.displayName())
                .put("last_seen_ts", device.lastSeenAt().toEpochMilli())
                .put("other_app", device.app().isPresent());
    }

    private Reply signOut(Exchange x) {
        var device = new DeviceId(x.param("deviceId"));
        var proven = proven(
                x,
                (commit, user) ->
                        parts.identity().devices().remove(commit, user, List.of(device), RemovedDevice.Why.DELETED));
        return Reply.json(Json.object().put("login_token", proven.next()));
    }

    private Reply allowReset(Exchange x) {
        var proven = proven(x, parts.identity().interactiveAuth()::allowReset);
        return Reply.json(Json.object().put("login_token", proven.next()));
    }
}
