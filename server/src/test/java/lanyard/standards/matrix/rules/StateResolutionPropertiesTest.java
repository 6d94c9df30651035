package lanyard.standards.matrix.rules;

import static lanyard.standards.matrix.rules.History.ALICE;
import static lanyard.standards.matrix.rules.History.BOB;
import static lanyard.standards.matrix.rules.History.CHARLIE;
import static lanyard.standards.matrix.rules.History.ZARA;
import static lanyard.standards.matrix.rules.Scene.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What holds for every history, honest or hostile.
class StateResolutionPropertiesTest {
    private static final List<String> PEOPLE = List.of(ALICE, BOB, CHARLIE, ZARA);
    private static final StateKey POWERS = new StateKey("m.room.power_levels", "");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// Forks and merges at random; some events are rejected where they stand.
    private static final class Fork {
        private final Random random;
        private final History history;
        private final List<String> heads = new ArrayList<>(List.of("start"));

        Fork(RoomVersion version, long seed) {
            this.random = new Random(seed);
            this.history = new History(version);
            for (var i = 0; i < 25; i++) {
                var previous = new HashSet<String>();
                IntStream.rangeClosed(0, random.nextInt(4) / 2)
                        .forEach(j -> previous.add(heads.get(random.nextInt(heads.size()))));
                history.add("e" + i, draft(), previous.toArray(String[]::new));
                if (random.nextInt(3) > 0) {
                    heads.removeAll(previous);
                }
                heads.add("e" + i);
            }
        }

        private String anyone() {
            return PEOPLE.get(random.nextInt(PEOPLE.size()));
        }

        private History.Draft draft() {
            return switch (random.nextInt(8)) {
                case 0 -> history.powers(anyone(), "'" + BOB + "': " + random.nextInt(101));
                case 1 -> history.powers(anyone(), "'" + BOB + "': 50, '" + CHARLIE + "': " + random.nextInt(101));
                case 2 -> History.ban(anyone(), anyone());
                case 3 -> membership(anyone(), anyone(), "leave");
                case 4 -> membership(anyone(), anyone(), "invite");
                case 5 -> History.join(anyone());
                case 6 ->
                    History.state(
                            "m.room.join_rules",
                            anyone(),
                            "",
                            "{'join_rule': '" + (random.nextBoolean() ? "public" : "invite") + "'}");
                default -> History.topic(anyone());
            };
        }

        private static History.Draft membership(String sender, String target, String membership) {
            return History.state("m.room.member", sender, target, "{'membership': '" + membership + "'}");
        }

