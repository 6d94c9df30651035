package lanyard.messaging.account;

import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Moderation;

/// <https://spec.matrix.org/v1.18/client-server-api/#server-administration>
final class ModerationEndpoints {
    private static final String ADMIN = "/_matrix/client/v1/admin/";

    private final AccountParts parts;

    ModerationEndpoints(AccountParts parts) {
        this.parts = parts;
    }

    void addTo(Routes routes) {
        routes.add("GET " + ADMIN + "lock/{userId}", this::getAdminLockUser);
        routes.add("PUT " + ADMIN + "lock/{userId}", this::setAdminLockUser);
        routes.add("GET " + ADMIN + "suspend/{userId}", this::getAdminSuspendUser);
        routes.add("PUT " + ADMIN + "suspend/{userId}", this::setAdminSuspendUser);
        routes.add("GET /_matrix/client/v3/admin/whois/{userId}", this::getWhoIs);
    }

    private Moderation moderation() {
        return parts.identity().moderation();
    }

    /// Before the id is looked at, let alone looked up.
    private Caller administrator(Exchange x) {
        var caller = parts.identity().caller(x);
        moderation().requireAdministrator(caller);
        return caller;
    }

    private Reply getAdminLockUser(Exchange x) {
        var standing = moderation().get(administrator(x), new UserId(x.param("userId")));
        return Reply.json(Json.object().put("locked", standing.locked()));
    }

    private Reply setAdminLockUser(Exchange x) {
        var caller = administrator(x);
        var locked = Json.booleanField(x.body(), "locked");
        moderation().lock(caller, new UserId(x.param("userId")), locked);
        return Reply.json(Json.object().put("locked", locked));
    }

    private Reply getAdminSuspendUser(Exchange x) {
        var standing = moderation().get(administrator(x), new UserId(x.param("userId")));
        return Reply.json(Json.object().put("suspended", standing.suspended()));
    }

    private Reply setAdminSuspendUser(Exchange x) {
        var caller = administrator(x);
        var suspended = Json.booleanField(x.body(), "suspended");
        moderation().suspend(caller, new UserId(x.param("userId")), suspended);
        return Reply.json(Json.object().put("suspended", suspended));
    }

    /// Oneself, or for an administrator a colleague. Addresses are not kept, so none are given.
    private Reply getWhoIs(Exchange x) {
        var caller = parts.identity().caller(x);
        if (!caller.user().value().equals(x.param("userId"))) {
            moderation().requireAdministrator(caller);
        }
        var user = new UserId(x.param("userId"));
        var known = parts.identity()
                .people()
                .find(user)
                .filter(person -> person.organization().equals(caller.organization()));
        if (known.isEmpty()) {
            throw new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such person here.");
        }
        var reply = Json.object().put("user_id", user.value());
        var devices = reply.putObject("devices");
        parts.identity()
                .devices()
                .list(user)
                .forEach(device -> devices.putObject(device.id().value())
                        .putArray("sessions")
                        .addObject()
                        .putArray("connections")
                        .addObject()
                        .put("last_seen", device.lastSeenAt().toEpochMilli()));
        return Reply.json(reply);
    }
}
