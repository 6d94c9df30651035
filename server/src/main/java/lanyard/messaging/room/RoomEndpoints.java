package lanyard.messaging.room;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lanyard.messaging.room.RoomOrder.Piece;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomVersion;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.StateKey;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// <https://spec.matrix.org/v1.18/client-server-api/#creation>
final class RoomEndpoints {
    private static final String KIND = "org.lanyard.kind";

    private final Rooms rooms;
    private final RoomParts parts;

    RoomEndpoints(Rooms rooms, RoomParts parts) {
        this.rooms = rooms;
        this.parts = parts;
    }

    void addTo(Routes routes) {
        routes.add("POST /_matrix/client/v3/createRoom", this::createRoom);
    }

    /// A client that says no kind gets a clinical room: the kind that protects most.
    private Reply createRoom(Exchange x) {
        var caller = parts.identity().caller(x);
        var body = x.body();
        var creation = Json.optionalObject(body, "creation_content").orElseGet(Json::object);
        var kind = Json.optionalText(creation, KIND)
                .map(word -> RoomKind.find(word)
                        .orElseThrow(() -> new MatrixException(
                                ErrorCode.M_INVALID_PARAM, "A room is clinical, operational or social.")))
                .orElse(RoomKind.CLINICAL);
        var order = new RoomOrder(
                caller.user(),
                caller.organization(),
                Json.optionalText(body, "room_version").map(RoomVersion::of).orElse(RoomVersion.DEFAULT),
                kind,
                Json.optionalText(body, "topic").orElse(""),
                List.of(),
                invited(body, caller.organization()),
                state(body),
                creationContent(creation),
                Optional.empty());
        return Reply.json(Json.object().put("room_id", rooms.create(order).value()));
    }

    private List<UserId> invited(ObjectNode body, String organization) {
        var guests = new ArrayList<UserId>();
        for (var guest : Json.optionalArray(body, "invite").orElseGet(Json::array)) {
            if (!guest.isString()) {
                throw new MatrixException(ErrorCode.M_BAD_JSON, "invite must be a list of user ids.");
            }
            guests.add(known(new UserId(guest.stringValue()), organization));
        }
        if (guests.size() > Rooms.MOST_MEMBERS_AT_ONCE) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM,
                    "Add at most " + Rooms.MOST_MEMBERS_AT_ONCE + " people at once, each with care.");
        }
        return guests.stream().distinct().toList();
    }

    private UserId known(UserId guest, String organization) {
        return parts.people()
                .find(guest)
                .filter(person -> person.organization().equals(organization))
                .orElseThrow(() -> new MatrixException(
                        ErrorCode.M_FORBIDDEN, "That person is not in your organisation's directory."))
                .id();
    }

    private static ObjectNode creationContent(ObjectNode given) {
        var content = Json.object();
        // Only what a client may decide; who creates and which version is the server's word.
        Json.optionalText(given, "type").ifPresent(type -> content.put("type", type));
        return content;
    }

    private static List<Piece> state(ObjectNode body) {
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
        Json.optionalText(body, "name")
                .ifPresent(name -> pieces.add(
                        new Piece(StateKey.of("m.room.name"), Json.object().put("name", name))));
        Json.optionalText(body, "topic")
                .ifPresent(topic -> pieces.add(
                        new Piece(StateKey.of("m.room.topic"), Json.object().put("topic", topic))));
        return pieces;
    }
}
