package lanyard.governance.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import lanyard.governance.carerecord.TestRecord;
import lanyard.platform.http.TestHttp;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.Hashes;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import lanyard.trust.audit.VerifyProof;
import lanyard.trust.hold.HoldSubject;
import lanyard.trust.hold.NewHold;
import lanyard.trust.identity.TestIdentity;
import org.jdbi.v3.core.result.RowView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/// What certificates say, and that it is so.
class CertificateTest {
    private static final Duration SOCIAL = Duration.ofDays(90);
    private static final Duration UNDO = Duration.ofDays(7);
    private static final Duration BACKUPS = Duration.ofDays(35);
    private static final String CERTIFICATES = "/_lanyard/v1/certificates";

    @TempDir
    Path lists;

    private TestRecord record;
    private Retention retention;
    private TestHttp http;
    private UserId officer;

    @BeforeEach
    void start() {
        record = new TestRecord(new AgreeableRecord());
        // The database's own clock says when it swept: this one stays behind it.
        record.ward.clock.pass(Duration.ofDays(-400));
        retention = TestRetention.over(record, lists);
        http = TestHttp.serving(retention);
        officer = record.recordsOfficer();
    }

    @AfterEach
    void stop() {
        http.close();
        record.close();
    }

    private void pass(Duration time) {
        record.ward.clock.pass(time);
        retention.expire();
    }

    private JsonNode asked(String path) {
        var answer = http.get(path, record.token(officer));
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }

    private JsonNode certificate() {
        var all = asked(CERTIFICATES).path("certificates");
        assertThat(all).hasSize(1);
        return asked(CERTIFICATES + "/" + all.get(0).path("certificate_id").asString(""));
    }

    private static JsonNode place(JsonNode certificate, String place) {
        return certificate.path("places").path(place);
    }

    private static JsonNode phone(JsonNode certificate, UserId user) {
        for (var phone : place(certificate, "phones")) {
            if (phone.path("user_id").asString("").equals(user.value())) {
                return phone;
            }
        }
        throw new AssertionError(user + " is not named");
    }

    /// As somebody would who has the table and the certificate.
    private String chain(String disposal) {
        var chain = new byte[32];
        record Line(String event, byte[] sha256) {}
        var lines = record.ward.database.read(tx -> tx.query(
                        "select event_id, sha256 from disposal where decision_id = :id order by number")
                .bind("id", disposal)
                .map((RowView row) ->
                        new Line(row.getColumn("event_id", String.class), row.getColumn("sha256", byte[].class)))
                .list());
        for (var line : lines) {
            chain = Hashes.sha256(chain, line.event().getBytes(StandardCharsets.UTF_8), line.sha256());
        }
        return HexFormat.of().formatHex(chain);
    }

    /// What `verify-proof` says of it.
    private String verified(JsonNode certificate) throws Exception {
        var file = Files.write(
                lists.resolve("proof.json"),
                Json.bytes(certificate.path("proof").path("inclusion")));
        var out = new StringWriter();
        var status = new CommandLine(new VerifyProof())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute("--key", record.ward.audit.proofs().verifierKey(), file.toString());
        assertThat(status).as(out.toString()).isZero();
        return out.toString();
    }

    private void vacuum() throws SQLException {
        try (var connection = record.ward.database.dataSource().getConnection()) {
            connection.setAutoCommit(true);
            try (var statement = connection.createStatement()) {
                statement.execute("vacuum event");
            }
            connection.setAutoCommit(false);
        }
    }

