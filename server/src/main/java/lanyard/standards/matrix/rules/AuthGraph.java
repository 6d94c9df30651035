package lanyard.standards.matrix.rules;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.MatrixException;
import tools.jackson.databind.node.ObjectNode;

/// The events that a state resolution touches and their `auth_events` edges, numbered as they are met so that sets of
/// them are bit sets. Loads an event at most once, never walks in recursion, and ends even if the edges form a circle.
final class AuthGraph {
    /// Far above any honest room's auth chain; a hostile one stops here.
    static final int MAXIMUM_EVENTS = 200_000;

    /// `auth` are the numbers of the events it cites that could be found.
    record Node(int number, EventId id, ObjectNode event, boolean rejected, List<Integer> auth) {
        String type() {
            return Room.text(event, "type");
        }

        Optional<StateKey> key() {
            return event.has("state_key")
                    ? Optional.of(new StateKey(type(), Room.text(event, "state_key")))
                    : Optional.empty();
        }

        long timestamp() {
            return event.path("origin_server_ts").longValue(0);
        }
    }

    private final StateResolution.Events events;
    private final Map<String, Optional<Integer>> numbers = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private final ArrayDeque<Node> unlinked = new ArrayDeque<>();

    AuthGraph(StateResolution.Events events) {
        this.events = events;
    }

    Node node(int number) {
        return nodes.get(number);
    }

    /// Loads the event and its whole auth chain. Empty if the event is not known.
    Optional<Node> load(EventId id) {
        var number = number(id.value());
        while (!unlinked.isEmpty()) {
            var node = unlinked.remove();
            for (var cited : node.event().path("auth_events")) {
                number(cited.stringValue("")).ifPresent(node.auth()::add);
            }
        }
        return number.map(nodes::get);
    }

    private Optional<Integer> number(String id) {
        var known = numbers.get(id);
        if (known != null) {
            return known;
        }
        Optional<Integer> number =
                EventId.isValid(id) ? events.find(new EventId(id)).map(found -> add(id, found)) : Optional.empty();
        numbers.put(id, number);
        return number;
    }

    private int add(String id, AuthEvent found) {
        if (nodes.size() == MAXIMUM_EVENTS) {
            throw new MatrixException(
                    ErrorCode.M_RESOURCE_LIMIT_EXCEEDED, "The history of this room is too entangled to be resolved.");
        }
        var node = new Node(nodes.size(), new EventId(id), found.event(), found.rejected(), new ArrayList<>());
        nodes.add(node);
        unlinked.add(node);
        return node.number();
    }

    /// The events themselves and all that they cite, directly or not, as long as the path stays within `allowed`.
    BitSet reachable(BitSet from, BitSet allowed) {
        var reached = (BitSet) from.clone();
        var pending = new ArrayDeque<Integer>();
        from.stream().forEach(pending::add);
        while (!pending.isEmpty()) {
            for (var cited : node(pending.remove()).auth()) {
                if (allowed.get(cited) && !reached.get(cited)) {
                    reached.set(cited);
                    pending.add(cited);
                }
            }
        }
        return reached;
    }

    BitSet reachable(BitSet from) {
        var all = new BitSet();
        all.set(0, nodes.size());
        return reachable(from, all);
    }

    /// Every event on a path from one of these events to another, these included.
    BitSet between(BitSet ends) {
        var reachable = reachable(ends);
        var citing = new HashMap<Integer, List<Integer>>();
        reachable.stream()
                .forEach(number -> node(number)
                        .auth()
                        .forEach(cited -> citing.computeIfAbsent(cited, none -> new ArrayList<>())
                                .add(number)));
        var between = (BitSet) ends.clone();
        var pending = new ArrayDeque<Integer>();
        ends.stream().forEach(pending::add);
        while (!pending.isEmpty()) {
            for (var above : citing.getOrDefault(pending.remove(), List.of())) {
                if (!between.get(above)) {
                    between.set(above);
                    pending.add(above);
                }
            }
        }
        return between;
    }

    /// Version 12: the create event that the room id names; nobody cites it.
    Optional<Node> create(Node of) {
        var room = Room.text(of.event(), "room_id");
        return room.length() > 1 && EventId.isValid("$" + room.substring(1))
                ? load(new EventId("$" + room.substring(1)))
                : Optional.empty();
    }

    /// The event of that place among those that an event cites, rejected or not.
    Optional<Node> cited(Node by, StateKey key) {
        return by.auth().stream()
                .map(this::node)
                .filter(node -> node.key().equals(Optional.of(key)))
                .findFirst();
    }
}
