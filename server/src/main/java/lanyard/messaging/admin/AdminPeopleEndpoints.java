package lanyard.messaging.admin;

import java.util.List;
import java.util.Locale;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.RemovedDevice;
import lanyard.trust.identity.StaffRecord;
import tools.jackson.databind.node.ObjectNode;

/// <https://element-hq.github.io/synapse/latest/admin_api/user_admin_api.html>
final class AdminPeopleEndpoints {
    private static final String ADMIN = "/_synapse/admin/";
    private static final String ONE = ADMIN + "v2/users/{userId}";

    private final AdminParts parts;
    private final AdminDoor door;

    AdminPeopleEndpoints(AdminParts parts, AdminDoor door) {
        this.parts = parts;
        this.door = door;
    }

    void addTo(Routes routes) {
        routes.add("GET " + ADMIN + "v1/server_version", this::serverVersion);
        routes.add("GET " + ADMIN + "v2/users", this::listUsers);
        routes.add("GET " + ADMIN + "v3/users", this::listUsers);
        routes.add("GET " + ONE, this::getUser);
        routes.add("PUT " + ONE, this::changeUser);
        routes.add("GET " + ONE + "/devices", this::listDevices);
        routes.add("DELETE " + ONE + "/devices/{deviceId}", this::deleteDevice);
        routes.add("POST " + ONE + "/delete_devices", this::deleteDevices);
        routes.add("GET " + ADMIN + "v1/users/{userId}/joined_rooms", this::joinedRooms);
    }

    private Reply serverVersion(Exchange x) {
        door.administrator(x);
        return Reply.json(Json.object().put("server_version", "Lanyard"));
    }

    private List<StaffRecord> staff(Caller caller, Exchange x) {
        var wanted = x.query("name").or(() -> x.query("user_id")).orElse("").toLowerCase(Locale.ROOT);
        var endedToo = x.query("deactivated").map(Boolean::parseBoolean).orElse(false);
        return parts.identity().moderation().list(caller.organization()).stream()
                .filter(person -> endedToo || !person.ended())
                .filter(person -> person.name().toLowerCase(Locale.ROOT).contains(wanted)
                        || person.user().value().contains(wanted))
                .toList();
    }

    private Reply listUsers(Exchange x) {
        var caller = door.administrator(x);
        var page = AdminDoor.page(x);
        var staff = staff(caller, x);
        var reply = Json.object().put("total", staff.size());
        var users = reply.putArray("users");
        staff.stream().skip(page.from()).limit(page.limit()).forEach(person -> users.add(face(person)));
        if (page.from() + page.limit() < staff.size()) {
            reply.put("next_token", Long.toString(page.from() + page.limit()));
        }
        return Reply.json(reply);
    }

    private static ObjectNode face(StaffRecord person) {
        return Json.object()
                .put("name", person.user().value())
                .put("displayname", person.name())
                .put("admin", person.standing().administrator())
                .put("deactivated", person.ended())
                .put("locked", person.standing().locked())
                .put("suspended", person.standing().suspended())
                .put("is_guest", false)
                .put("shadow_banned", false)
                .put("erased", false)
                .put("creation_ts", person.createdAt().toEpochMilli());
    }

    private StaffRecord get(Caller caller, String userId) {
        var user = door.colleague(caller, userId).id();
        return parts.identity().moderation().list(caller.organization()).stream()
                .filter(person -> person.user().equals(user))
                .findFirst()
                .orElseThrow(() -> new MatrixException(ErrorCode.M_NOT_FOUND, "User not found"));
    }

    private Reply getUser(Exchange x) {
        var caller = door.administrator(x);
        var face = face(get(caller, x.param("userId")));
        face.putArray("threepids");
        face.putArray("external_ids");
        return Reply.json(face);
    }

    /// Locking, suspending and ending an account; names and posts are the directory's, passwords the person's own.
    private Reply changeUser(Exchange x) {
        var caller = door.administrator(x);
        var user = get(caller, x.param("userId")).user();
        var body = x.body();
        for (var field : List.of("password", "displayname", "admin", "threepids", "avatar_url")) {
            if (body.has(field) && !body.get(field).isNull()) {
                throw new MatrixException(
                        ErrorCode.M_FORBIDDEN, "The field " + field + " is not an administrator's to change here.");
            }
        }
        var moderation = parts.identity().moderation();
        Json.optionalBoolean(body, "locked").ifPresent(locked -> moderation.lock(caller, user, locked));
        Json.optionalBoolean(body, "suspended").ifPresent(suspended -> moderation.suspend(caller, user, suspended));
        if (Json.optionalBoolean(body, "deactivated").orElse(false)) {
            AdminAccountEndpoints.end(parts, caller, user);
        }
        return Reply.json(face(get(caller, user.value())));
    }

    private Reply listDevices(Exchange x) {
        var caller = door.administrator(x);
        var user = door.colleague(caller, x.param("userId")).id();
        var reply = Json.object();
        var devices = reply.putArray("devices");
        parts.identity()
                .devices()
                .list(user)
                .forEach(device -> devices.addObject()
                        .put("device_id", device.id().value())
                        .put("display_name", device.displayName())
                        .put("user_id", user.value())
                        .put("last_seen_ts", device.lastSeenAt().toEpochMilli()));
        return Reply.json(reply.put("total", devices.size()));
    }

    private Reply deleteDevice(Exchange x) {
        var caller = door.administrator(x);
        return signOut(caller, x, List.of(new DeviceId(x.param("deviceId"))));
    }

    private Reply deleteDevices(Exchange x) {
        var caller = door.administrator(x);
        var devices = Json.arrayField(x.body(), "devices")
                .valueStream()
                .map(device -> new DeviceId(device.asString("")))
                .toList();
        return signOut(caller, x, devices);
    }

    private Reply signOut(Caller caller, Exchange x, List<DeviceId> devices) {
        UserId user = door.colleague(caller, x.param("userId")).id();
        parts.writer().write(commit -> {
            parts.identity().devices().remove(commit, user, devices, RemovedDevice.Why.DELETED);
            return user;
        });
        return Reply.empty();
    }

    private Reply joinedRooms(Exchange x) {
        var caller = door.administrator(x);
        var user = door.colleague(caller, x.param("userId")).id();
        var reply = Json.object();
        var rooms = reply.putArray("joined_rooms");
        parts.timeline().memberships().joined(user).forEach(room -> rooms.add(room.value()));
        return Reply.json(reply.put("total", rooms.size()));
    }
}
