package lanyard.governance.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import lanyard.governance.carerecord.TestRecord;
import lanyard.platform.http.TestHttp;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import lanyard.trust.hold.HoldSubject;
import lanyard.trust.hold.NewHold;
import lanyard.trust.identity.TestIdentity;
import lanyard.trust.policy.DisposalRules;
import lanyard.trust.policy.Policy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Abuse rows C6, C7, C9 and I4 where they are about disposal by retention.
class DisposalAbuseTest {
    private static final int ROUNDS = Integer.getInteger("lanyard.race-rounds", 12);
    private static final int MOST_CALLED_OFF = 100;
    private static final int RACES = Integer.getInteger("lanyard.race-rounds", 200);
    private static final int IN_A_ROOM = 100;
    private static final Duration LONGEST_START = Duration.ofMillis(4);
    private static final String ORGANIZATION = TestIdentity.ORGANIZATION.odsCode();

    @TempDir
    Path lists;

    private TestRecord record;
    private Retention retention;
    private UserId officer;
    private final Random random = new Random(4);

    @BeforeEach
    void start() {
        record = new TestRecord(new AgreeableRecord());
        retention = TestRetention.over(record, lists);
        officer = record.recordsOfficer();
    }

    @AfterEach
    void stop() {
        record.close();
    }

    private Policy policy() {
        return record.policies.of(ORGANIZATION);
    }

    private Policy keeping(String kind, int days, int filesDays) {
        var rule = policy().roomKind(kind);
        return policy().withRoomKind(kind, rule.keeping(Duration.ofDays(days), Duration.ofDays(filesDays)));
    }

    private boolean isGone(RoomId room, EventId event) {
        return record.rooms.stored(room, event).isPruned();
    }

    private String order(RoomId room) {
        return record.ward.database.read(
                tx -> new OrderStore().findOpen(tx, room).orElseThrow().id());
    }

    @Test
    @Rule("G16")
    @Hazard("H06")
    void c6AScheduleThatIsShortenedDestroysNothingTheSameDay() {
        var room = record.rooms.room("social", record.nurse, record.registrar);
        var said = record.rooms.message(room, record.nurse, "one");
        record.ward.clock.pass(Duration.ofDays(10));
        record.policies.change(ORGANIZATION, keeping("social", 7, 7), officer, "to be rid of it");
        retention.expire();
        retention.expire();
        assertThat(isGone(room, said)).isFalse();
        assertThat(retention.step(order(room))).isZero();
        record.ward.clock.pass(Duration.ofDays(7).minusMillis(1));
        retention.expire();
        assertThat(isGone(room, said)).isFalse();
        record.ward.clock.pass(Duration.ofMillis(1));
        retention.expire();
        assertThat(isGone(room, said)).isTrue();
    }

    /// Whoever sees that a schedule was shortened puts the old one back, and need not find every mark that it left.
    @Test
    @Rule("G16")
    @Hazard("H06")
    void c6WhatWasMarkedByAScheduleThatWasShortenedStaysOnceThatIsPutRight() {
        var room = record.rooms.room("social", record.nurse, record.registrar);
        var early = record.rooms.message(room, record.nurse, "one");
        record.ward.clock.pass(Duration.ofDays(85));
        var said = record.rooms.message(room, record.nurse, "two");
        record.ward.clock.pass(Duration.ofDays(10));
        record.policies.change(ORGANIZATION, keeping("social", 7, 90), officer, "to be rid of it");
        retention.expire();
        var order = order(room);
        record.policies.change(ORGANIZATION, keeping("social", 90, 90), officer, "that was a mistake");
        record.ward.clock.pass(Duration.ofDays(7));
        retention.expire();
        assertThat(isGone(room, early)).isTrue();
        assertThat(isGone(room, said)).isFalse();
        assertThat(ended(order)).satisfies(ended -> {
            assertThat(ended.state()).isEqualTo(Order.State.DESTROYED);
            assertThat(ended.events()).isOne();
            assertThat(ended.reason()).contains("keeps the rest");
        });
        record.ward.clock.pass(Duration.ofDays(90));
        retention.expire();
        record.ward.clock.pass(Duration.ofDays(7));
        retention.expire();
        assertThat(isGone(room, said)).isTrue();
    }

