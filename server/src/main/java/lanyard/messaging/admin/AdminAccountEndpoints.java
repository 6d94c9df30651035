package lanyard.messaging.admin;

import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Caller;

/// What operators' tools ask about one account:
/// <https://element-hq.github.io/synapse/latest/admin_api/user_admin_api.html>.
final class AdminAccountEndpoints {
    private static final String ADMIN = "/_synapse/admin/v1/";
    private static final String USER = ADMIN + "users/{userId}/";

    private final AdminParts parts;
    private final AdminDoor door;

    AdminAccountEndpoints(AdminParts parts, AdminDoor door) {
        this.parts = parts;
        this.door = door;
    }

    void addTo(Routes routes) {
        routes.add("GET " + ADMIN + "whois/{userId}", this::whois);
        routes.add("PUT " + ADMIN + "suspend/{userId}", this::suspend);
        routes.add("POST " + ADMIN + "deactivate/{userId}", this::deactivate);
        routes.add("GET " + ADMIN + "username_available", this::isFree);
        routes.add("GET " + USER + "memberships", this::listMemberships);
        routes.add("GET " + USER + "override_ratelimit", this::rateLimit);
        routes.add("GET " + ADMIN + "federation/destinations", x -> none(x, "destinations"));
        routes.add("GET " + ADMIN + "scheduled_tasks", x -> none(x, "scheduled_tasks"));
        routes.add("POST " + ADMIN + "purge_media_cache", this::purgeRemoteMedia);
    }

    /// Devices and when they were last seen; addresses are not kept.
    private Reply whois(Exchange x) {
        var caller = door.administrator(x);
        var user = door.colleague(caller, x.param("userId")).id();
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

    private Reply suspend(Exchange x) {
        var caller = door.administrator(x);
        var user = door.colleague(caller, x.param("userId")).id();
        var suspend = Json.booleanField(x.body(), "suspend");
        parts.identity().moderation().suspend(caller, user, suspend);
        return Reply.json(Json.object().put("user_%s_suspended".formatted(user.value()), suspend));
    }

    private Reply deactivate(Exchange x) {
        var caller = door.administrator(x);
        end(parts, caller, door.colleague(caller, x.param("userId")).id());
        return Reply.json(Json.object().put("id_server_unbind_result", "success"));
    }

    /// Errors: `M_FORBIDDEN` for another administrator.
    static void end(AdminParts parts, Caller caller, UserId user) {
        parts.identity().moderation().get(caller, user);
        parts.writer().write(commit -> {
            parts.identity().leave(commit, user, caller.user().value(), "ended by an administrator");
            return user;
        });
    }

    private Reply isFree(Exchange x) {
        var caller = door.administrator(x);
        var name = x.query("username")
                .orElseThrow(() -> new MatrixException(ErrorCode.M_MISSING_PARAM, "Say which user name."));
        var user = UserId.of(name, caller.user().server());
        if (parts.identity().people().find(user).isPresent()) {
            throw new MatrixException(ErrorCode.M_USER_IN_USE, "That user name is taken.");
        }
        return Reply.json(Json.object().put("available", true));
    }

    private Reply listMemberships(Exchange x) {
        var caller = door.administrator(x);
        var user = door.colleague(caller, x.param("userId")).id();
        var reply = Json.object();
        var memberships = reply.putObject("memberships");
        parts.timeline()
                .memberships()
                .of(user)
                .forEach((room, membership) -> memberships.put(room.value(), membership));
        return Reply.json(reply.put("total", memberships.size()));
    }

    /// Everybody has the same.
    private Reply rateLimit(Exchange x) {
        var caller = door.administrator(x);
        door.colleague(caller, x.param("userId"));
        return Reply.empty();
    }

    /// What this server does not have.
    private Reply none(Exchange x, String name) {
        door.administrator(x);
        var reply = Json.object();
        reply.putArray(name);
        return Reply.json(reply.put("total", 0));
    }

    private Reply purgeRemoteMedia(Exchange x) {
        door.administrator(x);
        return Reply.json(Json.object().put("deleted", 0));
    }
}
