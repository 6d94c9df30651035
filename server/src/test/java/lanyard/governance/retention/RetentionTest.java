package lanyard.governance.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import lanyard.governance.carerecord.TestRecord;
import lanyard.platform.http.TestHttp;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Writer;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Rule;
import lanyard.trust.hold.Holds;
import lanyard.trust.hold.NewHold;
import lanyard.trust.identity.TestIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class RetentionTest {
    private final TestRecord record = new TestRecord();
    private final TestHttp http = TestHttp.serving(record.careRecord);
    private final Retention retention = retention(record.ward.writer);
    private final EventId source = record.rooms.message(record.room, record.registrar, "Give furosemide 40?");
    private final EventId edit =
            record.rooms.message(record.room, record.registrar, "Give furosemide 40 mg?", source.value());
    private final EventId summary = record.rooms.message(record.room, record.pharmacist, "sealed");
    private final EventId other = record.rooms.message(record.room, record.nurse, "Is the bed free?");

    private Retention retention(Writer writer) {
        return new Retention(
                new RetentionGround(record.ward.database, writer, record.ward.audit, record.ward.clock),
                record.careRecord,
                record.holds,
                record.rooms);
    }

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
            assertThat(record.rooms.isPruned(gone)).isTrue();
            assertThat(record.rooms.isRedacted(gone)).isTrue();
        }
        assertThat(record.rooms.isPruned(other)).isFalse();
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
        var decision = sent();
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
        assertThat(http.post(path, record.token(record.registrar), Json.object()).errcode())
                .isEqualTo("M_BAD_STATE");
    }

    @Test
    void nothingGoesThatAMemberHasNotReceived() {
        var decision = acknowledged();
        record.rooms.delivered(source, false);
        wait(TestRecord.GRACE.multipliedBy(2));
        nothingWent();
        assertThat(shown(decision)).contains("\"kept_because\":\"undelivered\"");
        record.rooms.delivered(source, true);
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
        wait(TestRecord.GRACE.dividedBy(2));
        assertThat(status(first)).isEqualTo("disposed");
        assertThat(status(second)).isEqualTo("disposed");
        assertThat(lines()).hasSize(3);
    }

    @Test
    void aMessageThatAPersonHidIsDestroyedToo() {
        acknowledged();
        record.ward.writer.write(commit -> {
            record.rooms.redactAsService(commit, record.room, source, "hidden by its author");
            return true;
        });
        assertThat(record.rooms.isPruned(source)).isFalse();
        wait(TestRecord.GRACE);
        assertThat(record.rooms.isPruned(source)).isTrue();
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
    void decisionsThatAreKeptDoNotHideThoseBehindThem() {
        for (var i = 0; i < 60; i++) {
            record.rooms.delivered(source, false);
            acknowledged();
        }
        var free = record.rooms.message(record.room, record.registrar, "another");
        var freeSummary = record.rooms.message(record.room, record.pharmacist, "sealed");
        var last = acknowledged(record.body(freeSummary, free));
        wait(TestRecord.GRACE);
        wait(Duration.ofMinutes(1));
        assertThat(status(last)).isEqualTo("disposed");
        assertThat(lines()).hasSize(2);
    }

    /// Two writers are two nodes: their transactions really overlap.
    @Test
    @Rule("G17")
    void aHoldIsNeverPlacedOnWhatIsThenDestroyed() throws InterruptedException {
        try (var second = Writer.start(record.ward.database, "second")) {
            var holds = new Holds(second, record.ward.audit, record.ward.clock, record.ward.random);
            var outcomes = new ArrayList<Boolean>();
            for (var i = 0; i < 200; i++) {
                outcomes.add(race(holds, i));
            }
            assertThat(outcomes).contains(true, false);
        }
    }

    /// Answers whether the originals went. Once placing a hold has returned, nothing goes any more.
    private boolean race(Holds holds, int round) throws InterruptedException {
        var message = record.rooms.message(record.room, record.registrar, "x");
        acknowledged(record.body(record.rooms.message(record.room, record.pharmacist, "y"), message));
        record.ward.clock.pass(TestRecord.GRACE);
        var sweep = Thread.ofPlatform().unstarted(retention::sweep);
        sweep.start();
        if (round % 2 == 0) {
            Thread.sleep(0, round * 20_000 % 999_999);
        }
        var hold = holds.place(new NewHold(
                TestIdentity.ORGANIZATION.odsCode(), record.room, record.registrar, "round " + round));
        var goneWhenPlaced = record.rooms.isPruned(message);
        sweep.join();
        assertThat(record.rooms.isPruned(message)).isEqualTo(goneWhenPlaced);
        holds.lift(hold, record.registrar, "next round");
        record.ward.clock.pass(Duration.ofMillis(1));
        retention.sweep();
        return goneWhenPlaced;
    }

    private String sent() {
        return sent(record.body(summary, source));
    }

    private String sent(ObjectNode body) {
        var answer = http.post(
                "/_lanyard/v1/rooms/" + record.room.value() + "/decisions", record.token(record.pharmacist), body);
        return answer.json().get("decision_id").stringValue();
    }

    private String acknowledged() {
        return acknowledged(record.body(summary, source));
    }

    private String acknowledged(ObjectNode body) {
        var decision = sent(body);
        record.careRecord.deliverDue();
        assertThat(status(decision)).isEqualTo("in_record");
        return decision;
    }

    private void wait(Duration duration) {
        record.ward.clock.pass(duration);
        retention.sweep();
    }

    private void nothingWent() {
        assertThat(lines()).isEmpty();
        for (var original : List.of(source, edit, summary, other)) {
            assertThat(record.rooms.isPruned(original)).isFalse();
        }
    }

    private String shown(String decision) {
        return http.get("/_lanyard/v1/decisions/" + decision, record.token(record.nurse)).text();
    }

    private String status(String decision) {
        return record.ward.database.read(tx -> tx.query("select status from decision where id = :id")
                .bind("id", decision)
                .mapTo(String.class)
                .one());
    }

    private static String line(EventId event, UserId sender, String decision) {
        return event + " " + sender + " 32 " + decision + " recorded-decision Bundle/" + decision;
    }

    private List<String> lines() {
        return record.ward.database.read(tx -> tx.query(
                        """
                        select event_id || ' ' || sender || ' ' || length(sha256) || ' ' || decision_id || ' '
                            || authority || ' ' || reference
                        from disposal
                        """)
                .mapTo(String.class)
                .list());
    }
}
