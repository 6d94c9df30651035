package lanyard.governance.carerecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import lanyard.platform.db.Tx;
import lanyard.platform.sealing.DestroyedKeyException;
import lanyard.platform.sealing.KeyName;
import lanyard.platform.sealing.SealedDataException;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import lanyard.trust.identity.TestIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a restored backup knows of decisions that the record has.
class AcknowledgedTest {
    private final TestRecord record = new TestRecord();

    @AfterEach
    void stop() {
        record.close();
    }

    private String signed() {
        var source = record.rooms.message(record.room, record.registrar, "furosemide 40");
        var summary = record.rooms.message(record.room, record.pharmacist, "sealed");
        return record.decide(summary, source);
    }

    private void sql(String statement) {
        record.ward.database.write(tx -> tx.update(statement).execute());
    }

    /// Every decision as it was then.
    private void backUp() {
        sql("create table backup as select * from decision");
    }

    private void restore() {
        sql("""
                update decision set status = b.status, document = b.document, reference = b.reference,
                    acknowledged_ts = b.acknowledged_ts, originals_go_ts = b.originals_go_ts, sink = b.sink,
                    pasted_by = b.pasted_by, attempts = b.attempts, next_attempt_ts = b.next_attempt_ts,
                    let_go = b.let_go
                from backup b where b.id = decision.id
                """);
    }

    private String column(String decision, String column) {
        return record.ward.database.read(tx -> text(tx, decision, column));
    }

    private static String text(Tx tx, String decision, String column) {
        return tx.query("select coalesce(cast(" + column + " as text), '') from decision where id = :id")
                .bind("id", decision)
                .mapTo(String.class)
                .one();
    }

    private byte[] sealedInTheBackup(String decision) {
        return record.ward.database.read(tx -> tx.query("select document from backup where id = :id")
                .bind("id", decision)
                .mapTo(byte[].class)
                .one());
    }

    private static KeyName own(String decision) {
        return new KeyName("decision", decision);
    }

    private static byte[] place(String decision) {
        return ("decision\ndocument\n" + decision).getBytes(StandardCharsets.UTF_8);
    }

    private Path list() {
        return record.ground.lists().resolve(Acknowledged.NAME);
    }

    /// A disk that is full, or a directory that somebody took away.
    @Test
    @Rule("G15")
    @Hazard("H05")
    void decisionsReachTheRecordThoughTheListOfThemCannotBeWritten() throws IOException {
        Files.createDirectory(list());
        var first = signed();
        assertThatThrownBy(record.careRecord::deliverDue).isInstanceOf(UncheckedIOException.class);
        assertThat(column(first, "status")).isEqualTo("in_record");
        var second = signed();
        assertThatThrownBy(record.careRecord::deliverDue).isInstanceOf(UncheckedIOException.class);
        assertThat(column(second, "status")).isEqualTo("in_record");
        assertThat(record.ward.keys.find(own(first))).as("not listed").isPresent();

        Files.delete(list());
        record.careRecord.deliverDue();
        assertThat(Files.readString(list())).contains(first, second);
        assertThatThrownBy(() -> record.ward.keys.find(own(first))).isInstanceOf(DestroyedKeyException.class);
    }

    @Test
    @Rule("G16")
    @Hazard("H06")
    void aRestoredBackupOpensAndSendsNothingThatTheRecordHasAcknowledged() {
        var decision = signed();
        backUp();
        var sealed = sealedInTheBackup(decision);
        assertThat(record.ward.keys.find(own(decision)).orElseThrow().open(sealed, place(decision)))
                .asString(StandardCharsets.UTF_8)
                .contains("Furosemide");
        record.careRecord.deliverDue();
        var reference = column(decision, "reference");
        assertThat(record.stub.documents()).hasSize(1);

        restore();
        assertThat(column(decision, "status")).isEqualTo("waiting");
        assertThatThrownBy(() -> record.ward.keys.find(own(decision))).isInstanceOf(DestroyedKeyException.class);
        var outbox = new KeyName("outbox", TestIdentity.ORGANIZATION.odsCode());
        assertThatThrownBy(() -> record.ward.keys.key(outbox).open(sealed, place(decision)))
                .isInstanceOf(SealedDataException.class);

        record.ward.clock.pass(TestRecord.GRACE.multipliedBy(2));
        var restarted = record.started();
        assertThat(restarted.acknowledgeAgain()).isEqualTo(1);
        restarted.deliverDue();
        assertThat(record.stub.documents()).hasSize(1);
        assertThat(column(decision, "status")).isEqualTo("in_record");
        assertThat(column(decision, "reference")).isEqualTo(reference);
        assertThat(column(decision, "document")).isEmpty();
        assertThat(column(decision, "originals_go_ts"))
                .isEqualTo(Long.toString(
                        record.ward.clock.instant().plus(TestRecord.GRACE).toEpochMilli()));
        assertThat(record.rooms.state(record.room, "org.lanyard.decision", decision))
                .last()
                .asString()
                .contains("in_record");
        assertThat(restarted.acknowledgeAgain()).isZero();
    }

