package lanyard.governance.carerecord;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import lanyard.governance.carerecord.RecordSink.Outcome;
import lanyard.platform.http.TestHttp;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditSearch;
import org.junit.jupiter.api.AfterEach;
import tools.jackson.databind.node.ObjectNode;

/// A ward whose health record is somewhere else, and what tests ask of decisions that are withdrawn there.
abstract class WithdrawalWard {
    static final Outcome NOT_CONNECTED = new Outcome.NotReached("It is not there.", true);
    static final Outcome NOBODY_KNOWS = new Outcome.NotReached("It did not answer in time.");
    static final Outcome KEPT = new Outcome.Kept("Bundle/1");

    final Place place = new Place();
    final TestRecord record = new TestRecord(place);
    final TestHttp http = TestHttp.serving(record.careRecord);
    final EventId source = record.rooms.message(record.room, record.registrar, "Give furosemide 40?");
    final EventId summary = record.rooms.message(record.room, record.pharmacist, "sealed");
    private int requests;

    /// A health record somewhere else, in which something may happen while it is asked.
    static final class Place implements RecordSink {
        final List<UUID> asked = new ArrayList<>();
        Outcome answer = NOT_CONNECTED;
        Runnable meanwhile = () -> {};

        @Override
        public Kind kind() {
            return Kind.FHIR;
        }

        @Override
        public Outcome deliver(UUID decision, byte[] document) {
            asked.add(decision);
            meanwhile.run();
            return answer;
        }

        @Override
        public Outcome deliverImage(UUID decision, RecordImage image) {
            return new Outcome.Kept("DocumentReference/1");
        }
    }

    @AfterEach
    void close() {
        http.close();
        record.close();
    }

    void comesBackAndHasNothing() {
        place.asked.clear();
        place.answer = KEPT;
        record.ward.clock.pass(Duration.ofHours(5));
        record.careRecord.deliverDue();
        assertThat(place.asked).isEmpty();
    }

    boolean isReleased(String id) {
        return record.ward.database.write(tx -> record.careRecord
                .lockForDisposal(tx, UUID.fromString(id), record.ward.clock.instant())
                .isPresent());
    }

    TestHttp.Answer replace(String id) {
        return http.post(
                "/_lanyard/v1/rooms/" + record.room.value() + "/decisions",
                record.token(record.pharmacist),
                record.body(summary, source).put("replaces", id));
    }

    TestHttp.Answer error(String id, UserId by) {
        return act(id, "error", by, request().put("reason", "wrong_patient"));
    }

    TestHttp.Answer words(String id) {
        return http.get("/_lanyard/v1/decisions/" + id + "/paste", record.token(record.nurse));
    }

    TestHttp.Answer pasted(String id) {
        return act(id, "pasted", record.nurse, Json.object().put("reference", "EPR 4711"));
    }

    ObjectNode request() {
        return Json.object().put("request_id", "w" + ++requests);
    }

    TestHttp.Answer act(String id, String what, UserId by, ObjectNode body) {
        return http.post("/_lanyard/v1/decisions/" + id + "/" + what, record.token(by), body);
    }

    ObjectNode shown(String id) {
        return http.get("/_lanyard/v1/decisions/" + id, record.token(record.nurse))
                .json();
    }

    String status(String id) {
        return shown(id).get("status").stringValue();
    }

    String state(String id) {
        return record.rooms
                .state(record.room, "org.lanyard.decision", id)
                .getLast()
                .replace(" ", "");
    }

    long count(String from) {
        return record.ward.database.read(
                tx -> tx.query("select count(*) from " + from).mapTo(Long.class).one());
    }

    /// What the audit log says happened, and to what.
    List<String> audited() {
        var whenever = new AuditSearch.Query(Instant.EPOCH, Instant.ofEpochMilli(Long.MAX_VALUE), _ -> true);
        return record.ward.audit.search().find(whenever, 1_000).found().stream()
                .map(found -> found.entry().action() + " " + found.entry().subject())
                .toList();
    }

    void sql(String statement) {
        record.ward.database.write(tx -> tx.update(statement).execute());
    }
}