    @Test
    @Rule("G16")
    @Hazard("H06")
    void c6AMarkThatNothingIsLeftOfIsCalledOffByItself() {
        var room = record.rooms.room("social", record.nurse, record.registrar);
        var said = record.rooms.message(room, record.nurse, "one");
        record.ward.clock.pass(Duration.ofDays(10));
        record.policies.change(ORGANIZATION, keeping("social", 7, 90), officer, "to be rid of it");
        retention.expire();
        var order = order(room);
        record.policies.change(ORGANIZATION, keeping("social", 90, 90), officer, "that was a mistake");
        record.ward.clock.pass(Duration.ofDays(7));
        retention.expire();
        assertThat(isGone(room, said)).isFalse();
        assertThat(ended(order).state()).isEqualTo(Order.State.CALLED_OFF);
    }

    private Order ended(String order) {
        return record.ward.database.read(tx -> new OrderStore().find(tx, order)).orElseThrow();
    }

    /// A page of the disk that cannot be read, a key that is gone: of one conversation, and not of the hospital.
    @Test
    @Rule("G16")
    void aConversationThatCannotBeDisposedOfKeepsNoOtherBack() {
        var damaged = record.rooms.room("social", record.nurse, record.registrar);
        var unreadable = record.rooms.message(damaged, record.nurse, "one");
        record.ward.clock.pass(Duration.ofDays(1));
        var room = record.rooms.room("social", record.nurse, record.registrar);
        var said = record.rooms.message(room, record.nurse, "two");
        record.ward.clock.pass(Duration.ofDays(90).minusHours(1));
        retention.expire();
        var first = order(damaged);
        record.ward.clock.pass(Duration.ofDays(1));
        retention.expire();
        assertThat(order(room)).isNotEqualTo(first);
        record.ward.database.write(tx -> tx.update("update event set body = :body where event_id = :id")
                .bind("body", new byte[64])
                .bind("id", unreadable.value())
                .execute());
        record.ward.clock.pass(Duration.ofDays(7));
        assertThatThrownBy(retention::expire).isInstanceOf(RuntimeException.class);
        assertThat(isGone(room, said)).isTrue();
        assertThat(order(damaged)).isEqualTo(first);
    }

    @Test
    @Rule("G16")
    void aConversationThatCannotBeMarkedKeepsNoOtherUnmarked() {
        var damaged = record.rooms.room("social", record.nurse, record.registrar);
        record.rooms.message(damaged, record.nurse, "one");
        record.ward.clock.pass(Duration.ofMinutes(1));
        var room = record.rooms.room("social", record.nurse, record.registrar);
        record.rooms.message(room, record.nurse, "two");
        record.ward.database.write(
                tx -> tx.update("alter table disposal_order add constraint damaged check (room_id <> '"
                                + damaged.value() + "')")
                        .execute());
        record.ward.clock.pass(Duration.ofDays(91));
        assertThatThrownBy(retention::expire).isInstanceOf(RuntimeException.class);
        assertThat(order(room)).isNotEmpty();
    }

    /// Of the rooms that are looked at, a run takes the oldest two hundred: those that wait to be destroyed are not
    /// among them, or nothing else would be marked until they have gone.
    @Test
    @Rule("G16")
    void aRoomThatIsMarkedIsNotLookedAtAgainUntilThen() {
        var room = record.rooms.room("social", record.nurse, record.registrar);
        record.rooms.message(room, record.nurse, "one");
        record.ward.clock.pass(Duration.ofDays(100));
        retention.expire();
        assertThat(order(room)).isNotEmpty();
        var now = record.ward.clock.instant();
        var cutoff = now.minus(Duration.ofDays(90));
        List<RoomId> due = record.ward.database.read(
                tx -> new RoomRetentionStore().listDue(tx, ORGANIZATION, "social", cutoff, now));
        assertThat(due).isEmpty();
    }