    @Test
    @Hazard("H06")
    void whatTheRecordHasNotAcknowledgedIsSentFromARestoredBackup() {
        var had = signed();
        backUp();
        record.careRecord.deliverDue();
        var waiting = signed();
        sql("insert into backup select * from decision where id = '" + waiting + "'");
        record.stub.is(FhirStub.Mood.UNAVAILABLE);
        record.careRecord.deliverDue();
        restore();
        record.stub.is(FhirStub.Mood.GOOD);
        var before = record.stub.documents().size();

        record.ward.clock.pass(TestRecord.GRACE);
        var restarted = record.started();
        assertThat(restarted.acknowledgeAgain()).isEqualTo(1);
        restarted.deliverDue();
        assertThat(record.stub.documents()).hasSize(before + 1);
        assertThat(column(had, "status")).isEqualTo("in_record");
        assertThat(column(waiting, "status")).isEqualTo("in_record");
    }

    /// The acknowledgement was committed, and then the power went.
    @Test
    void whatACrashLeftOffTheListIsListedAndItsKeyGoes() throws Exception {
        var decision = signed();
        record.careRecord.deliverDue();
        var key = record.ward.keys;
        var other = signed();
        sql("update decision set document = null, status = 'in_record', reference = 'Bundle/7', acknowledged_ts = 7,"
                + " originals_go_ts = 8 where id = '" + other + "'");
        assertThat(key.find(own(other))).isPresent();
        assertThat(Files.readString(list())).contains(decision).doesNotContain(other);
        record.started().acknowledgeAgain();
        assertThatThrownBy(() -> key.find(own(other))).isInstanceOf(DestroyedKeyException.class);
        assertThat(Files.readString(list())).contains(decision, other);
        assertThat(column(other, "let_go")).isEqualTo("true");
    }

    @Test
    void aDecisionFromBeforeDecisionsHadKeysIsSentAndThenOpensNoMore() throws IOException {
        var signed = signed();
        var decision = asFromBefore(signed);
        backUp();
        record.careRecord.deliverDue();
        assertThat(record.stub.documents()).hasSize(1);
        assertThat(column(decision, "status")).isEqualTo("in_record");

        restore();
        Files.delete(list());
        record.ward.clock.pass(TestRecord.GRACE);
        var restarted = record.started();
        restarted.deliverDue();
        assertThat(record.stub.documents()).hasSize(1);
        assertThat(column(decision, "status")).isEqualTo("refused");
    }

    /// The same, sealed by the organisation's key. Its new id.
    private String asFromBefore(String decision) {
        var id = UUID.randomUUID().toString();
        sql("alter table decision_source drop constraint decision_source_decision_id_fkey");
        sql("create table before as select document from decision where id = '" + decision + "'");
        var sealed = record.ward.database.read(tx ->
                tx.query("select document from before").mapTo(byte[].class).one());
        var words = new String(
                        record.ward.keys.find(own(decision)).orElseThrow().open(sealed, place(decision)),
                        StandardCharsets.UTF_8)
                .replace(decision, id)
                .getBytes(StandardCharsets.UTF_8);
        var outbox = record.ward.keys.key(new KeyName("outbox", TestIdentity.ORGANIZATION.odsCode()));
        record.ward.database.write(tx -> tx.update("update decision set id = :id, document = :document where id = :was")
                .bind("id", id)
                .bind("document", outbox.seal(words, place(id)))
                .bind("was", decision)
                .execute());
        sql("update decision_source set decision_id = '" + id + "'");
        return id;
    }
}
