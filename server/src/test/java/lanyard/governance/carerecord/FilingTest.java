package lanyard.governance.carerecord;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import lanyard.platform.http.TestHttp;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/// Where decisions are saved to a folder, the record has one when somebody, or what empties the folder, says where.
class FilingTest {
    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();
    private Chosen sink;
    private TestRecord record;
    private TestHttp http;
    private EventId source;
    private EventId summary;

    @BeforeEach
    void start() {
        sink = new Chosen(new FolderSink(folder));
        record = new TestRecord(sink);
        http = TestHttp.serving(record.careRecord);
        source = record.rooms.message(record.room, record.registrar, "Give furosemide 40?");
        summary = record.rooms.message(record.room, record.pharmacist, "sealed");
    }

    @AfterEach
    void close() {
        http.close();
        record.close();
    }

    private String saved() {
        var id = record.decide(summary, source);
        record.careRecord.deliverDue();
        assertThat(shown(id).get("status").stringValue()).isEqualTo("saved_to_folder");
        return id;
    }

    @Test
    @Rule("G15")
    void theAppIsToldWhereDecisionsGo() {
        var answer = http.get("/_lanyard/v1/record", record.token(record.nurse));
        assertThat(answer.json().get("sink").stringValue()).isEqualTo("folder");
        assertThat(http.get("/_lanyard/v1/record", null).status()).isEqualTo(401);
        assertThat(state(saved())).contains("\"sink\":\"folder\"");
    }

    @Test
    @Rule("G15")
    @Rule("G16")
    @Hazard("H06")
    void whatLiesInAFolderKeepsItsMessagesHoweverLongUntilItIsSaidToBeInTheRecord() throws IOException {
        var id = saved();
        record.ward.clock.pass(TestRecord.GRACE.multipliedBy(30));
        record.careRecord.hearOfFiled();
        assertThat(isReleased(id)).isFalse();
        assertThat(shown(id).has("originals_go_ts")).isFalse();
        assertThat(recorded()).as("what was chosen for the record stays too").isEmpty();

        Files.writeString(folder.resolve(id + ".json.filed"), "EPR 4711\n");
        record.careRecord.hearOfFiled();
        var shown = shown(id);
        assertThat(shown.get("status").stringValue()).isEqualTo("in_record");
        assertThat(shown.get("sink").stringValue()).isEqualTo("folder");
        assertThat(shown.get("reference").stringValue()).isEqualTo("EPR 4711");
        assertThat(shown.get("originals_go_ts").longValue())
                .isEqualTo(record.ward.clock.millis() + TestRecord.GRACE.toMillis());
        assertThat(state(id)).contains("in_record", "EPR 4711");
        assertThat(isReleased(id)).isFalse();
        record.ward.clock.pass(TestRecord.GRACE);
        assertThat(isReleased(id)).isTrue();
        assertThat(recorded()).containsExactly(source);
    }

    @Test
    @Rule("G15")
    @Hazard("H06")
    void whoEnteredItFromTheFolderVouchesForItWithFreshProof() {
        var id = saved();
        assertThat(pasted(id, record.stranger, "EPR 4711").errcode()).isEqualTo("M_NOT_FOUND");
        assertThat(pasted(id, record.nurse, " ").errcode()).isEqualTo("M_INVALID_PARAM");
        assertThat(pasted(id, record.nurse, "EPR 4711").status()).isEqualTo(200);
        var shown = shown(id);
        assertThat(shown.get("status").stringValue()).isEqualTo("pasted");
        assertThat(shown.get("pasted_by").stringValue()).isEqualTo(record.nurse.value());
        assertThat(pasted(id, record.nurse, "EPR 4712").errcode()).isEqualTo("M_BAD_STATE");
        record.ward.clock.pass(TestRecord.GRACE);
        assertThat(isReleased(id)).isTrue();
    }

    @Test
    @Rule("G15")
    @Hazard("H05")
    void whatNobodyEntersIsOverdueAndThenTheLeadsUntilSomebodyDoes() throws IOException {
        var id = saved();
        pass(Duration.ofHours(4));
        assertThat(state(id)).contains("\"overdue\":true", "m.mentions");
        pass(Overdue.TO_THE_LEAD);
        assertThat(listed(record.registrar)).contains(id);
        assertThat(shown(id).has("overdue_ts")).isTrue();
        assertThat(pasted(id, record.nurse, "EPR 4711").errcode()).isEqualTo("ORG_LANYARD_STEP_UP");
        Files.writeString(folder.resolve(id + ".json.filed"), "EPR 4711\n");
        record.careRecord.hearOfFiled();
        assertThat(listed(record.registrar)).doesNotContain(id);
        assertThat(state(id)).doesNotContain("overdue");
        assertThat(shown(id).has("overdue_ts")).isFalse();
    }

