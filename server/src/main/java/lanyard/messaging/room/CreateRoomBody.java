package lanyard.messaging.room;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lanyard.messaging.room.RoomOrder.Guests;
import lanyard.messaging.room.RoomOrder.Piece;
import lanyard.messaging.room.RoomOrder.Shape;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomVersion;
import lanyard.standards.matrix.ServerName;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.StateKey;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a client asks of a new room.
/// <https://spec.matrix.org/v1.18/client-server-api/#post_matrixclientv3createroom>
record CreateRoomBody(ObjectNode body) {
    private static final String KIND = "org.lanyard.kind";

    RoomVersion version() {
        return Json.optionalText(body, "room_version").map(RoomVersion::of).orElse(RoomVersion.DEFAULT);
    }

    /// A client that says no kind gets a clinical room: the kind that protects most.
    RoomKind kind() {
        return Json.optionalText(creation(), KIND)
                .map(word -> RoomKind.find(word)
                        .orElseThrow(() -> new MatrixException(
                                ErrorCode.M_INVALID_PARAM, "A room is clinical, operational or social.")))
                .orElse(RoomKind.CLINICAL);
    }

    ObjectNode creation() {
        return Json.optionalObject(body, "creation_content").orElseGet(Json::object);
    }

    String topic() {
        return Json.optionalText(body, "topic").orElse("");
    }

    Guests guests() {
        var invited = new ArrayList<UserId>();
        for (var guest : Json.optionalArray(body, "invite").orElseGet(Json::array)) {
            if (!guest.isString()) {
                throw new MatrixException(ErrorCode.M_BAD_JSON, "invite must be a list of user ids.");
            }
            invited.add(new UserId(guest.stringValue()));
        }
        return new Guests(
                List.of(),
                invited.stream().distinct().toList(),
                Json.optionalBoolean(body, "is_direct").orElse(false));
    }

    boolean isPublished() {
        var visibility = Json.optionalText(body, "visibility").orElse("private");
        if (!Set.of("public", "private").contains(visibility)) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "visibility is public or private.");
        }
        return visibility.equals("public");
    }

    Shape shape(ServerName server) {
        var published = isPublished();
        var preset = Json.optionalText(body, "preset")
                .map(Preset::of)
                .orElse(published ? Preset.PUBLIC_CHAT : Preset.PRIVATE_CHAT);
        return new Shape(
                preset,
                creation(),
                Json.optionalObject(body, "power_level_content_override").orElseGet(Json::object),
                initialState(),
                named(),
                alias(server),
                published);
    }

    private Optional<RoomAlias> alias(ServerName server) {
        return Json.optionalText(body, "room_alias_name").map(local -> {
            if (local.contains(":")) {
                throw new MatrixException(
                        ErrorCode.M_INVALID_PARAM, "room_alias_name is the part before the colon only.");
            }
            return new RoomAlias("#" + local + ":" + server.value());
        });
    }

    private List<Piece> initialState() {
        var pieces = new ArrayList<Piece>();
        for (JsonNode item : Json.optionalArray(body, "initial_state").orElseGet(Json::array)) {
            if (!(item instanceof ObjectNode event)) {
                throw new MatrixException(ErrorCode.M_BAD_JSON, "initial_state must be a list of events.");
            }
            var key = new StateKey(
                    Json.text(event, "type"),
                    Json.optionalText(event, "state_key").orElse(""));
            pieces.add(new Piece(key, Json.objectField(event, "content")));
        }
        var named = named().stream().map(Piece::key).toList();
        pieces.removeIf(piece -> named.contains(piece.key()));
        return pieces;
    }

    private List<Piece> named() {
        var pieces = new ArrayList<Piece>();
        Json.optionalText(body, "name")
                .ifPresent(name -> pieces.add(
                        new Piece(StateKey.of("m.room.name"), Json.object().put("name", name))));
        Json.optionalText(body, "topic").ifPresent(topic -> {
            var content = Json.object().put("topic", topic);
            content.putObject("m.topic").putArray("m.text").addObject().put("body", topic);
            pieces.add(new Piece(StateKey.of("m.room.topic"), content));
        });
        return pieces;
    }
}