    @Test
    @Rule("G17")
    void c7NoPolicyKeepsLessThanTheFloorsOrLeavesNoTimeToCallOff() {
        assertRefused(keeping("clinical", 29, 365));
        assertRefused(keeping("social", 6, 90));
        assertRefused(keeping("clinical", 365, 364));
        assertRefused(keeping("clinical", 365, 4_000));
        var rules = policy().disposal();
        assertRefused(policy().withSchedule(
                        policy().roomKinds(), new DisposalRules(Duration.ZERO, rules.askAhead(), rules.backups())));
        assertRefused(policy().withSchedule(
                        policy().roomKinds(), new DisposalRules(rules.undo(), Duration.ofDays(6), rules.backups())));
        assertRefused(policy().withSchedule(
                        policy().roomKinds(), new DisposalRules(rules.undo(), rules.askAhead(), Duration.ofDays(366))));
        assertThat(policy().version()).isOne();
    }

    private void assertRefused(Policy wanted) {
        assertThatThrownBy(() -> record.policies.change(ORGANIZATION, wanted, officer, "less"))
                .isInstanceOf(MatrixException.class);
    }

    @Test
    @Rule("G16")
    void c9AMemberDoesNotSayHowLongMessagesLiveWhateverTheirPower() {
        try (var http = TestHttp.serving(record.rooms.rooms)) {
            for (var type : new String[] {"m.room.retention", "org.lanyard.retention"}) {
                var path = "/_matrix/client/v3/rooms/" + record.room.value() + "/state/" + type;
                var answer = http.put(
                        path, record.token(record.registrar), Json.object().put("max_lifetime", 1));
                assertThat(answer.status()).isEqualTo(403);
                assertThat(answer.errcode()).isEqualTo("M_FORBIDDEN");
            }
        }
    }

    /// A decision that the record was told to disregard records nothing.
    @Test
    @Rule("G15")
    @Hazard("H06")
    void aMessageWantedInTheRecordStaysWhenItsDecisionWasEnteredInError() throws InterruptedException {
        var wanted = record.rooms.message(record.room, record.nurse, "start amoxicillin");
        var other = record.rooms.message(record.room, record.nurse, "stop heparin");
        var summary = record.rooms.message(record.room, record.pharmacist, "sealed");
        record.rooms.received(record.room, record.registrar, record.pharmacist, record.nurse);
        var decision = record.decide(summary, wanted, other);
        record.careRecord.deliverDue();
        try (var http = TestHttp.serving(record.careRecord);
                var own = TestHttp.serving(retention)) {
            var answer = http.post(
                    "/_lanyard/v1/decisions/" + decision + "/error",
                    record.token(record.pharmacist),
                    Json.object().put("request_id", "e1").put("reason", "wrong_patient"));
            assertThat(answer.status()).as(answer.text()).isIn(200, 201);
            own.put(
                    TestRetention.retentionOf(record.room),
                    record.token(record.registrar),
                    TestRetention.choice("record_these", wanted));
        }
        record.careRecord.deliverDue();
        retention.expire();
        record.ward.clock.pass(Duration.ofDays(366));
        retention.sweep();
        retention.expire();
        record.ward.clock.pass(Duration.ofDays(7));
        retention.expire();
        assertThat(isGone(record.room, wanted)).isFalse();
        assertThat(isGone(record.room, other)).isTrue();
        assertThat(isGone(record.room, summary)).isTrue();
    }

