package lanyard.messaging.timeline;

import java.util.Set;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Identity;

/// <https://spec.matrix.org/v1.18/client-server-api/#receipts> and typing.
final class ReceiptEndpoints {
    private static final Set<String> KINDS = Set.of(Receipt.READ, Receipt.READ_PRIVATE);
    private static final String FULLY_READ = "m.fully_read";

    private final ReadMarks marks;
    private final FullyRead fullyRead;
    private final Typing typing;
    private final Identity identity;

    ReceiptEndpoints(ReadMarks marks, FullyRead fullyRead, Typing typing, Identity identity) {
        this.marks = marks;
        this.fullyRead = fullyRead;
        this.typing = typing;
        this.identity = identity;
    }

    void addTo(Routes routes) {
        routes.add("POST /_matrix/client/v3/rooms/{roomId}/receipt/{receiptType}/{eventId}", this::postReceipt);
        routes.add("POST /_matrix/client/v3/rooms/{roomId}/read_markers", this::setReadMarker);
        routes.add("PUT /_matrix/client/v3/rooms/{roomId}/typing/{userId}", this::setTyping);
    }

    private Reply postReceipt(Exchange x) {
        var caller = identity.caller(x);
        var kind = x.param("receiptType");
        var room = new RoomId(x.param("roomId"));
        var event = new EventId(x.param("eventId"));
        var thread = Json.optionalText(x.body(), "thread_id");
        if (kind.equals(FULLY_READ)) {
            if (thread.isPresent()) {
                throw new MatrixException(ErrorCode.M_INVALID_PARAM, "The read marker is one for the whole room.");
            }
            markFullyRead(caller.user(), room, event);
            return Reply.empty();
        }
        if (!KINDS.contains(kind)) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "There is no receipt of that type.");
        }
        thread.filter(id -> !id.equals(Receipt.MAIN) && !EventId.isValid(id)).ifPresent(id -> {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "A thread is main or the id of the event at its root.");
        });
        marks.read(caller.user(), room, new Receipt.Key(caller.user(), kind, thread.orElse("")), event);
        return Reply.empty();
    }

    private void markFullyRead(UserId user, RoomId room, EventId event) {
        marks.check(user, room, event);
        fullyRead.mark(user, room, event);
    }

    private Reply setReadMarker(Exchange x) {
        var caller = identity.caller(x);
        var room = new RoomId(x.param("roomId"));
        var body = x.body();
        for (var kind : KINDS) {
            Json.optionalText(body, kind)
                    .ifPresent(event -> marks.read(
                            caller.user(), room, new Receipt.Key(caller.user(), kind, ""), new EventId(event)));
        }
        Json.optionalText(body, FULLY_READ).ifPresent(event -> markFullyRead(caller.user(), room, new EventId(event)));
        return Reply.empty();
    }

    private Reply setTyping(Exchange x) {
        var caller = identity.caller(x);
        if (!new UserId(x.param("userId")).equals(caller.user())) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "You can only say that you are typing yourself.");
        }
        var body = x.body();
        var millis = body.path("typing").asBoolean(false) ? body.path("timeout").asLong(Typing.LONGEST_MS) : 0;
        typing.set(caller.user(), new RoomId(x.param("roomId")), millis);
        return Reply.empty();
    }
}
