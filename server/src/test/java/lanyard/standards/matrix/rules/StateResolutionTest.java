package lanyard.standards.matrix.rules;

import static lanyard.standards.matrix.rules.History.ALICE;
import static lanyard.standards.matrix.rules.History.BOB;
import static lanyard.standards.matrix.rules.History.CHARLIE;
import static lanyard.standards.matrix.rules.History.ZARA;
import static lanyard.standards.matrix.rules.History.ban;
import static lanyard.standards.matrix.rules.History.join;
import static lanyard.standards.matrix.rules.History.message;
import static lanyard.standards.matrix.rules.History.state;
import static lanyard.standards.matrix.rules.History.topic;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Forks and what becomes of them, <https://spec.matrix.org/v1.18/rooms/v12/#state-resolution>.
class StateResolutionTest {
    private static final StateKey TOPIC = new StateKey("m.room.topic", "");
    private static final StateKey POWERS = new StateKey("m.room.power_levels", "");

    @ParameterizedTest
    @EnumSource
    void nothingToResolve(RoomVersion version) {
        var history = new History(version);
        assertThat(history.resolve(List.of())).isEmpty();
        assertThat(history.resolve("start")).isEqualTo(history.stateAfter("start"));
        assertThat(history.resolve("start", "start", "start")).isEqualTo(history.stateAfter("start"));
        assertThat(history.stateAfter("start")).hasSize(7);
    }

    @ParameterizedTest
    @EnumSource
    void theLaterOfTwoTopicsStays(RoomVersion version) {
        var history = new History(version);
        history.add("one", topic(ALICE), "start");
        history.add("two", topic(ALICE), "start");
        assertThat(history.changes(history.resolve("one", "two"))).containsExactly("two");
    }

