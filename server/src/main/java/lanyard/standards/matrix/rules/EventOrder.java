package lanyard.standards.matrix.rules;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import lanyard.standards.matrix.RoomVersion;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The two orders in which state resolution replays events.
/// <https://spec.matrix.org/v1.18/rooms/v12/#definitions>
final class EventOrder {
    private static final StateKey POWER_LEVELS = new StateKey(Room.POWER_LEVELS, "");
    private static final Comparator<Ranked> SMALLEST_FIRST = Comparator.comparingLong(Ranked::rank)
            .thenComparingLong(ranked -> ranked.node().timestamp())
            .thenComparing(ranked -> ranked.node().id().value());

    private final RoomVersion version;
    private final AuthGraph graph;

    /// An event with what it is ordered by first; then come its timestamp and its id.
    private record Ranked(AuthGraph.Node node, long rank) {}

    EventOrder(RoomVersion version, AuthGraph graph) {
        this.version = version;
        this.graph = graph;
    }

    /// *Reverse topological power ordering*: what an event cites comes before it; where that leaves a choice, the more
    /// powerful sender, the earlier event, the smaller id. Kahn's algorithm; events in a circle are left out.
    List<AuthGraph.Node> byPower(BitSet events) {
        var waitingFor = new HashMap<Integer, Integer>();
        var citing = new HashMap<Integer, List<AuthGraph.Node>>();
        var ready = new PriorityQueue<>(SMALLEST_FIRST);
        events.stream().mapToObj(graph::node).forEach(node -> {
            var cited = node.auth().stream().distinct().filter(events::get).toList();
            waitingFor.put(node.number(), cited.size());
            cited.forEach(number ->
                    citing.computeIfAbsent(number, none -> new ArrayList<>()).add(node));
            if (cited.isEmpty()) {
                ready.add(ranked(node));
            }
        });
        var ordered = new ArrayList<AuthGraph.Node>();
        while (!ready.isEmpty()) {
            var next = ready.remove().node();
            ordered.add(next);
            for (var node : citing.getOrDefault(next.number(), List.of())) {
                if (waitingFor.merge(node.number(), -1, Integer::sum) == 0) {
                    ready.add(ranked(node));
                }
            }
        }
        return ordered;
    }

    /// The sender's power as the event's own auth events have it; more power comes first.
    private Ranked ranked(AuthGraph.Node node) {
        var power = PowerLevels.of(version, (type, stateKey) -> citedOrCreate(node, new StateKey(type, stateKey)))
                .user(Room.text(node.event(), "sender"));
        return new Ranked(node, -power);
    }

    private Optional<ObjectNode> citedOrCreate(AuthGraph.Node node, StateKey key) {
        return version.roomIdIsCreateHash() && key.type().equals(Room.CREATE)
                ? graph.create(node).map(AuthGraph.Node::event)
                : graph.cited(node, key).map(AuthGraph.Node::event);
    }

    /// *Mainline ordering*: events that rest on older power levels come first; then the earlier, then the smaller id.
    List<AuthGraph.Node> byMainline(BitSet events, AuthGraph.@Nullable Node powerLevels) {
        var mainline = mainline(powerLevels);
        return events.stream()
                .mapToObj(graph::node)
                .map(node -> new Ranked(node, -position(node, mainline)))
                .sorted(SMALLEST_FIRST)
                .map(Ranked::node)
                .toList();
    }

    /// The power levels event, the one it cites, and so on, each with its place in that line.
    private Map<Integer, Long> mainline(AuthGraph.@Nullable Node powerLevels) {
        var mainline = new HashMap<Integer, Long>();
        var next = Optional.ofNullable(powerLevels);
        while (next.isPresent() && mainline.putIfAbsent(next.get().number(), (long) mainline.size()) == null) {
            next = graph.cited(next.get(), POWER_LEVELS);
        }
        return mainline;
    }

    /// The place in the mainline that the event rests on; beyond its end if on none. What is met on the way there is
    /// remembered beside the mainline, so that a long line of power levels is walked once.
    private long position(AuthGraph.Node node, Map<Integer, Long> places) {
        var passed = new LinkedHashSet<Integer>();
        var next = graph.cited(node, POWER_LEVELS).map(AuthGraph.Node::number);
        while (next.isPresent() && !places.containsKey(next.get()) && passed.add(next.get())) {
            next = graph.cited(graph.node(next.get()), POWER_LEVELS).map(AuthGraph.Node::number);
        }
        var position = next.map(places::get).orElse(Long.MAX_VALUE);
        passed.forEach(number -> places.put(number, position));
        return position;
    }
}
