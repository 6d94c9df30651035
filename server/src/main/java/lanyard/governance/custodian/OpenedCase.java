package lanyard.governance.custodian;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import tools.jackson.databind.JsonNode;

/// What a case has opened, in the worker's memory: searched there, and read only where a search has found something.
final class OpenedCase {
    static final int MOST_HITS = 5_000;
    static final int MOST_CONTEXT = 20;
    private static final int DEEPEST = 16;
    /// Keys whose values are not what somebody said.
    private static final Set<String> UNSAID =
            Set.of("m.relates_to", "file", "url", "thumbnail_file", "thumbnail_url", "msgtype", "format", "membership");

    private record Entry(OpenedEvent event, Folded said, boolean isContext) {}

    private record Place(RoomId room, int index) {}

    private final Map<RoomId, List<Entry>> rooms = new LinkedHashMap<>();
    private final Map<EventId, Place> places = new LinkedHashMap<>();
    private final Set<EventId> found = new HashSet<>();

    /// `isSaid`: somebody's words, and no line that the server keeps in clear about the room.
    void add(OpenedEvent event, boolean isSaid) {
        var room = rooms.computeIfAbsent(event.room(), _ -> new ArrayList<>());
        places.put(event.id(), new Place(event.room(), room.size()));
        var said = new StringBuilder();
        collect(event.content(), said, 0);
        var isContext = isSaid && event.replaces().isEmpty() && annotated(event).isEmpty();
        room.add(new Entry(event, Folded.of(said.toString()), isContext));
    }

    private static void collect(JsonNode node, StringBuilder said, int depth) {
        if (node.isString()) {
            said.append(node.stringValue()).append('\n');
        } else if (depth < DEEPEST && node.isObject()) {
            node.properties().stream()
                    .filter(field -> !UNSAID.contains(field.getKey()))
                    .forEach(field -> collect(field.getValue(), said, depth + 1));
        } else if (depth < DEEPEST && node.isArray()) {
            node.forEach(element -> collect(element, said, depth + 1));
        }
    }

    int count() {
        return places.size();
    }

    /// The newest last; one more than [#MOST_HITS] says that there are more.
    List<Hit> search(Query query) {
        var entries = query.words().stream().map(Folded::of).toList();
        var hits = new ArrayList<Hit>();
        for (var room : rooms.values()) {
            for (var entry : room) {
                hit(entry, query, entries).ifPresent(hits::add);
            }
        }
        hits.sort(Comparator.comparingLong(Hit::ts));
        if (hits.size() > MOST_HITS) {
            throw new CustodianRefusal(
                    "More than " + MOST_HITS + " messages match: search for less, or for shorter spans.");
        }
        hits.forEach(hit -> found.add(hit.id()));
        return hits;
    }

    private static Optional<Hit> hit(Entry entry, Query query, List<Folded> entries) {
        var event = entry.event();
        var isWanted = event.ts() >= query.fromTs()
                && event.ts() <= query.toTs()
                && (query.senders().isEmpty() || query.senders().contains(event.sender()));
        if (!isWanted) {
            return Optional.empty();
        }
        var matched = IntStream.range(0, entries.size())
                .filter(i -> entry.said().has(entries.get(i)))
                .boxed()
                .toList();
        return matched.isEmpty() && !entries.isEmpty()
                ? Optional.empty()
                : Optional.of(new Hit(
                        event.room(), event.id(), event.sender(), event.ts(), event.type(), event.hidden(), matched));
    }

    /// The hits among `ids`, with so many events before and after each, and what edits, answers with a sign, or is
    /// edited by one of them. Errors: [CustodianRefusal] when one of them is no hit.
    List<OpenedEvent> read(Collection<EventId> ids, int before, int after) {
        if (before < 0 || after < 0 || before > MOST_CONTEXT || after > MOST_CONTEXT) {
            throw new CustodianRefusal("At most " + MOST_CONTEXT + " messages before and after a hit are context.");
        }
        var wanted = new LinkedHashMap<RoomId, TreeSet<Integer>>();
        for (var id : ids) {
            var place = places.get(id);
            if (place == null || !found.contains(id)) {
                throw new CustodianRefusal("Only what a search of this session has found can be read.");
            }
            var all = wanted.computeIfAbsent(place.room(), _ -> new TreeSet<>());
            all.add(place.index());
            addContext(place, before, -1, all);
            addContext(place, after, 1, all);
        }
        wanted.forEach(this::addRelated);
        return wanted.entrySet().stream()
                .flatMap(room -> room.getValue().stream().map(index -> event(room.getKey(), index)))
                .toList();
    }

    private void addContext(Place place, int most, int step, Set<Integer> to) {
        var room = rooms.getOrDefault(place.room(), List.of());
        var missing = most;
        for (var i = place.index() + step; i >= 0 && i < room.size() && missing > 0; i += step) {
            if (room.get(i).isContext()) {
                to.add(i);
                missing--;
            }
        }
    }

    private static Optional<EventId> annotated(OpenedEvent event) {
        return OpenedEvent.related(event.content(), "m.annotation");
    }

    private OpenedEvent event(RoomId room, int index) {
        return rooms.getOrDefault(room, List.of()).get(index).event();
    }

    private void addRelated(RoomId room, Set<Integer> indexes) {
        var ids = new HashSet<EventId>();
        indexes.forEach(index -> {
            var event = event(room, index);
            ids.add(event.id());
            event.replaces().ifPresent(ids::add);
        });
        var all = rooms.getOrDefault(room, List.of());
        for (var i = 0; i < all.size(); i++) {
            var event = all.get(i).event();
            var relates = event.replaces().or(() -> annotated(event));
            if (ids.contains(event.id()) || relates.filter(ids::contains).isPresent()) {
                indexes.add(i);
            }
        }
    }
}
