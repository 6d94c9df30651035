package lanyard.messaging.room;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lanyard.messaging.room.RoomOrder.Guests;
import lanyard.messaging.room.RoomOrder.Shape;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomVersion;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.StateKey;
import lanyard.trust.identity.Caller;
import tools.jackson.databind.node.ObjectNode;

/// Lanyard's own way to start a conversation: `docs/api.md`, Conversations.
final class ConversationEndpoints {
    private static final int LONGEST_PURPOSE = 200;

    private static final Shape NO_WISHES =
            new Shape(Preset.PRIVATE_CHAT, Json.object(), Json.object(), List.of(), List.of(), Optional.empty(), false);

    private final Rooms rooms;
    private final RoomParts parts;

    ConversationEndpoints(Rooms rooms, RoomParts parts) {
        this.rooms = rooms;
        this.parts = parts;
    }

    void addTo(Routes routes) {
        routes.add("POST /_lanyard/v1/conversations", this::createConversation);
        routes.add("GET /_lanyard/v1/rooms", this::listConversations);
    }

    private Reply createConversation(Exchange x) {
        var caller = parts.identity().caller(x);
        var body = x.body();
        var kind = RoomKind.find(Json.text(body, "kind"))
                .orElseThrow(() -> new MatrixException(
                        ErrorCode.M_INVALID_PARAM, "A conversation is clinical, operational or social."));
        var purpose = Json.text(body, "purpose").strip();
        if (purpose.isEmpty() || purpose.length() > LONGEST_PURPOSE) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "Say in at most " + LONGEST_PURPOSE + " characters what it is for.");
        }
        var order = new RoomOrder(
                caller.user(),
                caller.organization(),
                RoomVersion.DEFAULT,
                kind,
                purpose,
                new Guests(members(caller, body), List.of(), false),
                NO_WISHES,
                Optional.of(Json.text(body, "request_id")));
        return Reply.json(Json.object().put("room_id", rooms.create(order).value()));
    }

    private List<UserId> members(Caller caller, ObjectNode body) {
        var members = new ArrayList<UserId>();
        for (var member : Json.optionalArray(body, "member_user_ids").orElseGet(Json::array)) {
            if (!member.isString()) {
                throw new MatrixException(ErrorCode.M_BAD_JSON, "member_user_ids must be a list of user ids.");
            }
            var id = new UserId(member.stringValue());
            if (!id.equals(caller.user())) {
                members.add(rooms.reachable(caller.organization(), id).id());
            }
        }
        var distinct = members.stream().distinct().toList();
        var most = rooms.rules().mostAtOnce(caller.organization());
        if (distinct.isEmpty() || distinct.size() > most) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "Choose 1 to " + most + " colleagues for the conversation.");
        }
        rooms.rules().mayStartWith(distinct);
        return distinct;
    }

    private Reply listConversations(Exchange x) {
        var caller = parts.identity().caller(x);
        var reply = Json.object();
        var list = reply.putArray("rooms");
        rooms.list(caller.user()).forEach(conversation -> list.add(face(conversation)));
        return Reply.json(reply);
    }

    private ObjectNode face(Conversation conversation) {
        var linked = parts.timeline()
                .getRoom(conversation.room())
                .state(StateKey.of("org.lanyard.patient"))
                .map(event -> event.content().path("linked").asBoolean(false))
                .orElse(false);
        return conversation.face().put("room_id", conversation.room().value()).put("patient_linked", linked);
    }
}
