package lanyard.messaging.timeline;

import java.util.Optional;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.rules.StateKey;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Identity;

/// <https://spec.matrix.org/v1.18/client-server-api/#sending-events-to-a-room> and redactions.
final class SendingEndpoints {
    private static final String REDACTION = "m.room.redaction";

    private final Timeline timeline;
    private final Sending sending;
    private final Identity identity;
    private final SendingGate gate;

    SendingEndpoints(Timeline timeline, Sending sending, Identity identity, SendingGate gate) {
        this.gate = gate;
        this.timeline = timeline;
        this.sending = sending;
        this.identity = identity;
    }

    void addTo(Routes routes) {
        routes.add("PUT /_matrix/client/v3/rooms/{roomId}/send/{eventType}/{txnId}", this::sendMessage);
        routes.add("PUT /_matrix/client/v3/rooms/{roomId}/redact/{eventId}/{txnId}", this::redactEvent);
    }

    private Reply sendMessage(Exchange x) {
        var caller = identity.caller(x);
        var room = new RoomId(x.param("roomId"));
        var type = x.param("eventType");
        var content = x.body();
        if (type.equals(REDACTION)) {
            return redact(
                    x, caller, room, new EventId(Json.text(content, "redacts")), Json.optionalText(content, "reason"));
        }
        OwnTypes.check(type);
        requireEncryption(caller, room, type);
        var draft =
                Draft.message(room, caller.user(), type, content).from(origin(x, caller, "send/" + room + "/" + type));
        var repeated = sending.findRepeated(draft);
        if (repeated.isPresent()) {
            return sent(repeated.get());
        }
        gate.check(caller, room, type, content);
        return sent(sending.send(draft));
    }

    /// Text that is not end-to-end encrypted would be readable by the server: where a room is encrypted, messages are.
    private void requireEncryption(Caller caller, RoomId id, String type) {
        var room = timeline.getRoomOf(caller.user(), id);
        if (OwnTypes.mustBeEncrypted(type)
                && room.state(StateKey.of("m.room.encryption")).isPresent()) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN,
                    "This conversation is end-to-end encrypted. Your app tried to send a message in clear; nothing was saved.");
        }
    }

    private Reply redactEvent(Exchange x) {
        var caller = identity.caller(x);
        var room = new RoomId(x.param("roomId"));
        return redact(x, caller, room, new EventId(x.param("eventId")), Json.optionalText(x.body(), "reason"));
    }

    private Reply redact(Exchange x, Caller caller, RoomId id, EventId target, Optional<String> reason) {
        var room = timeline.getRoomOf(caller.user(), id);
        var draft = Sending.redaction(room, caller.user(), target, reason)
                .from(origin(x, caller, "redact/" + id + "/" + target));
        return sent(sending.redact(draft, target));
    }

    private static Origin origin(Exchange x, Caller caller, String endpoint) {
        var transaction = x.param("txnId");
        if (transaction.isEmpty() || transaction.length() > 255) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "A transaction id has 1 to 255 characters.");
        }
        return new Origin(caller.user(), caller.device(), endpoint, transaction);
    }

    private static Reply sent(EventId event) {
        return Reply.json(Json.object().put("event_id", event.value()));
    }
}