    @Test
    @Rule("G16")
    @Hazard("H06")
    void eachPlaceOfACopyIsSaidByItselfAsItIsAndTheLinesGiveTheHash() throws Exception {
        record.token(record.stranger);
        var room = record.rooms.room("social", record.nurse, record.stranger, record.pharmacist);
        var first = record.rooms.message(room, record.nurse, "cake at four");
        record.rooms.edit(room, record.nurse, first);
        record.rooms.message(room, record.stranger, "with candles");
        record.ward.clock.pass(Duration.ofHours(1));
        var held = record.rooms.message(room, record.stranger, "and tea");
        var late = record.ward.clock.instant();
        var hold = record.holds.place(new NewHold(
                TestIdentity.ORGANIZATION.odsCode(),
                HoldSubject.room(room).within(Optional.of(late), Optional.of(late)),
                officer,
                "inquiry"));
        record.ward.clock.pass(Duration.ofDays(1));
        var left = record.ward.clock.instant();
        record.rooms.leave(room, record.pharmacist);
        pass(SOCIAL);
        pass(UNDO);
        var ended = record.ward.clock.instant();

        var before = certificate();
        isOfThree(before);
        placesAre(before, ended, left);

        vacuum();
        record.ward.audit.checkpoint();
        record.ward.clock.pass(Duration.ofMinutes(1));
        record.ward.signedIn(
                record.nurse,
                new DeviceId(phone(before, record.nurse).path("device_id").asString("")));
        record.holds.lift(hold, officer, "answered");
        var after = certificate();
        assertThat(place(after, "dead_rows").path("gone").asBoolean()).isTrue();
        assertThat(phone(after, record.nurse).path("seen_since").asBoolean()).isTrue();
        assertThat(phone(after, record.stranger).path("seen_since").asBoolean()).isFalse();
        assertThat(place(after, "keys").path("shared_because_of_a_hold").asBoolean())
                .isFalse();
        assertThat(verified(after)).contains("disposal.destroyed by lanyard.retention");
        record.ward.clock.pass(BACKUPS);
        assertThat(place(certificate(), "backups").path("gone").asBoolean()).isTrue();
        assertThat(record.rooms.stored(room, held).isPruned()).isFalse();
    }

    private void isOfThree(JsonNode before) {
        assertThat(before.path("messages").asInt()).isEqualTo(3);
        assertThat(before.path("kept").path("by_holds").asInt()).isOne();
        assertThat(before.path("proof").path("lines_sha256").asString(""))
                .isEqualTo(chain(before.path("order_id").asString("")));
        assertThat(before.path("proof").path("audit_action").asString("")).isEqualTo("disposal.destroyed");
        assertThat(before.path("proof").has("inclusion")).isFalse();
    }

    private void placesAre(JsonNode before, Instant ended, Instant left) {
        assertThat(place(before, "table").path("since_ts").asLong()).isEqualTo(ended.toEpochMilli());
        assertThat(place(before, "dead_rows").path("gone").asBoolean()).isFalse();
        assertThat(place(before, "write_ahead_log").path("gone").asString("")).isEqualTo("unknown");
        assertThat(place(before, "backups").path("gone").asBoolean()).isFalse();
        assertThat(place(before, "backups").path("until_ts").asLong())
                .isEqualTo(ended.plus(BACKUPS).toEpochMilli());
        assertThat(place(before, "keys").path("shared_because_of_a_hold").asBoolean())
                .isTrue();
        assertThat(place(before, "keys").path("custodian_forgot").asBoolean()).isFalse();
        assertThat(place(before, "keys").path("months").get(0).path("gone").asBoolean())
                .isFalse();
        assertThat(place(before, "phones")).hasSize(3);
        assertThat(phone(before, record.nurse).path("seen_since").asBoolean()).isFalse();
        assertThat(phone(before, record.pharmacist).path("left").asBoolean()).isTrue();
        assertThat(phone(before, record.pharmacist).path("left_ts").asLong()).isEqualTo(left.toEpochMilli());
        assertThat(phone(before, record.pharmacist).path("gone").asString("")).isEqualTo("unknown");
        assertThat(phone(before, record.pharmacist).has("device_id")).isFalse();
    }

    @Test
    @Rule("G15")
    @Rule("G16")
    void theOriginalsOfADecisionLeaveACertificateThatARestoredBackupHasToo() throws Exception {
        record.ward.clock.pass(Duration.ofDays(400));
        var source = record.rooms.message(record.room, record.registrar, "furosemide 40");
        var edit = record.rooms.edit(record.room, record.registrar, source);
        var summary = record.rooms.message(record.room, record.pharmacist, "sealed");
        record.rooms.received(record.room, record.registrar, record.pharmacist, record.nurse);
        var decision = record.decide(summary, source);
        record.careRecord.deliverDue();
        record.ward.clock.pass(TestRecord.GRACE);
        retention.sweep();
        record.ward.audit.checkpoint();
        var shown = certificate();
        assertThat(shown.path("certificate_id").asString("")).isEqualTo(decision);
        assertThat(shown.path("kind").asString("")).isEqualTo("decision");
        assertThat(shown.path("messages").asInt()).isEqualTo(3);
        assertThat(shown.path("room_id").asString("")).isEqualTo(record.room.value());
        assertThat(shown.path("authority").path("reference").asString("")).isEqualTo("Bundle/" + decision);
        assertThat(shown.path("proof").path("lines_sha256").asString("")).isEqualTo(chain(decision));
        assertThat(verified(shown)).contains("originals.disposed by lanyard.retention");
        assertThat(place(shown, "table").path("gone").asBoolean()).isTrue();
        assertThat(place(shown, "phones")).hasSize(3);
        nobodyElseSees(decision);
        retention.expire();
        sql("delete from disposal_certificate");
        sql("delete from disposal_step");
        sql("delete from disposal");
        sql("update event set pruned_ts = null");
        assertThat(asked(CERTIFICATES).path("certificates")).isEmpty();
        record.ward.clock.pass(Duration.ofHours(1));
        var restored = TestRetention.over(record, lists);
        assertThat(restored.destroyAgain()).isEqualTo(3);
        record.ward.audit.checkpoint();
        var again = certificate();
        assertThat(again.path("made_again_ts").asLong()).isEqualTo(record.ward.clock.millis());
        assertThat(again.path("ended_ts")).isEqualTo(shown.path("ended_ts"));
        assertThat(again.path("proof").path("lines_sha256"))
                .isEqualTo(shown.path("proof").path("lines_sha256"));
        assertThat(verified(again)).contains("disposal.made_again by lanyard.retention");
        assertThat(lines(List.of(source, edit, summary)))
                .containsOnly("recorded-decision " + "Bundle/" + decision)
                .hasSize(3);
        assertThat(restored.destroyAgain()).isZero();
    }