    /// The sweep's steps run beside the writer, so that these really are two transactions at once; on one message
    /// after the other, a thousand times by `make races`.
    @Test
    @Rule("G17")
    @Hazard("H06")
    void i4AHoldAndADisposalByRetentionAreNeverBothCarriedOut() throws InterruptedException {
        var won = 0;
        for (var round = 0; round < RACES; round += IN_A_ROOM) {
            var room = record.rooms.room("social", record.nurse, record.registrar);
            record.link(room, record.patient);
            won += racesIn(room);
        }
        assertThat(won).isBetween(1, RACES - 1);
    }

    /// How many messages were gone when their hold stood. Once placing it has returned, nothing of the room goes.
    private int racesIn(RoomId room) throws InterruptedException {
        var said = new ArrayList<EventId>();
        for (var i = 0; i < IN_A_ROOM; i++) {
            said.add(record.rooms.message(room, record.nurse, "message " + i));
        }
        due(room);
        var id = order(room);
        var gone = 0;
        for (var race = 0; race < IN_A_ROOM; race++) {
            var next = said.get(gone);
            var sweep = Thread.ofPlatform().unstarted(() -> retention.step(id, 1));
            sweep.start();
            LockSupport.parkNanos(random.nextLong(LONGEST_START.toNanos()));
            var hold = record.holds.place(new NewHold(ORGANIZATION, subject(room, race), officer, "race " + race));
            var wasGone = isGone(room, next);
            sweep.join();
            assertThat(isGone(room, next)).isEqualTo(wasGone);
            gone += wasGone ? 1 : 0;
            record.holds.lift(hold, officer, "next race");
        }
        retention.expire();
        assertThat(said).allSatisfy(event -> assertThat(isGone(room, event)).isTrue());
        return gone;
    }

    private HoldSubject subject(RoomId room, int race) {
        return List.of(
                        HoldSubject.room(room),
                        HoldSubject.person(record.registrar),
                        HoldSubject.patient(record.patient.value()))
                .get(race % 3);
    }

    @Test
    @Rule("G16")
    void callingOffAndDestroyingHaveExactlyOneOutcome() throws InterruptedException {
        try (var http = TestHttp.serving(retention)) {
            var token = record.token(officer);
            var why = Json.object().put("reason", "by mistake");
            // Every room that was called off is marked again with each next one, and a run marks so many only.
            for (var round = 0; round < Math.min(ROUNDS, MOST_CALLED_OFF); round++) {
                var room = record.rooms.room("social", record.nurse, record.registrar);
                var said = record.rooms.message(room, record.nurse, "round " + round);
                due(room);
                var id = order(room);
                var sweep = Thread.ofPlatform().unstarted(() -> retention.step(id));
                sweep.start();
                Thread.sleep(Duration.ofMillis(round % 12));
                var answer = http.post("/_lanyard/v1/disposals/" + id + "/call-off", token, why);
                sweep.join();
                assertThat(answer.status()).isIn(200, 400);
                assertThat(isGone(room, said)).isEqualTo(answer.status() == 400);
            }
        }
    }

    /// An order that a restore brought, of a conversation that retention has not met since.
    @Test
    void anOrderOfAnUnknownConversationKeepsNoOtherBackAndTakesOnlyWhatAClinicalOneWouldLetGo() {
        var unknown = record.rooms.room("social", record.nurse, record.registrar);
        var stays = record.rooms.message(unknown, record.nurse, "one");
        record.ward.clock.pass(Duration.ofDays(2));
        var room = record.rooms.room("social", record.nurse, record.registrar);
        var goes = record.rooms.message(room, record.nurse, "two");
        due(room);
        record.ward.database.write(tx -> tx.update("delete from room_retention where room_id = :room")
                .bind("room", unknown.value())
                .execute());
        retention.expire();
        assertThat(isGone(room, goes)).isTrue();
        assertThat(isGone(unknown, stays)).isFalse();
    }

    private void due(RoomId room) {
        record.ward.clock.pass(Duration.ofDays(92));
        retention.expire();
        assertThat(order(room)).isNotEmpty();
        record.ward.clock.pass(Duration.ofDays(7));
    }
}
