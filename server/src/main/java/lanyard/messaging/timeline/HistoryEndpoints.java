package lanyard.messaging.timeline;

import java.util.List;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.platform.stream.SyncToken;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Identity;
import tools.jackson.databind.node.ArrayNode;

/// <https://spec.matrix.org/v1.18/client-server-api/#getting-events-for-a-room>
final class HistoryEndpoints {
    private static final int USUAL = 10;
    private static final int MOST = 200;

    private final Timeline timeline;
    private final History history;
    private final Identity identity;

    HistoryEndpoints(Timeline timeline, History history, Identity identity) {
        this.timeline = timeline;
        this.history = history;
        this.identity = identity;
    }

    void addTo(Routes routes) {
        routes.add("GET /_matrix/client/v3/rooms/{roomId}/messages", this::getRoomEvents);
        routes.add("GET /_matrix/client/v3/rooms/{roomId}/event/{eventId}", this::getOneRoomEvent);
        routes.add("GET /_matrix/client/v3/rooms/{roomId}/context/{eventId}", this::getEventContext);
        routes.add("GET /_matrix/client/v1/rooms/{roomId}/relations/{eventId}", this::getRelatingEvents);
    }

    private Reply getRoomEvents(Exchange x) {
        var caller = identity.caller(x);
        var room = history.roomToRead(caller.user(), new RoomId(x.param("roomId")));
        var back = x.query("dir").orElse("b").equals("b");
        var from = x.query("from").map(token -> gap(room, token)).orElse(back ? room.seq() : 0L);
        var limit = limit(x);
        var page = back
                ? history.back(room, caller.user(), from, limit)
                : history.forward(room, caller.user(), from, limit);
        var reply = Json.object().put("start", token(from));
        reply.set("chunk", render(caller, room, page.events()));
        if (page.more()) {
            reply.put("end", token(page.next()));
        }
        return Reply.json(reply);
    }

    private Reply getOneRoomEvent(Exchange x) {
        var caller = identity.caller(x);
        var room = history.roomToRead(caller.user(), new RoomId(x.param("roomId")));
        var event = history.get(room, caller.user(), new EventId(x.param("eventId")));
        return Reply.jsonBytes(200, event.render(reader(caller), room.id()));
    }

    private Reply getEventContext(Exchange x) {
        var caller = identity.caller(x);
        var room = history.roomToRead(caller.user(), new RoomId(x.param("roomId")));
        var event = history.get(room, caller.user(), new EventId(x.param("eventId")));
        var half = Math.max(1, limit(x) / 2);
        var before = history.back(room, caller.user(), event.seq() - 1, half);
        var after = history.forward(room, caller.user(), event.seq(), half);
        var reply = Json.object().put("start", token(before.next())).put("end", token(after.next()));
        reply.set("event", Json.object(event.render(reader(caller), room.id())));
        reply.set("events_before", render(caller, room, before.events()));
        reply.set("events_after", render(caller, room, after.events()));
        var state = reply.putArray("state");
        room.allState().forEach(item -> state.add(StateFormat.client(item, room.id())));
        return Reply.json(reply);
    }

    private Reply getRelatingEvents(Exchange x) {
        var caller = identity.caller(x);
        var room = history.roomToRead(caller.user(), new RoomId(x.param("roomId")));
        var event = history.get(room, caller.user(), new EventId(x.param("eventId")));
        var relating = history.listRelating(room, List.of(event.id())).stream()
                .filter(found -> room.maySee(caller.user(), found.seq()))
                .toList();
        var reply = Json.object();
        reply.set("chunk", render(caller, room, relating.reversed()));
        return Reply.json(reply);
    }

    private static Reader reader(Caller caller) {
        return new Reader(caller.user(), caller.device());
    }

    private static ArrayNode render(Caller caller, RoomState room, List<TimelineEvent> events) {
        var chunk = Json.array();
        events.forEach(event -> chunk.add(Json.object(event.render(reader(caller), room.id()))));
        return chunk;
    }

    private static int limit(Exchange x) {
        return x.query("limit")
                .map(text -> {
                    try {
                        return Math.clamp(Integer.parseInt(text), 1, MOST);
                    } catch (NumberFormatException e) {
                        throw new MatrixException(ErrorCode.M_INVALID_PARAM, "limit must be a whole number.");
                    }
                })
                .orElse(USUAL);
    }

    /// A place in a room's history as clients see it. They may only hand it back.
    static String token(long gap) {
        return "t" + gap;
    }

    private long gap(RoomState room, String token) {
        if (token.matches("t[0-9]{1,15}")) {
            return Math.min(Long.parseLong(token.substring(1)), room.seq());
        }
        return SyncToken.parse(token)
                .map(sync -> sync.incarnation()
                                .equals(timeline.parts().writer().visible().incarnation())
                        ? history.gap(room, sync)
                        : room.seq())
                .orElseThrow(() -> new MatrixException(
                        ErrorCode.M_INVALID_PARAM, "That is not a place in this conversation's history."));
    }
}
