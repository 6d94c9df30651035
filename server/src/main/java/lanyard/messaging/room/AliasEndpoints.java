package lanyard.messaging.room;

import java.util.Set;
import lanyard.messaging.timeline.History;
import lanyard.messaging.timeline.RoomState;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.PowerLevels;

/// <https://spec.matrix.org/v1.18/client-server-api/#room-aliases> and whether the room directory lists a room.
final class AliasEndpoints {
    private static final String ALIAS = "/_matrix/client/v3/directory/room/{roomAlias}";
    private static final String LISTED = "/_matrix/client/v3/directory/list/room/{roomId}";

    private final Rooms rooms;
    private final Aliases aliases;
    private final RoomParts parts;

    AliasEndpoints(Rooms rooms, RoomParts parts) {
        this.rooms = rooms;
        this.aliases = rooms.aliases();
        this.parts = parts;
    }

    void addTo(Routes routes) {
        routes.add("PUT " + ALIAS, this::setRoomAlias);
        routes.add("GET " + ALIAS, this::getRoomIdByAlias);
        routes.add("DELETE " + ALIAS, this::deleteRoomAlias);
        routes.add("GET /_matrix/client/v3/rooms/{roomId}/aliases", this::getLocalAliases);
        routes.add("GET " + LISTED, this::getRoomVisibilityOnDirectory);
        routes.add("PUT " + LISTED, this::setRoomVisibilityOnDirectory);
    }

    private Reply setRoomAlias(Exchange x) {
        var caller = parts.identity().caller(x);
        var alias = new RoomAlias(x.param("roomAlias"));
        var room = new RoomId(Json.text(x.body(), "room_id"));
        aliases.mustBeAllowed();
        if (!alias.isOf(caller.user().server())) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "This server gives names under its own name only.");
        }
        parts.timeline().getRoomOf(caller.user(), room);
        aliases.add(caller.user(), alias, room);
        return Reply.empty();
    }

    private Reply getRoomIdByAlias(Exchange x) {
        var caller = parts.identity().caller(x);
        var alias = new RoomAlias(x.param("roomAlias"));
        var entry = aliases.find(alias).orElseThrow(Aliases::unknown);
        var reply = Json.object().put("room_id", entry.room().value());
        reply.putArray("servers").add(caller.user().server().value());
        return Reply.json(reply);
    }

    private Reply deleteRoomAlias(Exchange x) {
        var caller = parts.identity().caller(x);
        aliases.remove(caller.user(), new RoomAlias(x.param("roomAlias")));
        return Reply.empty();
    }

    private Reply getLocalAliases(Exchange x) {
        var caller = parts.identity().caller(x);
        var room = new History(parts.timeline()).roomToRead(caller.user(), new RoomId(x.param("roomId")));
        var reply = Json.object();
        var list = reply.putArray("aliases");
        aliases.list(room.id()).forEach(alias -> list.add(alias.value()));
        return Reply.json(reply);
    }

    private Reply getRoomVisibilityOnDirectory(Exchange x) {
        var caller = parts.identity().caller(x);
        var room = new RoomId(x.param("roomId"));
        var published = aliases.isPublished(room);
        if (!published && rooms.joining().findKnown(room, caller.user()).isEmpty()) {
            throw new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such conversation.");
        }
        return Reply.json(Json.object().put("visibility", published ? "public" : "private"));
    }

    private Reply setRoomVisibilityOnDirectory(Exchange x) {
        var caller = parts.identity().caller(x);
        var visibility = Json.optionalText(x.body(), "visibility").orElse("public");
        if (!Set.of("public", "private").contains(visibility)) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "visibility is public or private.");
        }
        var room = parts.timeline().getRoomOf(caller.user(), new RoomId(x.param("roomId")));
        if (visibility.equals("public")) {
            aliases.mustBeAllowed();
        }
        if (!mayName(room, caller.user())) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "You may not change how this room is listed.");
        }
        parts.writer().write(commit -> {
            aliases.publish(commit, room.id(), visibility.equals("public"));
            return room;
        });
        return Reply.empty();
    }

    private static boolean mayName(RoomState room, UserId user) {
        var levels = PowerLevels.of(room.version(), room);
        return levels.user(user.value()) >= levels.required("m.room.canonical_alias", true);
    }
}
