package lanyard.messaging.admin;

import lanyard.messaging.admin.RoomDeletions.Wish;
import lanyard.messaging.timeline.RoomState;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import tools.jackson.databind.node.ObjectNode;

/// <https://element-hq.github.io/synapse/latest/admin_api/rooms.html#delete-room-api>: closing a room and ending it.
/// Tools ask for a purge unless told otherwise, and nothing is purged: the answer says so in `org.lanyard.kept`.
final class RoomDeletionEndpoints {
    private static final String ADMIN = "/_synapse/admin/";
    private static final String KEPT = "Nothing is purged. What was said here is kept until the retention schedule has"
            + " run out of it, and goes then by itself, unless a hold or the health record needs it.";

    private final AdminParts parts;
    private final AdminDoor door;
    private final RoomDeletions deletions;

    RoomDeletionEndpoints(AdminParts parts, AdminDoor door, RoomDeletions deletions) {
        this.parts = parts;
        this.door = door;
        this.deletions = deletions;
    }

    void addTo(Routes routes) {
        routes.add("DELETE " + ADMIN + "v2/rooms/{roomId}", this::deleteRoom);
        routes.add("GET " + ADMIN + "v2/rooms/{roomId}/delete_status", this::listDeletions);
        routes.add("GET " + ADMIN + "v2/rooms/delete_status/{deleteId}", this::getDeletion);
        routes.add("GET " + ADMIN + "v1/rooms/{roomId}/block", this::isBlocked);
        routes.add("PUT " + ADMIN + "v1/rooms/{roomId}/block", this::block);
    }

    private Reply deleteRoom(Exchange x) {
        var caller = door.administrator(x);
        var room = AdminDoor.room(caller, parts.timeline(), x.param("roomId"));
        var body = x.body();
        if (body.has("new_room_user_id")) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "No room is made in the place of this one: leave new_room_user_id out.");
        }
        var wish = new Wish(
                Json.optionalBoolean(body, "block").orElse(false),
                Json.optionalBoolean(body, "purge").orElse(true));
        var deletion = deletions.begin(caller, room.id(), wish);
        return Reply.json(said(deletion, Json.object().put("delete_id", deletion.id())));
    }

    private static ObjectNode said(RoomDeletion deletion, ObjectNode answer) {
        return deletion.purge() ? answer.put("org.lanyard.kept", KEPT) : answer;
    }

    private Reply listDeletions(Exchange x) {
        var caller = door.administrator(x);
        var room = AdminDoor.room(caller, parts.timeline(), x.param("roomId"));
        var reply = Json.object();
        var results = reply.putArray("results");
        deletions.list(room.id()).forEach(deletion -> results.add(face(deletion)));
        if (results.isEmpty()) {
            throw unknown();
        }
        return Reply.json(reply);
    }

    private Reply getDeletion(Exchange x) {
        var caller = door.administrator(x);
        return deletions
                .find(x.param("deleteId"))
                .filter(deletion -> parts.timeline()
                        .findRoom(deletion.room())
                        .filter(room -> room.organization().equals(caller.organization()))
                        .isPresent())
                .map(deletion -> Reply.json(face(deletion)))
                .orElseThrow(RoomDeletionEndpoints::unknown);
    }

    private static MatrixException unknown() {
        return new MatrixException(ErrorCode.M_NOT_FOUND, "No delete task found");
    }

    private static ObjectNode face(RoomDeletion deletion) {
        var face = Json.object()
                .put("delete_id", deletion.id())
                .put("room_id", deletion.room().value())
                .put("status", deletion.status().word());
        if (deletion.error() != null) {
            face.put("error", deletion.error());
        }
        var shutdown = face.putObject("shutdown_room");
        var gone = shutdown.putArray("kicked_users");
        deletion.sentAway().forEach(gone::add);
        shutdown.putArray("failed_to_kick_users");
        shutdown.putArray("local_aliases");
        shutdown.putNull("new_room_id");
        return said(deletion, face);
    }

    private Reply isBlocked(Exchange x) {
        return Reply.json(blocked(AdminDoor.room(door.administrator(x), parts.timeline(), x.param("roomId"))));
    }

    private ObjectNode blocked(RoomState room) {
        return Json.object().put("block", parts.rooms().closing().isBlocked(room.id()));
    }

    private Reply block(Exchange x) {
        var caller = door.administrator(x);
        var room = AdminDoor.room(caller, parts.timeline(), x.param("roomId"));
        var block = Json.booleanField(x.body(), "block");
        parts.writer().write(commit -> {
            parts.rooms().closing().block(commit, room.id(), caller.user(), block);
            return block;
        });
        return Reply.json(blocked(room));
    }
}
