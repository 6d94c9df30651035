package lanyard.standards.matrix.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import lanyard.standards.matrix.EventHashes;
import lanyard.standards.matrix.RoomVersion;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A room for a test: a create event by `@creator:a` and whatever state the test adds. JSON may use single quotes.
final class Scene implements AuthState {
    static final String CREATOR = "@creator:a";
    static final String ALICE = "@alice:a";
    static final String BOB = "@bob:b";

    private final RoomVersion version;
    private final ObjectNode create;
    private final Map<StateKey, ObjectNode> state = new HashMap<>();

    private Scene(RoomVersion version, String createContent) {
        this.version = version;
        this.create = createEvent(version, createContent);
        with(create);
    }

    /// The room with nothing in it but its create event.
    static Scene empty(RoomVersion version) {
        return created(version, "{}");
    }

    static Scene created(RoomVersion version, String createContent) {
        return new Scene(version, createContent);
    }

    /// The creator and Alice have joined, Alice has no power.
    static Scene peopled(RoomVersion version) {
        return empty(version).member(CREATOR, "join").member(ALICE, "join");
    }

    static ObjectNode createEvent(RoomVersion version, String content) {
        var event = json("{'type': 'm.room.create', 'sender': '@creator:a', 'state_key': '', 'prev_events': [],"
                + "'auth_events': [], 'depth': 1, 'origin_server_ts': 1}");
        event.set("content", json(content));
        ((ObjectNode) event.path("content")).put("room_version", version.id());
        if (version.namesCreatorInContent()) {
            ((ObjectNode) event.path("content")).put("creator", CREATOR);
        }
        if (!version.roomIdIsCreateHash()) {
            event.put("room_id", "!room:a");
        }
        return event;
    }

    static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    RoomVersion version() {
        return version;
    }

    ObjectNode create() {
        return create;
    }

    String roomId() {
        return version.roomIdIsCreateHash()
                ? EventHashes.roomId(create, version).value()
                : create.path("room_id").stringValue();
    }

    String createId() {
        return EventHashes.referenceHash(create, version).value();
    }

    Scene with(ObjectNode event) {
        state.put(
                new StateKey(
                        event.path("type").stringValue(),
                        event.path("state_key").stringValue()),
                event);
        return this;
    }

    Scene member(String user, String membership) {
        return with(event("m.room.member", user, user, "{'membership': '" + membership + "'}"));
    }

    Scene joinRule(String rule) {
        return with(event("m.room.join_rules", CREATOR, "", "{'join_rule': '" + rule + "'}"));
    }

    Scene powers(String content) {
        return with(event("m.room.power_levels", CREATOR, "", content));
    }

    ObjectNode message(String sender) {
        return event("m.room.message", sender, null, "{'body': 'x'}");
    }

    ObjectNode membership(String sender, String target, String membership) {
        return event("m.room.member", sender, target, "{'membership': '" + membership + "'}");
    }

    ObjectNode event(String type, String sender, @Nullable String stateKey, String content) {
        var event = json("{'prev_events': ['$some'], 'auth_events': [], 'depth': 5, 'origin_server_ts': 5}");
        event.put("type", type).put("sender", sender).put("room_id", roomId());
        event.set("content", json(content));
        if (stateKey != null) {
            event.put("state_key", stateKey);
        }
        return event;
    }

    @Override
    public Optional<ObjectNode> event(String type, String stateKey) {
        return Optional.ofNullable(state.get(new StateKey(type, stateKey)));
    }

    void allows(ObjectNode event) {
        assertThat(AuthRules.check(version, event, this)).isEqualTo(AuthResult.allowed());
    }

    void refuses(ObjectNode event, String reason) {
        assertThat(AuthRules.check(version, event, this))
                .isInstanceOfSatisfying(
                        AuthResult.Refused.class,
                        refused -> assertThat(refused.reason()).contains(reason));
    }
}
