package lanyard.governance.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import lanyard.governance.carerecord.TestRecord;
import lanyard.messaging.patient.Patient;
import lanyard.platform.http.TestHttp;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Writer;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.UserId;
import lanyard.standards.nhs.NhsNumber;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import lanyard.trust.hold.HoldId;
import lanyard.trust.hold.HoldSubject;
import lanyard.trust.hold.Holds;
import lanyard.trust.hold.NewHold;
import lanyard.trust.identity.TestIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private static final int ROUNDS = Integer.getInteger("lanyard.race-rounds", 40);

    private final TestRecord record = new TestRecord(new AgreeableRecord());
    private final TestHttp http = TestHttp.serving(record.careRecord);
    private final Retention retention = TestRetention.over(record);
    private final EventId source = record.rooms.message(record.room, record.registrar, "Give furosemide 40?");
    private final EventId edit = record.rooms.edit(record.room, record.registrar, source);
    private final EventId forged = record.rooms.edit(record.room, record.nurse, source);
    private final EventId reply = record.rooms.reply(record.room, record.nurse, source);
    private final EventId summary = record.rooms.message(record.room, record.pharmacist, "sealed");

    @AfterEach
    void close() {
        http.close();
        record.close();
    }

    @Test
    @Rule("G16")
    void afterTheGracePeriodTheOriginalsGoAndALineStays() {
        var decision = acknowledged();
        wait(TestRecord.GRACE);
        assertThat(status(decision)).isEqualTo("disposed");
        for (var gone : List.of(source, edit, summary)) {
            assertThat(isGone(gone)).isTrue();
            assertThat(record.rooms.stored(record.room, gone).isRedacted()).isTrue();
        }
        assertThat(isGone(forged)).isFalse();
        assertThat(isGone(reply)).isFalse();
        assertThat(lines())
                .containsExactlyInAnyOrder(
                        line(source, record.registrar, decision),
                        line(edit, record.registrar, decision),
                        line(summary, record.pharmacist, decision));
        assertThat(record.rooms.state(record.room, "org.lanyard.decision", decision))
                .last()
                .asString()
                .contains("disposed");
    }

    @Test
    @Rule("G16")
    void nothingGoesBeforeTheGracePeriodIsOver() {
        acknowledged();
        wait(TestRecord.GRACE.minusMillis(1));
        nothingWent();
        wait(Duration.ofMillis(1));
        assertThat(lines()).hasSize(3);
    }

    @Test
    @Rule("G16")
    void nothingGoesWithoutTheRecordsAcknowledgement() {
        var decision = record.decide(summary, source);
        wait(Duration.ofDays(3650));
        nothingWent();
        assertThat(status(decision)).isEqualTo("waiting");
    }

    @Test
    @Rule("G17")
    void nothingGoesWhileAHoldStands() {
        var decision = acknowledged();
        var hold = record.hold();
        wait(TestRecord.GRACE.multipliedBy(2));
        nothingWent();
        assertThat(shown(decision)).contains("\"kept_because\":\"hold\"");
        record.holds.lift(hold, record.registrar, "answered");
        wait(Duration.ofMinutes(1));
        assertThat(status(decision)).isEqualTo("disposed");
    }

    @Test
    @Rule("G17")
    @Hazard("H06")
    void nothingGoesThatAHoldOnAPersonOrAPatientCovers() {
        var decision = acknowledged();
        var said = record.ward.clock.instant();
        var onPatient = hold(HoldSubject.patient(record.patient.value()));
        var onColleague = hold(HoldSubject.person(record.nurse)
                .within(Optional.of(said.minusSeconds(60)), Optional.of(said.plusSeconds(60))));
        hold(HoldSubject.person(record.stranger));
        hold(HoldSubject.room(record.room).within(Optional.empty(), Optional.of(said.minus(Duration.ofDays(1)))));
        wait(TestRecord.GRACE.multipliedBy(2));
        nothingWent();
        record.holds.lift(onPatient, record.registrar, "answered");
        wait(Duration.ofMinutes(1));
        nothingWent();
        assertThat(shown(decision)).contains("\"kept_because\":\"hold\"");
        record.holds.lift(onColleague, record.registrar, "answered");
        wait(Duration.ofMinutes(1));
        assertThat(status(decision)).isEqualTo("disposed");
    }

    @Test
    @Rule("G17")
    void aHoldOnAPatientCoversARoomThatHasBeenLinkedToAnotherSince() {
        var decision = acknowledged();
        var other = record.patients.register(
                TestIdentity.ORGANIZATION.odsCode(),
                new Patient("Bo Example", LocalDate.parse("1960-01-01"), NhsNumber.of("9990000026")));
        record.link(record.room, other);
        hold(HoldSubject.patient(record.patient.value()));
        wait(TestRecord.GRACE.multipliedBy(2));
        nothingWent();
        assertThat(status(decision)).isEqualTo("in_record");
    }

    private HoldId hold(HoldSubject subject) {
        return record.holds.place(
                new NewHold(TestIdentity.ORGANIZATION.odsCode(), subject, record.registrar, "request for information"));
    }

    @Test
    void nothingGoesWhileASourceAuthorQueriesTheDecision() {
        var decision = acknowledged();
        var path = "/_lanyard/v1/decisions/" + decision + "/query";
        http.post(path, record.token(record.registrar), Json.object());
        wait(TestRecord.GRACE.multipliedBy(2));
        nothingWent();
        assertThat(shown(decision)).contains("\"kept_because\":\"query\"");
        http.delete(path, record.token(record.registrar));
        wait(Duration.ofMinutes(1));
        assertThat(status(decision)).isEqualTo("disposed");
        assertThat(http.post(path, record.token(record.registrar), Json.object())
                        .errcode())
                .isEqualTo("M_BAD_STATE");
    }

    @Test
    void nothingGoesThatAMemberHasNotReceived() throws InterruptedException {
        var decision = recorded(summary, source);
        record.rooms.received(record.room, record.registrar, record.pharmacist);
        wait(TestRecord.GRACE.multipliedBy(2));
        nothingWent();
        assertThat(shown(decision)).contains("\"kept_because\":\"undelivered\"");
        record.rooms.received(record.room, record.nurse);
        wait(Duration.ofMinutes(1));
        assertThat(status(decision)).isEqualTo("disposed");
    }

    @Test
    void nothingGoesThatAnotherDecisionNeedsStill() {
        var first = acknowledged();
        wait(TestRecord.GRACE.dividedBy(2));
        var second = acknowledged();
        wait(TestRecord.GRACE.dividedBy(2));
        nothingWent();
        assertThat(status(first)).isEqualTo("in_record");
        assertThat(shown(first)).contains("\"kept_because\":\"other_decision\"");
        assertThat(shown(second)).doesNotContain("kept_because");
        wait(TestRecord.GRACE.dividedBy(2));
        assertThat(status(first)).isEqualTo("disposed");
        assertThat(status(second)).isEqualTo("disposed");
        assertThat(lines()).hasSize(3);
    }

    @Test
    void aMessageThatAPersonHidIsDestroyedToo() {
        acknowledged();
        record.rooms.hide(record.room, record.registrar, source);
        assertThat(record.rooms.stored(record.room, source).isRedacted()).isTrue();
        assertThat(isGone(source)).isFalse();
        wait(TestRecord.GRACE);
        assertThat(isGone(source)).isTrue();
    }

    @Test
    void aSweepThatDiesOnTheWayLeavesNothingHalfDoneAndTheNextOneFinishesOnce() {
        var decision = acknowledged();
        record.ward.clock.pass(TestRecord.GRACE);
        assertThatThrownBy(() -> record.ward.writer.write(commit -> {
                    retention.dispose(commit, UUID.fromString(decision), record.ward.clock.instant());
                    throw new IllegalStateException("the power went");
                }))
                .hasMessage("the power went");
        nothingWent();
        assertThat(status(decision)).isEqualTo("in_record");
        retention.sweep();
        retention.sweep();
        assertThat(lines()).hasSize(3);
        assertThat(status(decision)).isEqualTo("disposed");
        assertThat(record.rooms.state(record.room, "org.lanyard.decision", decision))
                .hasSize(3);
    }

    @Test
    void aDecisionThatIsKeptDoesNotStandInTheWayOfTheNext() throws InterruptedException {
        var elsewhere = record.rooms.room("clinical", record.registrar, record.pharmacist);
        record.link(elsewhere, record.patient);
        var kept = acknowledged();
        record.holds.place(new NewHold(TestIdentity.ORGANIZATION.odsCode(), record.room, record.registrar, "inquiry"));
        var there = record.rooms.message(elsewhere, record.registrar, "another");
        var thereSummary = record.rooms.message(elsewhere, record.pharmacist, "sealed");
        record.rooms.received(elsewhere, record.registrar, record.pharmacist);
        var free = record.decideIn(elsewhere, thereSummary, there);
        record.careRecord.deliverDue();
        wait(TestRecord.GRACE);
        assertThat(status(kept)).isEqualTo("in_record");
        assertThat(status(free)).isEqualTo("disposed");
    }

    /// Abuse I4. Two writers are two nodes: their transactions really overlap. The hold is on the room, on somebody in
    /// it and on its patient by turns.
    @Test
    @Rule("G17")
    @Hazard("H06")
    void i4AHoldIsNeverPlacedOnWhatIsThenDestroyed() throws InterruptedException {
        var messages = new ArrayList<EventId>();
        for (var i = 0; i < ROUNDS; i++) {
            var message = record.rooms.message(record.room, record.registrar, "x");
            messages.add(message);
            record.decide(record.rooms.message(record.room, record.pharmacist, "y"), message);
            record.careRecord.deliverDue();
            record.ward.clock.pass(Duration.ofMillis(2));
        }
        record.rooms.received(record.room, record.registrar, record.pharmacist, record.nurse);
        record.ward.clock.pass(TestRecord.GRACE.minusMillis(2 * ROUNDS + 1));
        try (var second = Writer.start(record.ward.database, "second")) {
            var holds = new Holds(second, record.ward.audit, record.ward.clock, record.ward.random);
            var outcomes = new HashSet<Boolean>();
            for (var i = 0; i < ROUNDS; i++) {
                record.ward.clock.pass(Duration.ofMillis(1));
                outcomes.add(race(holds, messages.get(i), i));
            }
            assertThat(outcomes).containsExactlyInAnyOrder(true, false);
        }
    }

    /// Answers whether the message was gone when the hold stood. Once placing it has returned, nothing goes any more.
    private boolean race(Holds holds, EventId message, int round) throws InterruptedException {
        var sweep = Thread.ofPlatform().unstarted(retention::sweep);
        sweep.start();
        Thread.sleep(Duration.ofMillis(round % 12));
        var subject = List.of(
                        HoldSubject.room(record.room),
                        HoldSubject.person(record.nurse),
                        HoldSubject.patient(record.patient.value()))
                .get(round % 3);
        var hold = holds.place(
                new NewHold(TestIdentity.ORGANIZATION.odsCode(), subject, record.registrar, "round " + round));
        var wasGone = isGone(message);
        sweep.join();
        assertThat(isGone(message)).isEqualTo(wasGone);
        holds.lift(hold, record.registrar, "next round");
        record.ward.clock.pass(Duration.ofMillis(1));
        retention.sweep();
        assertThat(isGone(message)).isTrue();
        return wasGone;
    }

    private String acknowledged() {
        try {
            record.rooms.received(record.room, record.registrar, record.pharmacist, record.nurse);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return recorded(summary, source);
    }

    private String recorded(EventId summaryEvent, EventId sourceEvent) {
        var decision = record.decide(summaryEvent, sourceEvent);
        record.careRecord.deliverDue();
        assertThat(status(decision)).isEqualTo("in_record");
        return decision;
    }

    private boolean isGone(EventId event) {
        return record.rooms.stored(record.room, event).isPruned();
    }

    private void wait(Duration duration) {
        record.ward.clock.pass(duration);
        retention.sweep();
    }

    private void nothingWent() {
        assertThat(lines()).isEmpty();
        for (var original : List.of(source, edit, summary)) {
            assertThat(isGone(original)).isFalse();
        }
    }

    private String shown(String decision) {
        return http.get("/_lanyard/v1/decisions/" + decision, record.token(record.nurse))
                .text();
    }

    private String status(String decision) {
        return record.ward.database.read(tx -> tx.query("select status from decision where id = :id")
                .bind("id", decision)
                .mapTo(String.class)
                .one());
    }

    private static String line(EventId event, UserId sender, String decision) {
        return event.value() + " " + sender.value() + " 32 " + decision + " recorded-decision Bundle/" + decision;
    }

    private List<String> lines() {
        return record.ward.database.read(tx -> tx.query("""
                        select event_id || ' ' || sender || ' ' || length(sha256) || ' ' || decision_id || ' '
                            || authority || ' ' || reference
                        from disposal
                        """).mapTo(String.class).list());
    }
}