    private void nobodyElseSees(String decision) {
        assertThat(http.get(CERTIFICATES, record.token(record.nurse)).errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(http.get(CERTIFICATES + "/" + decision, record.token(record.nurse))
                        .errcode())
                .isEqualTo("M_FORBIDDEN");
        assertThat(http.get(CERTIFICATES + "/none", record.token(officer)).errcode())
                .isEqualTo("M_NOT_FOUND");
    }

    @Test
    @Rule("G16")
    @Hazard("H06")
    void whatWasCalledOffStaysCalledOffInARestoredBackupAndWhatIsOpenThereWaitsAnew() {
        var room = record.rooms.room("social", record.nurse, record.registrar);
        var other = record.rooms.room("social", record.nurse, record.registrar);
        var kept = record.rooms.message(room, record.nurse, "cake at four");
        var waits = record.rooms.message(other, record.nurse, "tea at five");
        pass(SOCIAL);
        sql("create table backup as select * from disposal_order");
        callOff(room);
        callOff(other);
        retention.expire();
        sql("delete from disposal_order");
        sql("insert into disposal_order select * from backup");
        // Nothing was listed of the other's end: as if the list had never had it.
        withoutTheEndOf(other);

        sql("insert into file_order (order_id, organization, policy_version, files, marked_ts, destroy_from_ts, state)"
                + " values ('f1', '" + TestIdentity.ORGANIZATION.odsCode() + "', 1, 1, 1, 2, 'marked')");
        record.ward.clock.pass(UNDO);
        var restored = TestRetention.over(record, lists);
        restored.destroyAgain();
        long from = record.ward.database.read(tx -> tx.query("select destroy_from_ts from file_order")
                .mapTo(Long.class)
                .one());
        assertThat(from).isEqualTo(record.ward.clock.instant().plus(UNDO).toEpochMilli());
        restored.expire();
        assertThat(record.rooms.stored(room, kept).isPruned()).isFalse();
        assertThat(record.rooms.stored(other, waits).isPruned()).isFalse();
        record.ward.clock.pass(UNDO);
        restored.expire();
        assertThat(record.rooms.stored(room, kept).isPruned()).isFalse();
        assertThat(record.rooms.stored(other, waits).isPruned()).isTrue();
    }

    private void callOff(RoomId room) {
        record.ward.writer.write(commit ->
                retention.marking().callOff(commit, idOf(room), officer, "the policy was changed by mistake"));
    }

    private String idOf(RoomId room) {
        return record.ward.database.read(tx -> tx.query("select order_id from disposal_order where room_id = :room")
                .bind("room", room.value())
                .mapTo(String.class)
                .one());
    }

    private void withoutTheEndOf(RoomId room) {
        try {
            var list = lists.resolve(GoneList.NAME);
            var id = idOf(room);
            var lines = Files.readAllLines(list);
            var last = lines.stream().filter(line -> line.contains(id)).toList().getLast();
            Files.write(list, lines.stream().filter(line -> !line.equals(last)).toList());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void sql(String statement) {
        record.ward.database.write(tx -> tx.update(statement).execute());
    }

    private List<String> lines(List<EventId> events) {
        return record.ward.database.read(
                tx -> tx.query("select authority || ' ' || reference from disposal where event_id = any(:events)")
                        .bind("events", events.stream().map(EventId::value).toArray(String[]::new))
                        .mapTo(String.class)
                        .list());
    }
}
