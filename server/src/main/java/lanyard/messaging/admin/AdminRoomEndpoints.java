package lanyard.messaging.admin;

import lanyard.messaging.report.Report;
import lanyard.messaging.timeline.RoomRegister;
import lanyard.messaging.timeline.RoomState;
import lanyard.messaging.timeline.StateFormat;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.rules.StateKey;
import lanyard.trust.identity.Caller;
import tools.jackson.databind.node.ObjectNode;

/// <https://element-hq.github.io/synapse/latest/admin_api/rooms.html> and event reports: who is where, never what is
/// said.
final class AdminRoomEndpoints {
    private static final String ADMIN = "/_synapse/admin/v1/";

    private final AdminParts parts;
    private final AdminDoor door;
    private final RoomRegister register;

    AdminRoomEndpoints(AdminParts parts, AdminDoor door) {
        this.parts = parts;
        this.door = door;
        this.register = new RoomRegister(parts.timeline());
    }

    void addTo(Routes routes) {
        routes.add("GET " + ADMIN + "rooms", this::listRooms);
        routes.add("GET " + ADMIN + "rooms/{roomId}", this::getRoom);
        routes.add("GET " + ADMIN + "rooms/{roomId}/members", this::listMembers);
        routes.add("GET " + ADMIN + "rooms/{roomId}/state", this::listState);
        routes.add("GET " + ADMIN + "user_reports", this::listUserReports);
        routes.add("GET " + ADMIN + "event_reports", this::listReports);
        routes.add("GET " + ADMIN + "event_reports/{reportId}", this::getReport);
    }

    private Reply listRooms(Exchange x) {
        var caller = door.administrator(x);
        var page = AdminDoor.page(x);
        var total = register.count(caller.organization());
        var reply = Json.object().put("offset", page.from()).put("total_rooms", total);
        var rooms = reply.putArray("rooms");
        register.list(caller.organization(), page.from(), page.limit())
                .forEach(id -> rooms.add(face(parts.timeline().getRoom(id))));
        if (page.from() + page.limit() < total) {
            reply.put("next_batch", page.from() + page.limit());
        }
        return Reply.json(reply);
    }

    private RoomState room(Caller caller, Exchange x) {
        return AdminDoor.room(caller, parts.timeline(), x.param("roomId"));
    }

    private Reply getRoom(Exchange x) {
        return Reply.json(face(room(door.administrator(x), x)));
    }

    private Reply listMembers(Exchange x) {
        var room = room(door.administrator(x), x);
        var reply = Json.object();
        var members = reply.putArray("members");
        room.joined().sorted().forEach(member -> members.add(member.value()));
        return Reply.json(reply.put("total", members.size()));
    }

    private Reply listState(Exchange x) {
        var caller = door.administrator(x);
        var room = room(caller, x);
        var reply = Json.object();
        var state = reply.putArray("state");
        room.allState().forEach(event -> state.add(StateFormat.client(event, room, caller.user())));
        return Reply.json(reply);
    }

    private static ObjectNode face(RoomState room) {
        var face = Json.object().put("room_id", room.id().value());
        face.put("name", content(room, "m.room.name", "name"));
        face.put("topic", content(room, "m.room.topic", "topic"));
        face.put("canonical_alias", content(room, "m.room.canonical_alias", "alias"));
        face.put("encryption", content(room, "m.room.encryption", "algorithm"));
        face.put("join_rules", content(room, "m.room.join_rules", "join_rule"));
        face.put("guest_access", content(room, "m.room.guest_access", "guest_access"));
        face.put("history_visibility", content(room, "m.room.history_visibility", "history_visibility"));
        face.put("room_type", content(room, "m.room.create", "type"));
        room.state(StateKey.of("m.room.create")).ifPresent(create -> face.put("creator", create.sender()));
        return face.put("version", room.version().id())
                .put("federatable", false)
                .put("public", false)
                .put("joined_members", room.joined().count())
                .put("joined_local_members", room.joined().count())
                .put("state_events", room.allState().size());
    }

    private static @org.jspecify.annotations.Nullable String content(RoomState room, String type, String field) {
        return room.state(StateKey.of(type))
                .map(event -> event.content().path(field))
                .filter(value -> value.isString())
                .map(value -> value.stringValue())
                .orElse(null);
    }

    private Reply listReports(Exchange x) {
        var caller = door.administrator(x);
        var page = AdminDoor.page(x);
        var total = parts.reports().count(caller.organization());
        var reply = Json.object().put("total", total);
        var list = reply.putArray("event_reports");
        parts.reports()
                .list(caller.organization(), page.from(), page.limit())
                .forEach(report -> list.add(face(report)));
        if (page.from() + page.limit() < total) {
            reply.put("next_token", page.from() + page.limit());
        }
        return Reply.json(reply);
    }

    /// Those about a person rather than a message.
    private Reply listUserReports(Exchange x) {
        var caller = door.administrator(x);
        var page = AdminDoor.page(x);
        var all = parts.reports().list(caller.organization(), 0, Integer.MAX_VALUE).stream()
                .filter(report -> report.about().event().isEmpty()
                        && !report.about().subject().isEmpty())
                .toList();
        var reply = Json.object().put("total", all.size());
        var list = reply.putArray("user_reports");
        all.stream()
                .skip(page.from())
                .limit(page.limit())
                .forEach(report -> list.addObject()
                        .put("id", report.id())
                        .put("received_ts", report.at().toEpochMilli())
                        .put("target_user_id", report.about().subject())
                        .put("user_id", report.reporter().value())
                        .put("reason", report.reason()));
        return Reply.json(reply);
    }

    private Reply getReport(Exchange x) {
        var caller = door.administrator(x);
        var wanted = x.param("reportId");
        return Reply.json(parts.reports().list(caller.organization(), 0, Integer.MAX_VALUE).stream()
                .filter(report -> Long.toString(report.id()).equals(wanted))
                .findFirst()
                .map(AdminRoomEndpoints::face)
                .orElseThrow(() -> new MatrixException(ErrorCode.M_NOT_FOUND, "Event report not found")));
    }

    private static ObjectNode face(Report report) {
        return Json.object()
                .put("id", report.id())
                .put("received_ts", report.at().toEpochMilli())
                .put("room_id", report.about().room())
                .put("event_id", report.about().event())
                .put("user_id", report.reporter().value())
                .put("sender", report.about().subject())
                .put("reason", report.reason());
    }
}
