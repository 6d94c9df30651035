package lanyard.messaging.timeline;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lanyard.messaging.timeline.RelationStore.Ask;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Identity;
import tools.jackson.databind.node.ObjectNode;

/// <https://spec.matrix.org/v1.18/client-server-api/#getting-events-for-a-room>, relations and threads.
final class HistoryEndpoints {
    private static final String V1 = "/_matrix/client/v1/rooms/{roomId}/";
    private static final String V3 = "/_matrix/client/v3/rooms/{roomId}/";
    private static final int USUAL = 10;
    private static final int MOST = 200;
    private static final int LONGEST_FILTER = 16_384;

    private final History history;
    private final Relations relations;
    private final Bundles bundles;
    private final Identity identity;

    HistoryEndpoints(Timeline timeline, History history, Identity identity) {
        this.history = history;
        this.relations = new Relations(timeline);
        this.bundles = new Bundles(timeline);
        this.identity = identity;
    }

    void addTo(Routes routes) {
        routes.add("GET " + V3 + "messages", this::getRoomEvents);
        routes.add("GET " + V3 + "event/{eventId}", this::getOneRoomEvent);
        routes.add("GET " + V3 + "context/{eventId}", this::getEventContext);
        routes.add("GET " + V1 + "relations/{eventId}", this::getRelatingEvents);
        routes.add("GET " + V1 + "relations/{eventId}/{relType}", this::getRelatingEventsWithRelType);
        routes.add(
                "GET " + V1 + "relations/{eventId}/{relType}/{eventType}",
                x -> getRelating(x, Optional.of(x.param("relType")), Optional.of(x.param("eventType"))));
        routes.add("GET " + V1 + "threads", this::getThreadRoots);
        routes.add("GET " + V1 + "timestamp_to_event", this::getEventByTimestamp);
    }

    /// A room that the caller may read, and who they are.
    private record Asked(Caller caller, RoomState room) {
        Reader reader() {
            return new Reader(caller.user(), caller.device());
        }
    }

    private Asked asked(Exchange x) {
        var caller = identity.caller(x);
        return new Asked(caller, history.roomToRead(caller.user(), new RoomId(x.param("roomId"))));
    }

    private Reply getRoomEvents(Exchange x) {
        var asked = asked(x);
        var room = asked.room();
        var user = asked.caller().user();
        var filter = filter(x);
        var back = isBack(x, Optional.of("b"));
        var from = from(x, room, back);
        var limit = filter.limit(limit(x), MOST);
        var page =
                back ? history.back(room, user, from, limit, filter) : history.forward(room, user, from, limit, filter);
        var to = x.query("to").map(token -> history.place(room, token));
        var events = page.events().stream()
                .filter(event -> to.isEmpty() || (back ? event.seq() > to.get() : event.seq() <= to.get()))
                .toList();
        var reply = Json.object().put("start", token(from));
        reply.set("chunk", bundles.render(room, asked.reader(), events));
        if (page.more() && events.size() == page.events().size()) {
            reply.put("end", token(page.next()));
        }
        if (filter.lazyMembers()) {
            var state = reply.putArray("state");
            History.withMembersOf(history.stateFor(room, user), events).stream()
                    .filter(StateEvent::isMember)
                    .forEach(event -> state.add(StateFormat.client(event, room, user)));
        }
        return Reply.json(reply);
    }

    private Reply getOneRoomEvent(Exchange x) {
        var asked = asked(x);
        return Reply.json(one(asked, event(x, asked)));
    }

    private TimelineEvent event(Exchange x, Asked asked) {
        return history.get(asked.room(), asked.caller().user(), new EventId(x.param("eventId")));
    }

    private ObjectNode one(Asked asked, TimelineEvent event) {
        return (ObjectNode)
                bundles.render(asked.room(), asked.reader(), List.of(event)).get(0);
    }

    private Reply getEventContext(Exchange x) {
        var asked = asked(x);
        var room = asked.room();
        var user = asked.caller().user();
        var event = event(x, asked);
        var filter = filter(x);
        var limit = filter.limit(limit(x), MOST);
        var before = history.back(room, user, event.seq() - 1, limit / 2, filter);
        var after = history.forward(room, user, event.seq(), limit - limit / 2, filter);
        var reply = Json.object().put("start", token(before.next())).put("end", token(after.next()));
        reply.set("event", one(asked, event));
        reply.set("events_before", bundles.render(room, asked.reader(), before.events()));
        reply.set("events_after", bundles.render(room, asked.reader(), after.events()));
        var shown = new ArrayList<>(before.events());
        shown.add(event);
        shown.addAll(after.events());
        var last = after.events().isEmpty() ? event : after.events().getLast();
        var all = history.stateAt(room, last.seq());
        var state = reply.putArray("state");
        (filter.lazyMembers() ? History.withMembersOf(all, shown) : all)
                .forEach(item -> state.add(StateFormat.client(item, room, user)));
        return Reply.json(reply);
    }

