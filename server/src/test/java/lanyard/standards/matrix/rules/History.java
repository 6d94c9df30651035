package lanyard.standards.matrix.rules;

import static lanyard.standards.matrix.rules.Scene.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lanyard.standards.matrix.EventHashes;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomVersion;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A room's history for a test: events with names, each on top of others, with the state after each as a server would
/// have it. Begins with Alice's public room, where she has 100 (in version 12 she is its creator), Bob, Charlie and
/// Zara
/// have joined, and `start` is the last event.
final class History implements StateResolution.Events {
    static final String ALICE = "@alice:a";
    static final String BOB = "@bob:b";
    static final String CHARLIE = "@charlie:c";
    static final String ZARA = "@zara:z";

    private final RoomVersion version;
    private final Map<EventId, AuthEvent> events = new HashMap<>();
    private final Map<String, EventId> ids = new HashMap<>();
    private final Map<String, Map<StateKey, EventId>> statesAfter = new HashMap<>();
    private int clock;

    /// An event before it has its place in the graph.
    record Draft(String type, String sender, @Nullable String stateKey, String content) {}

    History(RoomVersion version) {
        this.version = version;
        add("create", state("m.room.create", ALICE, "", createContent()));
        add("joinA", join(ALICE), "create");
        add("powers", powers(ALICE, ""), "joinA");
        add("rules", state("m.room.join_rules", ALICE, "", "{'join_rule': 'public'}"), "powers");
        add("joinB", join(BOB), "rules");
        add("joinC", join(CHARLIE), "joinB");
        add("joinZ", join(ZARA), "joinC");
        add("start", message(ALICE), "joinZ");
    }

    private String createContent() {
        return "{'room_version': '" + version.id() + "'"
                + (version.namesCreatorInContent() ? ", 'creator': '@alice:a'}" : "}");
    }

    static Draft state(String type, String sender, String stateKey, String content) {
        return new Draft(type, sender, stateKey, content);
    }

    static Draft message(String sender) {
        return new Draft("m.room.message", sender, null, "{}");
    }

    static Draft topic(String sender) {
        return state("m.room.topic", sender, "", "{'topic': 'x'}");
    }

    static Draft join(String user) {
        return state("m.room.member", user, user, "{'membership': 'join'}");
    }

    static Draft ban(String sender, String target) {
        return state("m.room.member", sender, target, "{'membership': 'ban'}");
    }

    /// Alice keeps 100; others as given, e.g. `'@bob:b': 50`.
    Draft powers(String sender, String others) {
        var alice = version.creatorsHaveInfinitePower() ? "" : "'@alice:a': 100";
        var separator = alice.isEmpty() || others.isEmpty() ? "" : ", ";
        return state("m.room.power_levels", sender, "", "{'users': {" + alice + separator + others + "}}");
    }

    /// Puts the event on top of others; whether it is allowed there is recorded as `rejected`.
    EventId add(String name, Draft draft, String... previous) {
        var before = resolve(Arrays.stream(previous).map(this::stateAfter).toList());
        var event = event(draft, before, previous);
        var id = EventHashes.referenceHash(event, version);
        var rejected = !AuthRules.check(version, event, (type, key) -> at(before, new StateKey(type, key)))
                .isAllowed();
        events.put(id, new AuthEvent(event, rejected));
        ids.put(name, id);
        var after = new TreeMap<>(before);
        if (draft.stateKey() != null && !rejected) {
            after.put(new StateKey(draft.type(), draft.stateKey()), id);
        }
        statesAfter.put(name, after);
        return id;
    }

    private ObjectNode event(Draft draft, Map<StateKey, EventId> before, String... previous) {
        var event = json("{'depth': 5, 'origin_server_ts': " + clock++ + "}");
        event.put("type", draft.type()).put("sender", draft.sender());
        event.set("content", json(draft.content()));
        if (draft.stateKey() != null) {
            event.put("state_key", draft.stateKey());
        }
        if (!version.roomIdIsCreateHash()) {
            event.put("room_id", "!room:a");
        } else if (ids.containsKey("create")) {
            event.put("room_id", "!" + id("create").value().substring(1));
        }
        var parents = event.putArray("prev_events");
        Arrays.stream(previous).map(this::id).forEach(id -> parents.add(id.value()));
        var cited = event.putArray("auth_events");
        AuthRules.authEventTypes(version, event).stream()
                .flatMap(key -> Optional.ofNullable(before.get(key)).stream())
                .forEach(id -> cited.add(id.value()));
        event.putObject("hashes").put("sha256", EventHashes.contentHash(event));
        return event;
    }

    Map<StateKey, EventId> resolve(List<Map<StateKey, EventId>> states) {
        return StateResolution.resolve(version, states, this);
    }

    Map<StateKey, EventId> resolve(String... names) {
        return resolve(Arrays.stream(names).map(this::stateAfter).toList());
    }

    EventId id(String name) {
        return Optional.ofNullable(ids.get(name)).orElseThrow();
    }

    Map<StateKey, EventId> stateAfter(String name) {
        return Optional.ofNullable(statesAfter.get(name)).orElseThrow();
    }

    /// The next event bears the same time as the last.
    History atTheSameTime() {
        clock--;
        return this;
    }

    /// A state as a hostile server might claim it: that after `name`, with one more event in it.
    Map<StateKey, EventId> claim(String claimed, String name, String more) {
        var event = find(id(more)).orElseThrow().event();
        var state = new TreeMap<>(stateAfter(name));
        state.put(new StateKey(Room.text(event, "type"), Room.text(event, "state_key")), id(more));
        ids.put(claimed, id(name));
        statesAfter.put(claimed, state);
        return state;
    }

    boolean isRejected(String name) {
        return find(id(name)).orElseThrow().rejected();
    }

    /// The names of what is in the state but not in the state after `start`.
    List<String> changes(Map<StateKey, EventId> state) {
        var changes = new ArrayList<String>();
        new TreeMap<>(ids).forEach((name, id) -> {
            if (state.containsValue(id) && !stateAfter("start").containsValue(id)) {
                changes.add(name);
            }
        });
        return changes;
    }

    private Optional<ObjectNode> at(Map<StateKey, EventId> state, StateKey key) {
        return Optional.ofNullable(state.get(key)).flatMap(this::find).map(AuthEvent::event);
    }

    @Override
    public Optional<AuthEvent> find(EventId id) {
        return Optional.ofNullable(events.get(id));
    }
}
