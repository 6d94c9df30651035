package lanyard.governance.retention;

import static lanyard.governance.retention.TestRetention.choice;
import static lanyard.governance.retention.TestRetention.retentionOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import lanyard.governance.carerecord.TestRecord;
import lanyard.platform.http.TestHttp;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import lanyard.trust.hold.HoldSubject;
import lanyard.trust.hold.NewHold;
import lanyard.trust.identity.TestIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Disposal by retention, over real rooms: standard policy, in which clinical rooms keep 365 days, social ones 90, and
/// what is marked can be called off for 7.
class ExpiryTest {
    private static final Duration SOCIAL = Duration.ofDays(90);
    private static final Duration CLINICAL = Duration.ofDays(365);
    private static final Duration UNDO = Duration.ofDays(7);
    private static final String DISPOSALS = "/_lanyard/v1/disposals";
    private static final String WORKLIST = "/_lanyard/v1/retention/worklist";

    @TempDir
    Path lists;

    private TestRecord record;
    private Retention retention;
    private TestHttp http;
    private UserId officer;

    @BeforeEach
    void start() {
        record = new TestRecord(new AgreeableRecord());
        retention = TestRetention.over(record, lists);
        http = TestHttp.serving(retention);
        officer = record.recordsOfficer();
    }

    @AfterEach
    void stop() {
        http.close();
        record.close();
    }

    private RoomId social() {
        return record.rooms.room("social", record.nurse, record.registrar);
    }

    private void pass(Duration time) {
        record.ward.clock.pass(time);
        retention.expire();
    }

    private boolean isGone(RoomId room, EventId event) {
        return record.rooms.stored(room, event).isPruned();
    }

    private JsonNode asked(UserId user, String path) {
        var answer = http.get(path, record.token(user));
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }

    private JsonNode order(RoomId room) {
        for (var order : asked(officer, DISPOSALS).path("disposals")) {
            if (order.path("room_id").asString("").equals(room.value())) {
                return order;
            }
        }
        throw new AssertionError("nothing is marked there");
    }

    @Test
    @Rule("G16")
    void whatTheScheduleHasRunOutOfIsMarkedCanBeCalledOffAndThenGoesWithoutAnEvent() {
        var room = social();
        var old = record.rooms.message(room, record.nurse, "cake at four");
        record.ward.clock.pass(Duration.ofDays(30));
        var edit = record.rooms.edit(room, record.nurse, old);
        var notTheirs = record.rooms.edit(room, record.registrar, old);
        var young = record.rooms.reply(room, record.nurse, old);
        pass(SOCIAL.minus(Duration.ofDays(30)));
        var events = record.rooms.timeline.getRoom(room).seq();
        assertThat(order(room).path("state").asString("")).isEqualTo("marked");
        pass(UNDO.minusMillis(1));
        assertThat(isGone(room, old)).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(isGone(room, old)).isTrue();
        assertThat(isGone(room, edit)).isTrue();
        assertThat(isGone(room, notTheirs)).isFalse();
        assertThat(isGone(room, young)).isFalse();
        assertThat(record.rooms.stored(room, old).isRedacted()).isFalse();
        assertThat(record.rooms.timeline.getRoom(room).seq()).isEqualTo(events);
        var certificate =
                asked(officer, DISPOSALS + "/" + order(room).path("order_id").asString(""));
        assertThat(certificate.path("state").asString("")).isEqualTo("destroyed");
        assertThat(certificate.path("messages").asInt()).isEqualTo(2);
        assertThat(certificate.path("authority").path("policy_version").asInt()).isOne();
        assertThat(certificate.path("places").path("table").path("gone").asBoolean())
                .isTrue();
        assertThat(certificate.path("places").path("backups").path("gone").asBoolean(true))
                .isFalse();
        assertThat(lines(old)).containsExactly("retention policy version 1");
        assertThat(retention.expire()).isZero();
    }