    private Reply getRelatingEvents(Exchange x) {
        return getRelating(x, Optional.empty(), Optional.empty());
    }

    private Reply getRelatingEventsWithRelType(Exchange x) {
        return getRelating(x, Optional.of(x.param("relType")), Optional.empty());
    }

    private Reply getRelating(Exchange x, Optional<String> relation, Optional<String> type) {
        var asked = asked(x);
        var room = asked.room();
        var event = event(x, asked);
        var back = isBack(x, Optional.of("b"));
        var recurse = x.query("recurse").map(Boolean::parseBoolean).orElse(false);
        var depth = Relations.depth(recurse);
        var from = from(x, room, back);
        var ask = new Ask(event.id(), relation.orElse(null), type.orElse(null), depth, back, from);
        var page = relations.list(room, asked.caller().user(), ask, Math.max(1, limit(x)));
        var reply = Json.object();
        reply.set("chunk", bundles.render(room, asked.reader(), page.events()));
        if (page.more()) {
            reply.put("next_batch", token(page.next()));
        }
        x.query("from").ifPresent(token -> reply.put("prev_batch", token));
        if (recurse) {
            reply.put("recursion_depth", depth);
        }
        return Reply.json(reply);
    }

    private Reply getThreadRoots(Exchange x) {
        var asked = asked(x);
        var room = asked.room();
        var include = x.query("include").orElse("all");
        if (!Relations.threadKinds().contains(include)) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "include is all or participated.");
        }
        var from = from(x, room, true);
        var page = relations.listThreads(
                room, asked.caller().user(), include.equals("participated"), from, Math.max(1, limit(x)));
        var reply = Json.object();
        reply.set("chunk", bundles.render(room, asked.reader(), page.events()));
        if (page.more()) {
            reply.put("next_batch", token(page.next()));
        }
        return Reply.json(reply);
    }

    private Reply getEventByTimestamp(Exchange x) {
        var asked = asked(x);
        var ts = x.query("ts")
                .filter(text -> text.matches("[0-9]{1,15}"))
                .map(Long::parseLong)
                .orElseThrow(() ->
                        new MatrixException(ErrorCode.M_INVALID_PARAM, "ts is a number of milliseconds since 1970."));
        return relations
                .findNear(asked.room(), asked.caller().user(), ts, isBack(x, Optional.empty()))
                .map(found -> Reply.json(
                        Json.object().put("event_id", found.event().value()).put("origin_server_ts", found.ts())))
                .orElseThrow(() ->
                        new MatrixException(ErrorCode.M_NOT_FOUND, "There is no event on that side of that moment."));
    }

    private static boolean isBack(Exchange x, Optional<String> usual) {
        return x.query("dir")
                .or(() -> usual)
                .filter(dir -> dir.equals("b") || dir.equals("f"))
                .map("b"::equals)
                .orElseThrow(() -> new MatrixException(ErrorCode.M_INVALID_PARAM, "dir is b or f."));
    }

    private static EventFilter filter(Exchange x) {
        return x.query("filter")
                .filter(text -> !text.isEmpty())
                .map(text -> {
                    if (text.length() > LONGEST_FILTER) {
                        throw new MatrixException(ErrorCode.M_TOO_LARGE, "That filter is too long.");
                    }
                    return EventFilter.of(Json.object(text.getBytes(StandardCharsets.UTF_8)));
                })
                .orElse(EventFilter.ALL);
    }

    private static int limit(Exchange x) {
        return x.query("limit")
                .map(text -> {
                    if (!text.matches("[0-9]{1,18}")) {
                        throw new MatrixException(ErrorCode.M_INVALID_PARAM, "limit must be a whole number.");
                    }
                    return Math.clamp(Long.parseLong(text), 0, MOST);
                })
                .orElse(USUAL);
    }

    /// A place in a room's history as clients see it. They may only hand it back.
    static String token(long gap) {
        return "t" + gap;
    }

    private long from(Exchange x, RoomState room, boolean back) {
        return x.query("from").map(token -> history.place(room, token)).orElse(back ? room.seq() : 0L);
    }
}
