package lanyard.messaging.room;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import lanyard.messaging.timeline.RoomState;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.trust.identity.Caller;
import tools.jackson.databind.node.ObjectNode;

/// <https://spec.matrix.org/v1.18/client-server-api/#published-room-directory>. Empty in the product.
final class RoomDirectoryEndpoints {
    private static final int MOST = 100;

    private final Rooms rooms;
    private final RoomParts parts;

    RoomDirectoryEndpoints(Rooms rooms, RoomParts parts) {
        this.rooms = rooms;
        this.parts = parts;
    }

    void addTo(Routes routes) {
        routes.add("GET /_matrix/client/v3/publicRooms", this::getPublicRooms);
        routes.add("POST /_matrix/client/v3/publicRooms", this::queryPublicRooms);
    }

    /// Which page of which rooms.
    private record Ask(String term, Optional<List<String>> types, int limit, int from) {
        boolean wants(ObjectNode room) {
            return matches(room, "name") || matches(room, "topic") || matches(room, "canonical_alias");
        }

        private boolean matches(ObjectNode room, String field) {
            return room.path(field).asString("").toLowerCase(Locale.ROOT).contains(term);
        }
    }

    private Reply getPublicRooms(Exchange x) {
        var caller = parts.identity().caller(x);
        mustBeOurs(caller, x);
        var limit = x.query("limit")
                .map(text -> {
                    if (!text.matches("[0-9]{1,9}")) {
                        throw new MatrixException(ErrorCode.M_INVALID_PARAM, "limit is a whole number.");
                    }
                    return Integer.parseInt(text);
                })
                .orElse(MOST);
        return page(new Ask("", Optional.empty(), Math.clamp(limit, 1, MOST), place(x.query("since"))));
    }

    private Reply queryPublicRooms(Exchange x) {
        var caller = parts.identity().caller(x);
        mustBeOurs(caller, x);
        var body = x.body();
        var filter = Json.optionalObject(body, "filter").orElseGet(Json::object);
        var types = Json.optionalArray(filter, "room_types")
                .map(list -> list.valueStream()
                        .map(type -> type.isNull() ? "" : type.asString(""))
                        .toList());
        var limit = Json.optionalLong(body, "limit").orElse((long) MOST);
        var term = Json.optionalText(filter, "generic_search_term").orElse("").toLowerCase(Locale.ROOT);
        return page(new Ask(term, types, Math.clamp(limit, 1, MOST), place(Json.optionalText(body, "since"))));
    }

    private static void mustBeOurs(Caller caller, Exchange x) {
        x.query("server")
                .filter(server -> !server.equals(caller.user().server().value()))
                .ifPresent(server -> {
                    throw new MatrixException(ErrorCode.M_NOT_FOUND, "This server knows its own rooms only.");
                });
    }

    private static int place(Optional<String> token) {
        return token.map(text -> {
                    if (!text.matches("p[0-9]{1,6}")) {
                        throw new MatrixException(ErrorCode.M_INVALID_PARAM, "That is not a page of the directory.");
                    }
                    return Integer.parseInt(text.substring(1));
                })
                .orElse(0);
    }

    private Reply page(Ask ask) {
        var found = rooms.aliases().listPublished().stream()
                .flatMap(id -> parts.timeline().findRoom(id).stream())
                .sorted(Comparator.comparingLong(
                                (RoomState room) -> room.joined().count())
                        .reversed()
                        .thenComparing(room -> room.id().value()))
                .map(Summaries::inDirectory)
                .filter(room -> ask.term().isEmpty() || ask.wants(room))
                .filter(room -> ask.types()
                        .map(types -> types.contains(room.path("room_type").asString("")))
                        .orElse(true))
                .toList();
        var reply = Json.object();
        var chunk = reply.putArray("chunk");
        found.stream().skip(ask.from()).limit(ask.limit()).forEach(chunk::add);
        if (ask.from() + ask.limit() < found.size()) {
            reply.put("next_batch", "p" + (ask.from() + ask.limit()));
        }
        if (ask.from() > 0) {
            reply.put("prev_batch", "p" + Math.max(0, ask.from() - ask.limit()));
        }
        return Reply.json(reply.put("total_room_count_estimate", found.size()));
    }
}
