package lanyard.governance.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.YearMonth;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import lanyard.governance.carerecord.TestRecord;
import lanyard.messaging.media.Media;
import lanyard.platform.http.TestHttp;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.DestroyedKeyException;
import lanyard.platform.sealing.Hashes;
import lanyard.platform.sealing.KeyName;
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

/// What goes beside messages: files, and months of the custodian's mail.
class FileExpiryTest {
    private static final Duration KEPT = Duration.ofDays(366);
    private static final Duration UNDO = Duration.ofDays(7);
    private static final String ORGANIZATION = TestIdentity.ORGANIZATION.odsCode();

    @TempDir
    Path directory;

    private TestRecord record;
    private Retention retention;
    private Media media;
    private TestHttp http;
    private TestHttp upload;
    private UserId officer;

    @BeforeEach
    void start() {
        record = new TestRecord(new AgreeableRecord());
        retention = TestRetention.over(record, directory);
        media = TestRetention.media(record, directory);
        http = TestHttp.serving(retention);
        upload = TestHttp.serving(media);
        officer = record.recordsOfficer();
    }

    @AfterEach
    void stop() {
        upload.close();
        http.close();
        record.close();
    }

    private String uploaded(UserId by) {
        return TestRetention.uploaded(upload, record.token(by));
    }

    private boolean isGone(String file) {
        return media.find(file).orElseThrow().gone();
    }

    private int waiting() {
        return http.get("/_lanyard/v1/retention/worklist", record.token(officer))
                .json()
                .path("files")
                .size();
    }

    @Test
    @Rule("G16")
    @Hazard("H06")
    void aPictureOfSomebodyInAClinicalConversationGoesOnlyWithAClinicianSayingWhyOrTheRecordHavingIt() {
        var picture = uploaded(record.nurse);
        var other = uploaded(record.nurse);
        record.ward.clock.pass(KEPT);
        retention.expire();
        assertThat(isGone(picture)).isFalse();
        assertThat(waiting()).isEqualTo(2);
        var path = "/_lanyard/v1/files/" + picture + "/not-needed";
        var why = Json.object().put("reason", "the wound is described, the picture was blurred");
        assertThat(http.post(path, record.token(record.stranger), why).errcode())
                .isEqualTo("M_NOT_FOUND");
        assertThat(http.post(path, record.token(record.registrar), Json.object().put("reason", " "))
                        .errcode())
                .isEqualTo("M_INVALID_PARAM");
        assertThat(http.post(path, record.token(record.registrar), why).status())
                .isEqualTo(200);
        assertThat(http.post(path, record.token(record.registrar), why).errcode())
                .isEqualTo("M_BAD_STATE");
        record.ward.writer.write(commit -> {
            retention.fileIsInRecord(commit, other, record.registrar, "Binary/7");
            return other;
        });
        retention.expire();
        assertThat(isGone(picture)).as("it can still be called off").isFalse();
        pass(UNDO);
        assertThat(isGone(picture)).isTrue();
        assertThat(isGone(other)).isTrue();
        assertThat(waiting()).isZero();
        isCertified(List.of(picture, other));
    }

    @Test
    @Rule("G16")
    void aConversationThatCannotBeDisposedOfKeepsNoFileBack() {
        var room = record.rooms.room("social", record.nurse, record.registrar);
        var said = record.rooms.message(room, record.nurse, "one");
        var picture = uploaded(record.nurse);
        record.ward.writer.write(commit -> {
            retention.fileIsInRecord(commit, picture, record.registrar, "Binary/7");
            return picture;
        });
        record.ward.clock.pass(KEPT);
        retention.expire();
        record.ward.database.write(tx -> tx.update("update event set body = :body where event_id = :id")
                .bind("body", new byte[64])
                .bind("id", said.value())
                .execute());
        record.ward.clock.pass(UNDO);
        assertThatThrownBy(retention::expire).isInstanceOf(RuntimeException.class);
        assertThat(isGone(picture)).isTrue();
    }

    @Test
    @Rule("G16")
    void ofAPictureWhoseOwnerHasLeftAClinicianOfTheirConversationStillSays() {
        var picture = uploaded(record.nurse);
        record.rooms.leave(record.room, record.nurse);
        var path = "/_lanyard/v1/files/" + picture + "/not-needed";
        var why = Json.object().put("reason", "the wound is described");
        assertThat(http.post(path, record.token(record.stranger), why).errcode())
                .isEqualTo("M_NOT_FOUND");
        assertThat(http.post(path, record.token(record.registrar), why).status())
                .isEqualTo(200);
    }