    /// Nobody is to enter it any more: what is still to be entered is the mark.
    @Test
    @Rule("G15")
    @Hazard("H06")
    void whatLiesInAFolderAndWasMarkedInErrorIsNotOverdueAndItsMarkIs() {
        var id = saved();
        pass(Duration.ofHours(1));
        var mark = marked(id);
        assertThat(shown(id).get("status").stringValue()).isEqualTo("saved_to_folder");
        var told = record.rooms.state(record.room, "org.lanyard.decision", id);
        pass(Duration.ofHours(3));
        assertThat(record.rooms.state(record.room, "org.lanyard.decision", id)).isEqualTo(told);
        pass(Duration.ofHours(1));
        assertThat(state(id)).as("of the mark").contains("m.mentions").doesNotContain("overdue");
        pass(Overdue.TO_THE_LEAD);
        assertThat(listed(record.registrar)).contains(mark).doesNotContain(id + "\"");
        assertThat(shown(id).has("overdue_ts")).isFalse();
    }

    private String marked(String id) {
        var error = Json.object().put("request_id", "e1").put("reason", "wrong_patient");
        var mark = http.post("/_lanyard/v1/decisions/" + id + "/error", record.token(record.pharmacist), error)
                .json()
                .get("decision_id")
                .stringValue();
        record.careRecord.deliverDue();
        return mark;
    }

    /// What the organisation's settings say, which may be changed.
    private static final class Chosen implements RecordSink {
        private RecordSink now;

        Chosen(RecordSink now) {
            this.now = now;
        }

        @Override
        public Kind kind() {
            return now.kind();
        }

        @Override
        public Outcome deliver(UUID decision, byte[] document) {
            return now.deliver(decision, document);
        }

        @Override
        public Outcome deliverImage(UUID decision, RecordImage image) {
            return now.deliverImage(decision, image);
        }

        @Override
        public Optional<String> findFiled(String kept) {
            return now.findFiled(kept);
        }
    }

    @Test
    @Rule("G15")
    @Hazard("H05")
    void afterTheSinkHasChangedItIsStillHeardOfWhatLiesInTheFolder() throws IOException {
        var id = saved();
        sink.now = new AfterFolder(new PasteSink(), new FolderSink(folder));
        var later = record.decide(record.rooms.message(record.room, record.pharmacist, "sealed too"), source);
        record.careRecord.deliverDue();
        Files.writeString(folder.resolve(id + ".json.filed"), "EPR 4711\n");
        record.careRecord.hearOfFiled();
        assertThat(shown(id).get("status").stringValue()).isEqualTo("in_record");
        assertThat(shown(id).get("sink").stringValue()).isEqualTo("folder");
        assertThat(shown(later).get("status").stringValue()).isEqualTo("to_paste");
    }

    @Test
    @Rule("G15")
    void oneThatCannotBeFiledStandsInTheWayOfNoOther() throws IOException {
        var picture = savedWithPicture();
        var id = record.decide(summary, source);
        record.careRecord.deliverDue();
        record.careRecord.tells((commit, media, by, reference) -> {
            throw new IllegalStateException("the picture is not told");
        });
        for (var one : List.of(picture + ".json", picture(picture), id + ".json")) {
            Files.writeString(folder.resolve(one + ".filed"), "EPR 4711\n");
        }
        record.careRecord.hearOfFiled();
        assertThat(shown(picture).get("status").stringValue()).isEqualTo("saved_to_folder");
        assertThat(shown(id).get("status").stringValue()).isEqualTo("in_record");
        record.careRecord.tells((commit, media, by, reference) -> told.add(media));
        record.careRecord.hearOfFiled();
        assertThat(shown(picture).get("status").stringValue()).isEqualTo("in_record");
    }

    @Test
    @Rule("G15")
    @Hazard("H06")
    void aPictureIsInTheRecordWhenThatIsSaidOfItToo() throws IOException {
        record.careRecord.tells((commit, media, by, reference) -> told.add(media + " " + reference));
        var id = savedWithPicture();
        assertThat(told).isEmpty();
        Files.writeString(folder.resolve(id + ".json.filed"), "EPR 4711\n");
        record.careRecord.hearOfFiled();
        assertThat(shown(id).get("status").stringValue()).isEqualTo("saved_to_folder");
        assertThat(told).isEmpty();
        Files.writeString(folder.resolve(picture(id) + ".filed"), "EPR 4712\n");
        record.careRecord.hearOfFiled();
        assertThat(shown(id).get("status").stringValue()).isEqualTo("in_record");
        assertThat(told).containsExactly("aPicture EPR 4711");
    }

