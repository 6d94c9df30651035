package lanyard.standards.matrix.rules;

import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomVersion;
import org.jspecify.annotations.Nullable;

/// Which state a room has where branches of its history meet: version 2 for room versions 10 and 11,
/// <https://spec.matrix.org/v1.18/rooms/v10/#state-resolution>, and 2.1 for room version 12,
/// <https://spec.matrix.org/v1.18/rooms/v12/#state-resolution>.
///
/// All servers must come to the same result from the same events, whatever the order in which they came. Where the
/// specification's words leave two readings, this follows what Synapse and Ruma both do, and says so.
public final class StateResolution {
    private static final StateKey POWER_LEVELS = new StateKey(Room.POWER_LEVELS, "");
    private static final StateKey JOIN_RULES = new StateKey(Room.JOIN_RULES, "");

    private final RoomVersion version;
    private final AuthGraph graph;
    private final EventOrder order;

    /// Looks an event up by its id. The same id must always give the same event.
    @FunctionalInterface
    public interface Events {
        Optional<AuthEvent> find(EventId id);
    }

    private StateResolution(RoomVersion version, Events events) {
        this.version = version;
        this.graph = new AuthGraph(events);
        this.order = new EventOrder(version, graph);
    }

    /// The state that results from these, one for each branch. Errors: `M_RESOURCE_LIMIT_EXCEEDED` for a room whose
    /// auth chains are beyond all reason.
    public static Map<StateKey, EventId> resolve(
            RoomVersion version, Collection<Map<StateKey, EventId>> states, Events events) {
        return new StateResolution(version, events).resolve(new HashSet<>(states));
    }

    private Map<StateKey, EventId> resolve(Set<Map<StateKey, EventId>> states) {
        var unconflicted = unconflicted(states);
        var conflicted = new BitSet();
        for (var state : states) {
            state.forEach((key, id) -> {
                if (!unconflicted.containsKey(key)) {
                    graph.load(id).ifPresent(node -> conflicted.set(node.number()));
                }
            });
        }
        if (conflicted.isEmpty()) {
            return unconflicted;
        }
        var full = fullConflictedSet(states, conflicted);
        // 1
        var power = powerEvents(full);
        // 2
        var replay = version.resolvesFromEmptyState() ? new Replay(Map.of()) : new Replay(unconflicted);
        replay.apply(order.byPower(power));
        // 3
        var rest = (BitSet) full.clone();
        rest.andNot(power);
        var ordered = order.byMainline(rest, replay.find(POWER_LEVELS));
        // 4
        replay.apply(ordered);
        // 5
        var resolved = replay.state();
        resolved.putAll(unconflicted);
        return resolved;
    }

    /// *Unconflicted state map*: what all states have alike.
    private static Map<StateKey, EventId> unconflicted(Set<Map<StateKey, EventId>> states) {
        var unconflicted = new TreeMap<StateKey, EventId>();
        states.stream().limit(1).forEach(unconflicted::putAll);
        for (var state : states) {
            unconflicted.entrySet().removeIf(entry -> !entry.getValue().equals(state.get(entry.getKey())));
        }
        return unconflicted;
    }

    /// *Full conflicted set*.
    private BitSet fullConflictedSet(Set<Map<StateKey, EventId>> states, BitSet conflicted) {
        var full = (BitSet) conflicted.clone();
        full.or(authDifference(states));
        if (version.resolvesFromEmptyState()) {
            // *Conflicted state subgraph*
            full.or(graph.between(conflicted));
        }
        return full;
    }

    /// *Auth difference*: in some states' auth chains but not in all. A state's own events count as in its chain, as in
    /// Synapse and Ruma.
    private BitSet authDifference(Set<Map<StateKey, EventId>> states) {
        var inSome = new BitSet();
        var inAll = new BitSet();
        var isFirst = true;
        for (var state : states) {
            var chain = authChain(state);
            inSome.or(chain);
            if (isFirst) {
                inAll.or(chain);
                isFirst = false;
            } else {
                inAll.and(chain);
            }
        }
        inSome.andNot(inAll);
        return inSome;
    }

    private BitSet authChain(Map<StateKey, EventId> state) {
        var events = new BitSet();
        state.values().forEach(id -> graph.load(id).ifPresent(node -> events.set(node.number())));
        return graph.reachable(events);
    }

    /// *Power events* of the set and what they rest on within it. As in Synapse and Ruma, a path that leaves the set
    /// does not count.
    private BitSet powerEvents(BitSet full) {
        var power = new BitSet();
        full.stream().filter(number -> isPowerEvent(graph.node(number))).forEach(power::set);
        return graph.reachable(power, full);
    }

    private static boolean isPowerEvent(AuthGraph.Node node) {
        var key = node.key();
        if (key.isEmpty() || !key.get().type().equals(Room.MEMBER)) {
            return key.equals(Optional.of(POWER_LEVELS)) || key.equals(Optional.of(JOIN_RULES));
        }
        var membership = Room.contentText(node.event(), "membership");
        return (membership.equals("leave") || membership.equals("ban"))
                && !Room.text(node.event(), "sender").equals(key.get().stateKey());
    }

    /// *Iterative auth checks*: each event in turn becomes state if the state so far allows it.
    private final class Replay {
        private final Map<StateKey, AuthGraph.Node> state = new HashMap<>();

        Replay(Map<StateKey, EventId> start) {
            start.forEach((key, id) -> graph.load(id).ifPresent(node -> state.put(key, node)));
        }

        void apply(List<AuthGraph.Node> events) {
            for (var node : events) {
                var allowed = AuthRules.check(
                                version,
                                node.event(),
                                (type, key) ->
                                        judge(node, new StateKey(type, key)).map(AuthGraph.Node::event))
                        .isAllowed();
                if (allowed) {
                    node.key().ifPresent(key -> state.put(key, node));
                }
            }
        }

        /// The state so far, or what the event itself cites where there is none.
        private Optional<AuthGraph.Node> judge(AuthGraph.Node node, StateKey key) {
            if (version.roomIdIsCreateHash() && key.type().equals(Room.CREATE)) {
                return graph.create(node);
            }
            var soFar = state.get(key);
            return soFar != null && !soFar.rejected()
                    ? Optional.of(soFar)
                    : graph.cited(node, key).filter(cited -> !cited.rejected());
        }

        AuthGraph.@Nullable Node find(StateKey key) {
            return state.get(key);
        }

        Map<StateKey, EventId> state() {
            var resolved = new TreeMap<StateKey, EventId>();
            state.forEach((key, node) -> resolved.put(key, node.id()));
            return resolved;
        }
    }
}