    @ParameterizedTest
    @EnumSource
    void atTheSameTimeTheGreaterIdStays(RoomVersion version) {
        for (var content : List.of("{'users': {}}", "{'kick': 1}", "{'kick': 2}", "{'kick': 3}")) {
            var history = new History(version);
            history.add("T1", topic(ALICE), "start");
            history.atTheSameTime().add("T2", state("m.room.topic", ALICE, "", content), "start");
            history.atTheSameTime().add("P1", state("m.room.power_levels", ALICE, "", "{'ban': 1}"), "start");
            history.atTheSameTime().add("P2", state("m.room.power_levels", ALICE, "", content), "start");
            assertThat(history.changes(history.resolve("T1", "T2")))
                    .containsExactly(
                            history.id("T1").value().compareTo(history.id("T2").value()) > 0 ? "T1" : "T2");
            // Before version 12 Alice is not listed in the first of the two and so cannot send the second.
            var first = history.id("P1").value().compareTo(history.id("P2").value()) < 0 ? "P1" : "P2";
            var second = first.equals("P1") ? "P2" : "P1";
            assertThat(history.changes(history.resolve("P1", "P2")))
                    .containsExactly(version == RoomVersion.V12 ? second : first);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStateOfOneBranchOnlySurvives(RoomVersion version) {
        var history = new History(version);
        history.add("topic", topic(ALICE), "start");
        history.add("name", state("m.room.name", ALICE, "", "{}"), "start");
        assertThat(history.changes(history.resolve("topic", "name", "start"))).containsExactly("name", "topic");
    }

    @ParameterizedTest
    @EnumSource
    void aBanBeatsThePowerOfTheBanned(RoomVersion version) {
        var history = new History(version);
        history.add("PA", history.powers(ALICE, "'@bob:b': 50"), "start");
        history.add("MA", join(ALICE), "PA");
        history.add("MB", ban(ALICE, BOB), "MA");
        history.add("PB", history.powers(BOB, "'@bob:b': 50, '@charlie:c': 1"), "PA");
        assertThat(history.changes(history.resolve("MB", "PB"))).containsExactly("MA", "MB", "PA");
    }

    @ParameterizedTest
    @EnumSource
    void nobodySlipsInBesideNewJoinRules(RoomVersion version) {
        var history = new History(version);
        history.add("rules2", state("m.room.join_rules", ALICE, "", "{'join_rule': 'private'}"), "start");
        history.add("joinE", join("@ella:e"), "start");
        assertThat(history.changes(history.resolve("rules2", "joinE"))).containsExactly("rules2");
    }

    @ParameterizedTest
    @EnumSource
    void aChainOfPowerLevelsHoldsWithoutTheBranchThatLacksIt(RoomVersion version) {
        var history = new History(version);
        history.add("PA", history.powers(ALICE, "'@bob:b': 50"), "start");
        history.add("PB", history.powers(BOB, "'@bob:b': 50, '@charlie:c': 50"), "PA");
        history.add("PC", history.powers(CHARLIE, "'@bob:b': 50, '@charlie:c': 0"), "PB");
        assertThat(history.changes(history.resolve("PC", "PA"))).containsExactly("PC");
    }

    @ParameterizedTest
    @EnumSource
    void aTopicFallsWithThePowerOfItsAuthor(RoomVersion version) {
        var history = new History(version);
        history.add("T1", topic(ALICE), "start");
        history.add("PA1", history.powers(ALICE, "'@bob:b': 50"), "T1");
        history.add("T2", topic(ALICE), "PA1");
        history.add("PA2", history.powers(ALICE, "'@bob:b': 0"), "T2");
        history.add("PB", history.powers(BOB, "'@bob:b': 50, '@zara:z': 1"), "PA1");
        history.add("T3", topic(BOB), "PB");
        assertThat(history.changes(history.resolve("PA2", "T3"))).containsExactly("PA2", "T2");
    }

    @ParameterizedTest
    @EnumSource
    void aTopicIsResetWhenItsAuthorWasBanned(RoomVersion version) {
        var history = new History(version);
        history.add("T1", topic(ALICE), "start");
        history.add("PA", history.powers(ALICE, "'@bob:b': 50"), "T1");
        history.add("T2", topic(BOB), "PA");
        history.add("MB", ban(ALICE, BOB), "T2");
        assertThat(history.changes(history.resolve("MB", "T1"))).containsExactly("MB", "PA", "T1");
    }

    @ParameterizedTest
    @EnumSource
    void aLaterTopicOnResolvedStateStands(RoomVersion version) {
        var history = new History(version);
        history.add("T1", topic(ALICE), "start");
        history.add("PA1", history.powers(ALICE, "'@bob:b': 50"), "T1");
        history.add("T2", topic(ALICE), "PA1");
        history.add("PA2", history.powers(ALICE, "'@bob:b': 0"), "T2");
        history.add("PB", history.powers(BOB, "'@bob:b': 50, '@zara:z': 1"), "PA1");
        history.add("T3", topic(BOB), "PB");
        history.add("MZ", message(ZARA), "PA2", "T3");
        history.add("T4", topic(ALICE), "MZ");
        assertThat(history.changes(history.resolve("T4"))).containsExactly("PA2", "T4");
        assertThat(history.changes(history.resolve("T4", "T3"))).containsExactly("PA2", "T4");
    }

    @ParameterizedTest
    @EnumSource
    void theMainlineComesBeforeTheClock(RoomVersion version) {
        var history = new History(version);
        // One branch knows only the first power levels but its topic is the latest by the clock.
        history.add("PA1", history.powers(ALICE, "'@bob:b': 50"), "start");
        history.add("PA2", history.powers(ALICE, "'@bob:b': 50, '@charlie:c': 50"), "PA1");
        history.add("new", topic(CHARLIE), "PA2");
        history.add("old", topic(BOB), "PA1");
        assertThat(history.changes(history.resolve("new", "old"))).containsExactly("PA2", "new");
    }

    @ParameterizedTest
    @EnumSource
    void whatAPowerEventRestsOnIsReplayedWithIt(RoomVersion version) {
        var history = new History(version);
        history.add("PZ", history.powers(ALICE, "'@zara:z': 50"), "start");
        history.add("renameZ", join(ZARA), "PZ");
        history.add("MB", ban(ZARA, BOB), "renameZ");
        history.add("leaveZ", state("m.room.member", ZARA, ZARA, "{'membership': 'leave'}"), "start");
        // By mainline alone Zara's new name would come after her leaving, which rests on older power levels.
        assertThat(history.changes(history.resolve("MB", "leaveZ"))).containsExactly("MB", "PZ", "leaveZ");
    }

    @ParameterizedTest
    @EnumSource
    void aRejectedEventGivesNobodyPower(RoomVersion version) {
        var history = new History(version);
        history.add("PX", history.powers(CHARLIE, "'@charlie:c': 100"), "start");
        history.add("TX", topic(CHARLIE), "PX");
        history.add("T", topic(ALICE), "start");
        assertThat(history.isRejected("PX")).isTrue();
        assertThat(history.isRejected("TX")).isTrue();
        history.claim("one", "start", "PX");
        history.claim("both", "one", "TX");
        assertThat(history.changes(history.resolve("both", "T"))).containsExactly("T");
        // not even where all branches claim it
        assertThat(history.changes(history.resolve("both", "one"))).containsExactly("PX");
    }

    @ParameterizedTest
    @EnumSource
    void aRejectedEventGivesNobodyPowerByBeingCited(RoomVersion version) {
        var history = new History(version);
        history.add("PX", history.powers(CHARLIE, "'@charlie:c': 100"), "start");
        history.claim("claimed", "start", "PX");
        history.add("TX", topic(CHARLIE), "claimed");
        assertThat(history.isRejected("TX")).isFalse();
        history.claim("withTX", "start", "TX");
        assertThat(history.resolve("withTX", "start")).isEqualTo(history.stateAfter("start"));
    }

    /// Version 12 replays from nothing, so a join that was right when it happened is not judged by later join rules.
    @ParameterizedTest
    @EnumSource
    void version12DoesNotJudgeAnOldJoinByNewRules(RoomVersion version) {
        var history = new History(version);
        history.add("joinE", join("@ella:e"), "start");
        history.add("rules2", state("m.room.join_rules", ALICE, "", "{'join_rule': 'invite'}"), "joinE");
        var withElla = history.stateAfter("rules2");
        var withoutElla = new TreeMap<>(withElla);
        withoutElla.remove(new StateKey("m.room.member", "@ella:e"));
        var changes = history.changes(history.resolve(List.of(withElla, withoutElla)));
        if (version == RoomVersion.V12) {
            assertThat(changes).containsExactly("joinE", "rules2");
        } else {
            assertThat(changes).containsExactly("rules2");
        }
    }

    /// Version 12 also replays what lies between two conflicting events, so a state that went stale on one branch does
    /// not undo the promotions that everybody knows of.
    @ParameterizedTest
    @EnumSource
    void version12ReplaysWhatLiesBetween(RoomVersion version) {
        var history = new History(version);
        history.add("P1", history.powers(ALICE, "'@zara:z': 1"), "start");
        history.add("P2", history.powers(ALICE, "'@zara:z': 1, '@bob:b': 99"), "P1");
        history.add("topic", topic(BOB), "P2");
        history.add("P3", history.powers(BOB, "'@zara:z': 2, '@bob:b': 99"), "topic");
        var stale = new TreeMap<>(history.stateAfter("P3"));
        stale.put(POWERS, history.id("P1"));
        var changes = history.changes(history.resolve(List.of(history.stateAfter("P3"), stale)));
        if (version == RoomVersion.V12) {
            assertThat(changes).containsExactly("P3", "topic");
        } else {
            assertThat(changes).containsExactly("P1", "topic");
        }
    }

    @Test
    void unknownEventsAreLeftOut() {
        var history = new History(RoomVersion.V12);
        history.add("T", topic(ALICE), "start");
        var claimed = new TreeMap<>(history.stateAfter("start"));
        claimed.put(TOPIC, new EventId("$unknown"));
        assertThat(history.changes(history.resolve(List.of(claimed, history.stateAfter("T")))))
                .containsExactly("T");
        Map<StateKey, EventId> alone = Map.of(TOPIC, new EventId("$unknown"));
        assertThat(history.resolve(List.of(alone, Map.of()))).isEmpty();
    }
}
