package lanyard.messaging.sync;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lanyard.messaging.sync.RequiredState.Element;
import lanyard.messaging.sync.SlidingRequest.Config;
import lanyard.messaging.sync.SlidingRequest.Range;
import lanyard.messaging.sync.SlidingRequest.Subscriptions;
import lanyard.messaging.sync.SlidingRequest.Window;
import lanyard.messaging.timeline.Reader;
import lanyard.messaging.timeline.RoomView;
import lanyard.platform.http.Exchange;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The two wire forms of one request. `UNSTABLE` is what clients of today speak
/// (`org.matrix.simplified_msc3575`), `MERGED` what was accepted as MSC4186.
enum SlidingForm {
    UNSTABLE("timeline", "unstable_expanded_timeline", "invite_state"),
    MERGED("timeline_events", "expanded_timeline", "stripped_state");

    private static final int MOST_LISTS = 100;
    private static final int MOST_SUBSCRIPTIONS = 500;
    private static final int MOST_REQUIRED = 500;
    private static final int MOST_EVENTS = 100;

    final String timeline;
    final String expandedTimeline;
    final String strippedState;

    SlidingForm(String timeline, String expandedTimeline, String strippedState) {
        this.timeline = timeline;
        this.expandedTimeline = expandedTimeline;
        this.strippedState = strippedState;
    }

    /// Errors: `M_BAD_JSON`, `M_INVALID_PARAM` for more than there may be.
    SlidingRequest read(Exchange x, Reader reader, RoomView view) {
        var body = x.body();
        var pos = this == UNSTABLE ? x.query("pos") : Json.optionalText(body, "pos");
        var timeout = this == UNSTABLE
                ? x.query("timeout").map(SlidingForm::millis).orElse(0L)
                : Json.optionalLong(body, "timeout").orElse(0L);
        return new SlidingRequest(
                reader,
                Json.optionalText(body, "conn_id").orElse(""),
                pos.filter(text -> !text.isEmpty()),
                Duration.ofMillis(Math.max(0, timeout)),
                lists(Json.optionalObject(body, "lists").orElseGet(Json::object), reader),
                new Subscriptions(
                        subscriptions(
                                Json.optionalObject(body, "room_subscriptions").orElseGet(Json::object), reader),
                        unsubscribed(body),
                        this == UNSTABLE),
                Json.optionalObject(body, "extensions").orElseGet(Json::object),
                this,
                view);
    }

    private static long millis(String text) {
        if (!text.matches("[0-9]{1,9}")) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "timeout is a number of milliseconds.");
        }
        return Long.parseLong(text);
    }

    private Map<String, Window> lists(ObjectNode lists, Reader reader) {
        atMost(lists.size(), MOST_LISTS, "lists");
        Map<String, Window> windows = new HashMap<>();
        for (var name : lists.propertyNames()) {
            var list = Json.objectField(lists, name);
            var filter = new SlidingFilter(Json.optionalObject(list, "filters").orElseGet(Json::object));
            windows.put(name, new Window(ranges(list), filter, config(list, reader)));
        }
        return windows;
    }

    private List<Range> ranges(ObjectNode list) {
        var ranges = new ArrayList<Range>();
        if (this == MERGED) {
            Json.optionalArray(list, "range").ifPresent(range -> ranges.add(range(range)));
        } else {
            for (var range : Json.optionalArray(list, "ranges").orElseGet(Json::array)) {
                ranges.add(range(range));
            }
            atMost(ranges.size(), MOST_LISTS, "ranges");
        }
        var isWhole = this == MERGED ? !list.has("range") : !list.has("ranges");
        return isWhole ? List.of(new Range(0, Integer.MAX_VALUE)) : ranges;
    }

    private static Range range(JsonNode range) {
        if (range.size() != 2
                || !range.path(0).isIntegralNumber()
                || !range.path(1).isIntegralNumber()
                || range.path(0).longValue() < 0
                || range.path(1).longValue() < range.path(0).longValue()) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "A range is a first and a last place, from 0.");
        }
        return new Range(clamp(range.path(0)), clamp(range.path(1)));
    }

    private static int clamp(JsonNode number) {
        return Math.clamp(number.longValue(), 0, Integer.MAX_VALUE - 1);
    }

    private Map<RoomId, Config> subscriptions(ObjectNode rooms, Reader reader) {
        atMost(rooms.size(), MOST_SUBSCRIPTIONS, "rooms");
        Map<RoomId, Config> subscriptions = new HashMap<>();
        for (var name : rooms.propertyNames()) {
            subscriptions.put(new RoomId(name), config(Json.objectField(rooms, name), reader));
        }
        return subscriptions;
    }

    private static Set<RoomId> unsubscribed(ObjectNode body) {
        var rooms = Json.optionalArray(body, "unsubscribe_rooms").orElseGet(Json::array);
        atMost(rooms.size(), MOST_SUBSCRIPTIONS, "rooms");
        return rooms.valueStream().map(room -> new RoomId(room.asString(""))).collect(Collectors.toSet());
    }

    private Config config(ObjectNode from, Reader reader) {
        var limit = Math.clamp(Json.optionalLong(from, "timeline_limit").orElse(0L), 0, MOST_EVENTS);
        return new Config(limit, this == MERGED ? merged(from) : pairs(from, reader));
    }

    private static RequiredState pairs(ObjectNode from, Reader reader) {
        var include = new HashSet<Element>();
        var lazy = false;
        var wanted = Json.optionalArray(from, "required_state").orElseGet(Json::array);
        atMost(wanted.size(), MOST_REQUIRED, "kinds of state");
        for (var pair : wanted) {
            var type = pair.path(0).asString("");
            var key = pair.path(1).asString("");
            if (key.equals("$LAZY")) {
                lazy = true;
            } else {
                include.add(new Element(
                        any(type), any(key.equals("$ME") ? reader.user().value() : key)));
            }
        }
        return new RequiredState(include, Set.of(), lazy);
    }

    private static Optional<String> any(String text) {
        return Optional.of(text).filter(value -> !value.equals("*"));
    }

    private static RequiredState merged(ObjectNode from) {
        var state = Json.optionalObject(from, "required_state").orElseGet(Json::object);
        return new RequiredState(
                elements(state, "include"),
                elements(state, "exclude"),
                Json.optionalBoolean(state, "lazy_members").orElse(false));
    }

    private static Set<Element> elements(ObjectNode state, String name) {
        var elements = new HashSet<Element>();
        var wanted = Json.optionalArray(state, name).orElseGet(Json::array);
        atMost(wanted.size(), MOST_REQUIRED, "kinds of state");
        for (var item : wanted) {
            if (!(item instanceof ObjectNode element)) {
                throw new MatrixException(ErrorCode.M_BAD_JSON, name + " must be a list of objects.");
            }
            elements.add(new Element(Json.optionalText(element, "type"), Json.optionalText(element, "state_key")));
        }
        return elements;
    }

    private static void atMost(int size, int most, String what) {
        if (size > most) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "Ask for at most " + most + " " + what + ".");
        }
    }
}