    @Test
    @Rule("G15")
    void whoVouchesForADecisionFromTheFolderDoesSoWithItsPictures() {
        record.careRecord.tells((commit, media, by, reference) -> told.add(media + " " + reference));
        var id = savedWithPicture();
        assertThat(pasted(id, record.nurse, "EPR 4711").status()).isEqualTo(200);
        assertThat(told).containsExactly("aPicture EPR 4711");
    }

    private String savedWithPicture() {
        var room = "/_lanyard/v1/rooms/" + record.room.value();
        var token = record.token(record.pharmacist);
        var jpeg = new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 1};
        assertThat(http.send("PUT", room + "/decision-images/aPicture", token, jpeg)
                        .status())
                .isEqualTo(200);
        var body = record.body(summary, source);
        body.putArray("image_media_ids").add("aPicture");
        var id = http.post(room + "/decisions", token, body)
                .json()
                .get("decision_id")
                .stringValue();
        record.careRecord.deliverDue();
        assertThat(shown(id).get("status").stringValue()).isEqualTo("saved_to_folder");
        return id;
    }

    private String picture(String id) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(id + "-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /// The mark lies in the folder too: until it is in the record, nobody there has read it.
    @Test
    @Rule("G15")
    @Hazard("H06")
    void aMarkOfErrorInTheFolderIsNotYetWhatTheRecordSays() {
        var id = saved();
        assertThat(pasted(id, record.nurse, "EPR 4711").status()).isEqualTo(200);
        var marked = marked(id);
        assertThat(isAwaited()).isTrue();
        assertThat(pasted(marked, record.nurse, "EPR 4713").status()).isEqualTo(200);
        assertThat(isAwaited()).isFalse();
    }

    @Test
    @Hazard("H06")
    void aRestoredDatabaseLearnsThatItWasEnteredAndByWhom() {
        var id = record.decide(summary, source);
        record.ward.database.write(
                tx -> tx.update("create table backup as select * from decision").execute());
        record.careRecord.deliverDue();
        assertThat(pasted(id, record.nurse, "EPR 4711").status()).isEqualTo(200);
        record.careRecord.deliverDue();
        record.ward.database.write(tx -> tx.update("""
                        update decision set status = b.status, document = b.document, reference = b.reference,
                            acknowledged_ts = b.acknowledged_ts, originals_go_ts = b.originals_go_ts,
                            pasted_by = b.pasted_by, let_go = b.let_go
                        from backup b where b.id = decision.id
                        """).execute());
        assertThat(shown(id).get("status").stringValue()).isEqualTo("waiting");
        assertThat(record.started().acknowledgeAgain()).isEqualTo(1);
        assertThat(shown(id).get("status").stringValue()).isEqualTo("pasted");
        assertThat(shown(id).get("pasted_by").stringValue()).isEqualTo(record.nurse.value());
        assertThat(shown(id).get("reference").stringValue()).isEqualTo("EPR 4711");
    }

    private void pass(Duration time) {
        record.ward.clock.pass(time);
        record.careRecord.remindDue();
    }

    private boolean isReleased(String id) {
        return record.ward.database.write(tx -> record.careRecord
                .lockForDisposal(tx, UUID.fromString(id), record.ward.clock.instant())
                .isPresent());
    }

    private boolean isAwaited() {
        return record.ward.database.read(tx -> record.careRecord.isAwaited(tx, record.room));
    }

    private List<EventId> recorded() {
        return record.ward.database.read(tx -> record.careRecord.listAcknowledged(tx, List.of(source)));
    }

    private TestHttp.Answer pasted(String id, UserId by, String reference) {
        return http.post(
                "/_lanyard/v1/decisions/" + id + "/pasted",
                record.token(by),
                Json.object().put("reference", reference));
    }

    private ObjectNode shown(String id) {
        return http.get("/_lanyard/v1/decisions/" + id, record.token(record.nurse))
                .json();
    }

    private String state(String id) {
        return record.rooms.state(record.room, "org.lanyard.decision", id).getLast();
    }

    private String listed(UserId user) {
        return http.get("/_lanyard/v1/worklist/decisions", record.token(user))
                .json()
                .toString();
    }
}
