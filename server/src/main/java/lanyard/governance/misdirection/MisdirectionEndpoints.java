package lanyard.governance.misdirection;

import java.util.stream.Stream;
import lanyard.governance.misdirection.Misdirection.Reader;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import tools.jackson.databind.node.ArrayNode;

/// The section "Sent to the wrong person" of docs/api.md.
final class MisdirectionEndpoints {
    private static final int LONGEST_WHY = 500;

    private final Misdirections misdirections;
    private final MisdirectionParts parts;

    MisdirectionEndpoints(Misdirections misdirections, MisdirectionParts parts) {
        this.misdirections = misdirections;
        this.parts = parts;
    }

    void addTo(Routes routes) {
        routes.add("POST /_lanyard/v1/rooms/{roomId}/misdirected", this::report);
    }

    private Reply report(Exchange exchange) {
        var caller = parts.trust().identity().caller(exchange);
        var body = exchange.body();
        var why = Json.optionalText(body, "why").orElse("").strip();
        if (why.length() > LONGEST_WHY) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "Say in at most " + LONGEST_WHY + " characters what happened.");
        }
        var event = new EventId(Json.text(body, "event_id"));
        var told = misdirections.report(caller, new RoomId(exchange.param("roomId")), event, why);
        var reply = Json.object().put("case_id", told.id());
        var readers = told.readers().stream()
                .map(reader -> misdirections.asItsAuthorSees(told, reader))
                .toList();
        add(reply.putArray("read_by"), readers.stream().filter(Reader::hasRead));
        add(reply.putArray("not_read_by"), readers.stream().filter(reader -> !reader.hasRead()));
        return Reply.json(reply);
    }

    private static void add(ArrayNode list, Stream<Reader> readers) {
        readers.forEach(reader -> {
            var one = list.addObject().put("user_id", reader.user().value());
            reader.readAt().ifPresent(at -> one.put("ts", at.toEpochMilli()));
            one.put("delivered", reader.deliveredAt().isPresent());
        });
    }
}