    private void isCertified(List<String> files) {
        record.ward.audit.checkpoint();
        var list = http.get("/_lanyard/v1/certificates", record.token(officer))
                .json()
                .path("certificates");
        assertThat(list).hasSize(1);
        var id = list.get(0).path("certificate_id").asString("");
        var certificate = http.get("/_lanyard/v1/certificates/" + id, record.token(officer))
                .json();
        assertThat(certificate.path("kind").asString("")).isEqualTo("file");
        assertThat(certificate.path("messages").asInt()).isEqualTo(files.size());
        var chain = new byte[32];
        for (var file : files.stream().sorted().toList()) {
            chain = Hashes.sha256(chain, file.getBytes(StandardCharsets.UTF_8));
        }
        var proof = certificate.path("proof");
        assertThat(proof.path("lines_sha256").asString(""))
                .isEqualTo(HexFormat.of().formatHex(chain));
        assertThat(proof.path("audit_action").asString("")).isEqualTo("files.destroyed");
        assertThat(proof.path("inclusion").path("index")).isEqualTo(proof.path("audit_index"));
        assertThat(certificate.path("places").path("keys").path("gone").asBoolean())
                .isTrue();
        assertThat(certificate.path("places").path("phones").asString("")).isEqualTo("unknown");
    }

    @Test
    @Rule("G15")
    @Rule("G16")
    @Hazard("H06")
    void aPictureThatADecisionTookIntoTheRecordGoesAndOneThatAStrangerSaysSoOfDoesNot() {
        record.careRecord.tells(retention::fileIsInRecord);
        var picture = uploaded(record.nurse);
        var other = uploaded(record.nurse);
        var jpeg = new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 1};
        try (var decisions = TestHttp.serving(record.careRecord)) {
            var room = "/_lanyard/v1/rooms/" + record.room.value();
            var token = record.token(record.pharmacist);
            decisions.send("PUT", room + "/decision-images/" + picture, token, jpeg);
            var source = record.rooms.message(record.room, record.nurse, "sealed picture");
            var body = record.body(record.rooms.message(record.room, record.pharmacist, "sealed"), source);
            body.putArray("image_media_ids").add(picture);
            assertThat(decisions.post(room + "/decisions", token, body).status())
                    .isEqualTo(201);
        }
        record.ward.writer.write(commit -> {
            retention.fileIsInRecord(commit, other, record.stranger, "Binary/7");
            return other;
        });
        record.ward.clock.pass(KEPT);
        retention.expire();
        assertThat(isGone(picture)).as("not yet there").isFalse();
        record.careRecord.deliverDue();
        retention.expire();
        pass(UNDO);
        assertThat(isGone(picture)).isTrue();
        assertThat(isGone(other)).isFalse();
    }

    @Test
    @Rule("G17")
    void aFileGoesWithItsTimeUnlessAHoldCoversItsOwner() {
        var porter = record.ward.person("pat", "Pat Porter");
        record.rooms.room("social", porter, record.nurse);
        var held = uploaded(porter);
        var hold = record.holds.place(new NewHold(ORGANIZATION, HoldSubject.person(porter), officer, "complaint"));
        record.ward.clock.pass(Duration.ofDays(364));
        retention.expire();
        assertThat(isGone(held)).isFalse();
        record.ward.clock.pass(Duration.ofDays(2));
        retention.expire();
        assertThat(isGone(held)).isFalse();
        assertThat(orders()).as("what is held is not even marked").isEmpty();
        record.holds.lift(hold, officer, "closed");
        retention.expire();
        assertThat(orders()).hasSize(1);
        var late = record.holds.place(new NewHold(ORGANIZATION, HoldSubject.person(porter), officer, "inquest"));
        pass(UNDO);
        assertThat(isGone(held)).isFalse();
        assertThat(orders().getFirst()).satisfies(order -> {
            assertThat(order.state()).isEqualTo(Order.State.DESTROYED);
            assertThat(order.gone()).isZero();
        });
        record.holds.lift(late, officer, "closed");
        retention.expire();
        pass(UNDO);
        assertThat(isGone(held)).isTrue();
        assertThat(orders()).hasSize(2);
        assertThat(waiting()).isZero();
    }

    /// A hold on somebody who was in no conversation at all covers their files too.
    @Test
    @Rule("G17")
    @Hazard("H06")
    void aHoldOnAPersonKeepsFilesThatTheySentNowhere() {
        var porter = record.ward.person("pat", "Pat Porter");
        var file = uploaded(porter);
        record.holds.place(new NewHold(ORGANIZATION, HoldSubject.person(porter), officer, "complaint"));
        pass(KEPT);
        pass(UNDO);
        assertThat(isGone(file)).isFalse();
    }

    private void pass(Duration time) {
        record.ward.clock.pass(time);
        retention.expire();
    }

    private List<FileOrder> orders() {
        return retention.files().list(ORGANIZATION, 10);
    }

    @Test
    @Rule("G16")
    @Hazard("H06")
    void c6AScheduleForFilesThatIsShortenedDestroysNoneTheSameDay() {
        var file = uploaded(record.ward.person("pat", "Pat Porter"));
        pass(Duration.ofDays(40));
        assertThat(orders()).isEmpty();
        var shorter = record.policies.of(ORGANIZATION);
        for (var kind : Schedule.kinds()) {
            var rule = shorter.roomKind(kind).keeping(Duration.ofDays(30), Duration.ofDays(30));
            shorter = shorter.withRoomKind(kind, rule);
        }
        record.policies.change(ORGANIZATION, shorter, officer, "to be rid of it");
        retention.expire();
        retention.expire();
        assertThat(isGone(file)).isFalse();
        assertThat(orders()).hasSize(1);
        pass(UNDO.minusMillis(1));
        assertThat(isGone(file)).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(isGone(file)).isTrue();
        assertThat(orders()).singleElement().satisfies(order -> {
            assertThat(order.state()).isEqualTo(Order.State.DESTROYED);
            assertThat(order.gone()).isOne();
        });
    }

    @Test
    @Rule("G16")
    void aMarkedFileIsCalledOffRestsAndIsMarkedAgain() {
        var file = uploaded(record.ward.person("pat", "Pat Porter"));
        pass(KEPT);
        var order = orders().getFirst().id();
        assertThatThrownBy(() -> callOff(order, " ")).hasMessageContaining("Say why");
        callOff(order, "the schedule is being changed back");
        assertThatThrownBy(() -> callOff(order, "again")).hasMessageContaining("no longer");
        pass(UNDO);
        assertThat(isGone(file)).isFalse();
        assertThat(orders())
                .singleElement()
                .satisfies(one -> assertThat(one.state()).isEqualTo(Order.State.CALLED_OFF));
        pass(Duration.ofDays(21));
        assertThat(orders()).hasSize(2);
        pass(UNDO);
        assertThat(isGone(file)).isTrue();
    }

    private void callOff(String order, String reason) {
        record.ward.writer.write(commit -> retention.files().callOff(commit, order, officer, reason));
    }

    /// What had not run out when the policy was changed back is asked again, and stays.
    @Test
    @Rule("G16")
    void aFileWhoseTimeWasLengthenedAfterTheMarkStays() {
        var file = uploaded(record.ward.person("pat", "Pat Porter"));
        pass(KEPT);
        assertThat(orders()).hasSize(1);
        var longer = record.policies.of(ORGANIZATION);
        var social = longer.roomKind("social").keeping(Duration.ofDays(90), Duration.ofDays(800));
        record.policies.change(ORGANIZATION, longer.withRoomKind("social", social), officer, "an inquiry is coming");
        pass(UNDO);
        assertThat(isGone(file)).isFalse();
    }

    @Test
    @Rule("G16")
    @Hazard("H06")
    void anAdministratorMayDestroyWhatTheScheduleWouldAndNothingElse() {
        var file = uploaded(record.ward.person("pat", "Pat Porter"));
        assertThat(whyKept(file)).hasValueSatisfying(why -> assertThat(why).contains("has not run out"));
        pass(KEPT);
        assertThat(whyKept(file)).hasValueSatisfying(why -> assertThat(why).contains("can still be called off"));
        record.ward.clock.pass(UNDO);
        assertThat(whyKept(file)).isEmpty();
        var picture = uploaded(record.nurse);
        pass(KEPT);
        assertThat(whyKept(picture)).hasValueSatisfying(why -> assertThat(why).contains("health record"));
    }

    private Optional<String> whyKept(String file) {
        var administration = retention.fileEnd();
        var known = media.find(file).orElseThrow();
        return record.ward.database.write(tx -> administration.whyKept(tx, known));
    }

    @Test
    @Rule("G16")
    void theCustodianForgetsAMonthOnceNothingIsLeftThatItsMailOpens() {
        var said = YearMonth.of(2026, 11);
        var key = new KeyName("custodian", ORGANIZATION + "/general/" + said);
        record.ward.keys.key(key);
        sql("""
                insert into custodian_identity (organization, ceremony, user_id, master_key, self_signing_key,
                    sealed_identity, held_ts)
                values ('TEST1', 'one', '@records:ward.test', '', '', '', 0)
                """);
        sql("""
                insert into custodian_month (organization, month, ceremony, user_id, device_id, device_keys,
                    fallback_name, fallback_key, sealed_account)
                values ('TEST1', '2026-11', 'one', '@records:ward.test', 'D1', '', '', '', '')
                """);
        sql("""
                insert into custodian_mailbox (organization, month, device_id, sender, sender_device, ts, type, sealed)
                values ('TEST1', '2026-11', 'D1', '@jo:ward.test', 'X', 0, 'm.room.encrypted', '')
                """);
        var room = record.rooms.room("social", record.nurse, record.registrar);
        record.rooms.message(room, record.nurse, "cake");
        record.rooms.message(record.room, record.nurse, "BP 80/40");
        record.ward.clock.pass(Duration.ofDays(200));
        retention.expire();
        record.ward.clock.pass(Duration.ofDays(200));
        retention.expire();
        assertThat(record.ward.keys.find(key)).isPresent();
        http.put(
                TestRetention.retentionOf(record.room),
                record.token(record.registrar),
                TestRetention.choice("nothing_to_record"));
        retention.expire();
        record.ward.clock.pass(Duration.ofDays(7));
        retention.expire();
        retention.expire();
        assertThatThrownBy(() -> record.ward.keys.find(key)).isInstanceOf(DestroyedKeyException.class);
        assertThat(record.ward.database.<Long>read(tx -> tx.query("select count(*) from custodian_mailbox")
                        .mapTo(Long.class)
                        .one()))
                .isZero();
    }

    private void sql(String statement) {
        record.ward.database.write(tx -> tx.update(statement).execute());
    }
}