    @Test
    @Rule("G16")
    void aMarkedDisposalIsCalledOffByTheRecordsManagerAndByNobodyElse() {
        var room = social();
        var old = record.rooms.message(room, record.nurse, "cake at four");
        pass(SOCIAL);
        var path = DISPOSALS + "/" + order(room).path("order_id").asString("") + "/call-off";
        var why = Json.object().put("reason", "the policy was changed by mistake");
        assertThat(http.post(path, record.token(record.nurse), why).errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(http.post(path, record.token(officer), Json.object().put("reason", " "))
                        .errcode())
                .isEqualTo("M_INVALID_PARAM");
        assertThat(http.post(path, record.token(officer), why).status()).isEqualTo(200);
        assertThat(http.post(path, record.token(officer), why).errcode()).isEqualTo("M_BAD_STATE");
        pass(UNDO);
        assertThat(isGone(room, old)).isFalse();
        assertThat(order(room).path("state").asString("")).isEqualTo("called_off");
        pass(Duration.ofDays(28));
        pass(UNDO);
        assertThat(isGone(room, old)).isTrue();
    }

    @Test
    @Rule("G15")
    @Hazard("H06")
    void nothingOfAClinicalRoomGoesUntilItsOwnerHasAnswered() {
        var said = record.rooms.message(record.room, record.nurse, "BP 80/40");
        pass(Duration.ofDays(1));
        assertThat(asked(record.nurse, retentionOf(record.room)).path("asks").asBoolean())
                .isFalse();
        pass(CLINICAL.minus(Duration.ofDays(27)));
        assertThat(asked(record.nurse, retentionOf(record.room)).path("asks").asBoolean())
                .isTrue();
        assertThat(record.rooms.state(record.room, "org.lanyard.retention", ""))
                .last()
                .asString()
                .contains("\"asks\":true");
        pass(CLINICAL.multipliedBy(3));
        pass(UNDO);
        assertThat(isGone(record.room, said)).isFalse();
        var work = asked(officer, WORKLIST).path("rooms");
        assertThat(work).hasSize(1);
        assertThat(work.get(0).path("why").asString("")).isEqualTo("unanswered");
        assertThat(work.get(0).path("overdue").asBoolean()).isTrue();
        assertThat(http.get(WORKLIST, record.token(record.nurse)).errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(http.put(retentionOf(record.room), record.token(record.nurse), choice("nothing_to_record"))
                        .errcode())
                .isEqualTo("M_FORBIDDEN");
        assertThat(http.put(retentionOf(record.room), record.token(record.registrar), choice("nothing_to_record"))
                        .status())
                .isEqualTo(200);
        retention.expire();
        assertThat(http.put(retentionOf(record.room), record.token(record.registrar), choice("all_recorded"))
                        .errcode())
                .isEqualTo("M_BAD_STATE");
        pass(UNDO);
        assertThat(isGone(record.room, said)).isTrue();
        assertThat(asked(officer, WORKLIST).path("rooms")).isEmpty();
    }

    @Test
    @Rule("G15")
    @Rule("G16")
    @Hazard("H06")
    void whatTheOwnerWantsInTheRecordStaysUntilTheRecordHasItAndIsOnTheWorklist() throws InterruptedException {
        var decided = record.rooms.message(record.room, record.nurse, "start amoxicillin");
        var edited = record.rooms.edit(record.room, record.nurse, decided);
        var chatted = record.rooms.message(record.room, record.nurse, "thanks");
        var token = record.token(record.registrar);
        var elsewhere = record.rooms.message(social(), record.nurse, "cake");
        assertThat(http.put(retentionOf(record.room), token, choice("record_these"))
                        .errcode())
                .isEqualTo("M_INVALID_PARAM");
        assertThat(http.put(retentionOf(record.room), token, choice("record_these", elsewhere))
                        .errcode())
                .isEqualTo("M_INVALID_PARAM");
        assertThat(http.put(retentionOf(record.room), token, choice("record_these", decided))
                        .status())
                .isEqualTo(200);
        retention.expire();
        pass(CLINICAL);
        pass(UNDO);
        assertThat(isGone(record.room, chatted)).isTrue();
        assertThat(isGone(record.room, decided)).isFalse();
        assertThat(isGone(record.room, edited)).isFalse();
        var work = asked(officer, WORKLIST).path("rooms");
        assertThat(work.get(0).path("why").asString("")).isEqualTo("untransferred");
        assertThat(work.get(0).path("messages").asInt()).isOne();
        var summary = record.rooms.message(record.room, record.pharmacist, "sealed");
        record.rooms.received(record.room, record.registrar, record.pharmacist, record.nurse);
        record.decide(summary, decided);
        record.careRecord.deliverDue();
        record.ward.clock.pass(TestRecord.GRACE);
        retention.sweep();
        assertThat(isGone(record.room, decided)).isTrue();
        pass(Duration.ofDays(1));
        assertThat(asked(officer, WORKLIST).path("rooms")).isEmpty();
    }

    @Test
    @Rule("G17")
    @Hazard("H06")
    void aHoldPlacedAfterTheMarkKeepsWhatItCoversAndNothingElse() {
        var room = social();
        var before = record.rooms.message(room, record.nurse, "before");
        record.ward.clock.pass(Duration.ofDays(1));
        var within = record.rooms.message(room, record.nurse, "within");
        var said = record.ward.clock.instant();
        pass(SOCIAL);
        var body = Json.object()
                .put("kind", "person")
                .put("subject", record.registrar.value())
                .put("reason", "request for information 12")
                .put("from_ts", said.minusSeconds(60).toEpochMilli());
        assertThat(http.post("/_lanyard/v1/holds", record.token(record.nurse), body)
                        .errcode())
                .isEqualTo("M_FORBIDDEN");
        var placed = http.post("/_lanyard/v1/holds", record.token(officer), body);
        assertThat(placed.status()).isEqualTo(201);
        pass(UNDO);
        assertThat(isGone(room, before)).isTrue();
        assertThat(isGone(room, within)).isFalse();
        assertThat(order(room).path("messages").asInt()).isOne();
        var certificate =
                asked(officer, DISPOSALS + "/" + order(room).path("order_id").asString(""));
        assertThat(certificate.path("kept").path("by_holds").asInt()).isOne();
        assertThat(certificate.path("places").path("keys").toString()).contains("\"shared_because_of_a_hold\":true");
        var hold = placed.json().path("hold_id").asString("");
        assertThat(asked(officer, "/_lanyard/v1/holds").path("holds")).hasSize(1);
        var lift = "/_lanyard/v1/holds/" + hold + "/lift";
        var why = Json.object().put("reason", "answered");
        assertThat(http.post(lift, record.token(record.nurse), why).errcode()).isEqualTo("M_FORBIDDEN");
        var proven = record.ward.signedIn(officer).accessToken();
        assertThat(http.post(lift, proven, why).status()).isEqualTo(200);
        assertThat(http.post(lift, proven, why).errcode()).isEqualTo("M_NOT_FOUND");
        pass(Duration.ofDays(1));
        pass(UNDO);
        assertThat(isGone(room, within)).isTrue();
    }

    @Test
    void aHoldOnWhatThereIsNotIsRefused() {
        for (var bad : List.of(
                "{\"kind\":\"room\",\"subject\":\"!none:ward.test\"}",
                "{\"kind\":\"person\",\"subject\":\"@none:ward.test\"}",
                "{\"kind\":\"patient\",\"subject\":\"9990000026\"}",
                "{\"kind\":\"patient\",\"subject\":\"" + UUID.randomUUID() + "\"}")) {
            var body = Json.object(bad.getBytes(StandardCharsets.UTF_8)).put("reason", "inquiry");
            assertThat(http.post("/_lanyard/v1/holds", record.token(officer), body)
                            .errcode())
                    .isEqualTo("M_NOT_FOUND");
        }
        var byNumber = Json.object()
                .put("kind", "patient")
                .put("subject", "999 000 0018")
                .put("reason", "inquest");
        assertThat(http.post("/_lanyard/v1/holds", record.token(officer), byNumber)
                        .status())
                .isEqualTo(201);
    }

    /// What was done before a crash stays done.
    @Test
    @Rule("G16")
    void aSweepThatDiesOnTheWayIsCarriedOnAndNothingGoesTwice() {
        var room = social();
        var old = record.rooms.message(room, record.nurse, "one");
        pass(SOCIAL);
        record.ward.clock.pass(UNDO);
        var id = order(room).path("order_id").asString("");
        assertThat(retention.step(id)).isEqualTo(1);
        assertThat(order(room).path("state").asString("")).isEqualTo("destroying");
        var again = TestRetention.over(record, lists);
        again.destroyAgain();
        assertThat(again.expire()).isZero();
        assertThat(isGone(room, old)).isTrue();
        assertThat(order(room).path("state").asString("")).isEqualTo("destroyed");
        assertThat(order(room).path("messages").asInt()).isOne();
        assertThat(lines(old)).hasSize(1);
    }

    @Test
    @Rule("G16")
    @Hazard("H06")
    void aRestoredBackupDoesNotBringBackWhatWent() throws Exception {
        var room = social();
        var old = record.rooms.message(room, record.nurse, "one");
        var young = record.rooms.message(room, record.nurse, "two");
        sql("create table backup as select * from event");
        pass(SOCIAL);
        pass(UNDO);
        assertThat(isGone(room, old)).isTrue();
        sql("update event set body = backup.body, pruned_ts = null from backup where backup.event_id = event.event_id");
        sql("delete from disposal_step");
        sql("delete from disposal_order");
        sql("delete from disposal");
        record.rooms.stored(room, old);
        assertThat(isGone(room, old)).isFalse();

        // As when it was killed before it noted that the lines are on the disk.
        var list = lists.resolve(GoneList.NAME);
        Files.writeString(list, Files.readString(list).repeat(2));
        var restored = TestRetention.over(record, lists);
        assertThat(restored.destroyAgain()).isEqualTo(2);

        assertThat(isGone(room, old)).isTrue();
        assertThat(isGone(room, young)).isTrue();
        assertThat(lines(old)).containsExactly("retention policy version 1");
        assertThat(order(room).path("messages").asInt()).isEqualTo(2);
        assertThat(restored.destroyAgain()).isZero();
        Files.writeString(list, Files.readString(list) + "a line that was never fin");
        assertThat(restored.destroyAgain()).isZero();
        Files.writeString(list, Files.readString(list).replaceFirst("\t", "\tx"));
        assertThatThrownBy(restored::destroyAgain).hasMessageContaining("damaged in line 1");
    }

    @Test
    @Rule("G16")
    void matrixClientsAreToldHowLongMessagesLiveAndMayNotChangeIt() {
        var room = social();
        assertThat(record.rooms.state(room, "m.room.retention", "")).containsExactly("{\"max_lifetime\":7776000000}");
        var configuration = asked(record.nurse, "/_matrix/client/unstable/org.matrix.msc1763/retention/configuration");
        assertThat(configuration
                        .path("policies")
                        .path(room.value())
                        .path("max_lifetime")
                        .asLong())
                .isEqualTo(SOCIAL.toMillis());
        assertThat(configuration.path("policies").path("*").path("max_lifetime").asLong())
                .isEqualTo(CLINICAL.toMillis());
        retention.expire();
        assertThat(record.rooms.state(room, "m.room.retention", "")).hasSize(1);
        assertThat(record.rooms.state(record.room, "m.room.retention", "")).hasSize(1);
        var policy = record.policies.of(TestIdentity.ORGANIZATION.odsCode());
        record.policies.change(
                TestIdentity.ORGANIZATION.odsCode(),
                policy.withRoomKind("social", policy.roomKind("operational")),
                officer,
                "staff asked for it");
        retention.expire();
        assertThat(record.rooms.state(room, "m.room.retention", "")).last().isEqualTo("{\"max_lifetime\":31536000000}");
    }

    @Test
    @Rule("G17")
    void aHoldKeepsTheDisposalFromBeingMarkedAtAll() {
        var room = social();
        record.rooms.message(room, record.nurse, "one");
        record.holds.place(
                new NewHold(TestIdentity.ORGANIZATION.odsCode(), HoldSubject.room(room), officer, "inquiry"));
        pass(SOCIAL);
        pass(UNDO);
        assertThat(asked(officer, DISPOSALS).path("disposals")).isEmpty();
        assertThat(http.get(DISPOSALS, record.token(record.nurse)).errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(http.get(DISPOSALS + "/none", record.token(officer)).errcode())
                .isEqualTo("M_NOT_FOUND");
        assertThat(http.get(retentionOf(room), record.token(record.stranger)).errcode())
                .isEqualTo("M_FORBIDDEN");
    }

    private void sql(String statement) {
        record.ward.database.write(tx -> tx.update(statement).execute());
    }

    private List<String> lines(EventId event) {
        return record.ward.database.read(
                tx -> tx.query("select authority || ' ' || reference from disposal where event_id = :event")
                        .bind("event", event.value())
                        .mapTo(String.class)
                        .list());
    }
}
