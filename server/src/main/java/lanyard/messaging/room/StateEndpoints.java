package lanyard.messaging.room;

import lanyard.messaging.timeline.Draft;
import lanyard.messaging.timeline.History;
import lanyard.messaging.timeline.OwnTypes;
import lanyard.messaging.timeline.StateFormat;
import lanyard.messaging.timeline.TimelineEvent;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.StateKey;
import tools.jackson.databind.node.ObjectNode;

/// <https://spec.matrix.org/v1.18/client-server-api/#getting-events-for-a-room>: state.
final class StateEndpoints {
    private static final String STATE = "/_matrix/client/v3/rooms/{roomId}/state";

    private final Rooms rooms;
    private final RoomParts parts;

    StateEndpoints(Rooms rooms, RoomParts parts) {
        this.rooms = rooms;
        this.parts = parts;
    }

    void addTo(Routes routes) {
        routes.add("GET " + STATE, this::getRoomState);
        routes.add("GET " + STATE + "/{eventType}", x -> getRoomStateWithKey(x, ""));
        routes.add("GET " + STATE + "/{eventType}/", x -> getRoomStateWithKey(x, ""));
        routes.add("GET " + STATE + "/{eventType}/{stateKey}", x -> getRoomStateWithKey(x, x.param("stateKey")));
        routes.add("PUT " + STATE + "/{eventType}", x -> setRoomStateWithKey(x, ""));
        routes.add("PUT " + STATE + "/{eventType}/", x -> setRoomStateWithKey(x, ""));
        routes.add("PUT " + STATE + "/{eventType}/{stateKey}", x -> setRoomStateWithKey(x, x.param("stateKey")));
    }

    private Reply getRoomState(Exchange x) {
        var caller = parts.identity().caller(x);
        var history = new History(parts.timeline());
        var room = history.roomToRead(caller.user(), new RoomId(x.param("roomId")));
        var events = Json.array();
        history.stateFor(room, caller.user())
                .forEach(event -> events.add(StateFormat.client(event, room, caller.user())));
        return Reply.json(events);
    }

    private Reply getRoomStateWithKey(Exchange x, String stateKey) {
        var caller = parts.identity().caller(x);
        var history = new History(parts.timeline());
        var room = history.roomToRead(caller.user(), new RoomId(x.param("roomId")));
        var key = new StateKey(x.param("eventType"), stateKey);
        var event = history.findStateFor(room, caller.user(), key)
                .orElseThrow(() -> new MatrixException(ErrorCode.M_NOT_FOUND, "The conversation has no such state."));
        return Reply.json(
                x.query("format").orElse("content").equals("event")
                        ? StateFormat.client(event, room, caller.user())
                        : event.content());
    }

    private Reply setRoomStateWithKey(Exchange x, String stateKey) {
        var caller = parts.identity().caller(x);
        var type = x.param("eventType");
        OwnTypes.check(type);
        var room = new RoomId(x.param("roomId"));
        var content = x.body();
        if (type.equals("m.room.member")) {
            checkMember(caller.user().value(), stateKey, content);
            if (content.path("membership").asString("").equals("invite") && UserId.isValid(stateKey)) {
                rooms.mustBeAskable(new UserId(stateKey));
            }
            rooms.closing().mustBeOpen(room, Json.text(content, "membership"));
        } else if (type.equals("m.room.canonical_alias")) {
            rooms.aliases().checkCanonical(parts.timeline().getRoomOf(caller.user(), room), content);
        } else if (type.equals("m.room.third_party_invite") && !parts.conformance()) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN, "People come in from the organisation's directory, not by an address.");
        }
        parts.timeline().getRoomOf(caller.user(), room);
        var key = new StateKey(type, stateKey);
        var event = parts.writer().write(commit -> put(commit, room, caller.user(), key, content));
        return Reply.json(Json.object().put("event_id", event.id().value()));
    }

    private TimelineEvent put(Commit commit, RoomId room, UserId by, StateKey key, ObjectNode content) {
        return key.type().equals(StateKey.MEMBER) && UserId.isValid(key.stateKey())
                ? rooms.members().change(commit, room, by, new UserId(key.stateKey()), content)
                : parts.timeline().append(commit, Draft.state(room, by, key, content));
    }

    /// Joining, inviting and the rest have endpoints of their own, where the organisation's rules are asked; what
    /// is left is one's own leaving and a refresh of one's own entry.
    private void checkMember(String caller, String stateKey, ObjectNode content) {
        var membership = Json.text(content, "membership");
        Joining.mustNotVouch(content);
        if (!parts.conformance() && (!stateKey.equals(caller) || membership.equals("invite"))) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN, "Change other people's membership by inviting or removing them.");
        }
    }

    Rooms rooms() {
        return rooms;
    }
}
