package lanyard.messaging.forward;

import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.trust.identity.Identity;

/// Asked by the app before it forwards: `docs/api.md`, Conversations.
final class ForwardEndpoints {
    private final Forwards forwards;
    private final Identity identity;

    ForwardEndpoints(Forwards forwards, Identity identity) {
        this.forwards = forwards;
        this.identity = identity;
    }

    void addTo(Routes routes) {
        routes.add("POST /_lanyard/v1/rooms/{roomId}/forwards", this::forwardMessage);
    }

    private Reply forwardMessage(Exchange x) {
        var caller = identity.caller(x);
        var body = x.body();
        forwards.allow(
                caller,
                new RoomId(x.param("roomId")),
                new EventId(Json.text(body, "event_id")),
                new RoomId(Json.text(body, "to_room_id")));
        return Reply.empty();
    }
}