        List<Map<StateKey, EventId>> states() {
            return new ArrayList<>(heads.stream().map(history::stateAfter).toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theOrderOfTheBranchesMakesNoDifference(RoomVersion version) {
        for (var seed = 0; seed < 150; seed++) {
            var fork = new Fork(version, seed);
            var states = fork.states();
            var expected = fork.history.resolve(states);
            for (var shuffle = 0; shuffle < 6; shuffle++) {
                Collections.shuffle(states, fork.random);
                var again = new ArrayList<Map<StateKey, EventId>>();
                states.forEach(state -> again.add(shuffled(state, fork.random)));
                again.add(again.getFirst());
                assertThat(fork.history.resolve(again)).isEqualTo(expected);
            }
        }
    }

    private static Map<StateKey, EventId> shuffled(Map<StateKey, EventId> state, Random random) {
        var entries = new ArrayList<>(state.entrySet());
        Collections.shuffle(entries, random);
        var map = new HashMap<StateKey, EventId>(random.nextInt(1, 200));
        entries.forEach(entry -> map.put(entry.getKey(), entry.getValue()));
        return map;
    }

    @ParameterizedTest
    @EnumSource
    void theResultIsStableAndKeepsWhatAllAgreeOn(RoomVersion version) {
        for (var seed = 0; seed < 150; seed++) {
            var fork = new Fork(version, seed);
            var states = fork.states();
            var result = fork.history.resolve(states);
            assertThat(fork.history.resolve(List.of(result, result))).isEqualTo(result);
            var agreed = new HashMap<>(states.getFirst());
            states.forEach(state -> agreed.entrySet().retainAll(state.entrySet()));
            assertThat(result).containsAllEntriesOf(agreed);
            result.forEach((key, id) -> {
                var event = fork.history.find(id).orElseThrow().event();
                assertThat(new StateKey(Room.text(event, "type"), Room.text(event, "state_key")))
                        .isEqualTo(key);
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyWhatWasAcceptedBecomesState(RoomVersion version) {
        for (var seed = 0; seed < 150; seed++) {
            var fork = new Fork(version, seed);
            var result = fork.history.resolve(fork.states());
            assertThat(result).containsKey(new StateKey("m.room.create", "")).containsKey(POWERS);
            assertThat(result.values())
                    .noneMatch(id -> fork.history.find(id).orElseThrow().rejected());
        }
    }

    /// Events by made-up ids: a hostile graph need not be one that hashes could form.
    private static final class Hostile implements StateResolution.Events {
        private final History history;
        private final Map<EventId, AuthEvent> events = new HashMap<>();

        Hostile(RoomVersion version) {
            this.history = new History(version);
        }

        EventId add(String name, String type, String stateKey, List<String> cited) {
            var room = history.find(history.id("joinA")).orElseThrow().event().path("room_id");
            var event = json("{'sender': '@alice:a', 'content': {'membership': 'ban'}, 'depth': 9223372036854775807,"
                    + "'origin_server_ts': 99999999999999999999, 'prev_events': []}");
            event.put("type", type).put("state_key", stateKey).set("room_id", room);
            var auth = event.putArray("auth_events");
            cited.forEach(auth::add);
            var id = new EventId("$" + name);
            events.put(id, new AuthEvent(event, false));
            return id;
        }

        @Override
        public Optional<AuthEvent> find(EventId id) {
            return Optional.ofNullable(events.get(id)).or(() -> history.find(id));
        }

        Map<StateKey, EventId> startAnd(StateKey key, EventId id) {
            var state = new HashMap<>(history.stateAfter("start"));
            state.put(key, id);
            return state;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCircleEnds(RoomVersion version) {
        var hostile = new Hostile(version);
        var one = hostile.add("one", "m.room.power_levels", "", List.of("$two"));
        hostile.add("two", "m.room.power_levels", "", List.of("$three", "$two", "not an id", "$missing", "$ space"));
        var three = hostile.add("three", "m.room.power_levels", "", List.of("$one"));
        var topic = hostile.add("topic", "m.room.topic", "", List.of("$one"));
        var states = List.of(
                hostile.startAnd(POWERS, one),
                hostile.startAnd(POWERS, three),
                hostile.startAnd(new StateKey("m.room.topic", ""), topic));
        var result = assertTimeoutPreemptively(PATIENCE, () -> StateResolution.resolve(version, states, hostile));
        var reversed = new ArrayList<>(states).reversed();
        assertThat(StateResolution.resolve(version, reversed, hostile)).isEqualTo(result);
    }

    @ParameterizedTest
    @EnumSource
    void tenThousandParentsEnd(RoomVersion version) {
        var hostile = new Hostile(version);
        var names = new ArrayList<String>();
        for (var i = 0; i < 10_000; i++) {
            hostile.add("p" + i, "m.room.member", "@x" + i + ":a", List.of("$unknown" + i));
            names.add("$p" + i);
        }
        var wide = hostile.add("wide", "m.room.topic", "", names);
        var states =
                List.of(hostile.startAnd(new StateKey("m.room.topic", ""), wide), hostile.history.stateAfter("start"));
        assertTimeoutPreemptively(PATIENCE, () -> StateResolution.resolve(version, states, hostile));
    }

    @ParameterizedTest
    @EnumSource
    void aLongLineOfPowerLevelsEnds(RoomVersion version) {
        var hostile = new Hostile(version);
        var states = new ArrayList<Map<StateKey, EventId>>();
        var below = hostile.history.id("powers").value();
        for (var i = 0; i < 10_000; i++) {
            below = hostile.add("l" + i, "m.room.power_levels", "", List.of(below))
                    .value();
            if (i % 20 == 0) {
                var topic = hostile.add("t" + i, "m.room.topic", "" + i, List.of(below));
                states.add(hostile.startAnd(new StateKey("m.room.topic", "" + i), topic));
            }
        }
        assertTimeoutPreemptively(PATIENCE, () -> StateResolution.resolve(version, states, hostile));
    }

    @ParameterizedTest
    @EnumSource
    void anEndlessHistoryIsRefused(RoomVersion version) {
        StateResolution.Events endless = id -> {
            var event = json("{'type': 'm.room.topic', 'state_key': '', 'content': {}}");
            event.putArray("auth_events").add(id.value() + "0").add(id.value() + "1");
            return Optional.of(new AuthEvent(event, false));
        };
        var states = List.of(Map.of(new StateKey("m.room.topic", ""), new EventId("$0")), Map.<StateKey, EventId>of());
        assertTimeoutPreemptively(
                PATIENCE,
                () -> assertThatThrownBy(() -> StateResolution.resolve(version, states, endless))
                        .isInstanceOf(MatrixException.class));
    }
}
