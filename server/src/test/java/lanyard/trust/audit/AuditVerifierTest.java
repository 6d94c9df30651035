package lanyard.trust.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import lanyard.platform.sealing.KeyStore;
import lanyard.standards.matrix.ServerName;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.Test;

@Rule("G39")
class AuditVerifierTest extends AuditFixture {
    @Test
    void anUntouchedLogHolds() {
        deeds(3);
        audit.checkpoint();
        deeds(10);
        audit.checkpoint();
        deed("!last");

        assertThat(verify()).isEqualTo(new Finding.Sound(14, 0, 2, 1));
    }

    @Test
    void aChangedHashIsNamed() {
        deeds(5);
        audit.checkpoint();
        tamper("update audit_leaf set leaf_hash = sha256('x') where leaf_index = 3");

        assertBroken("Slot " + slot() + ", entry 3", "changed");
    }

    @Test
    void aChangedContentIsNamed() {
        deeds(5);
        audit.checkpoint();
        tamper("update audit_leaf set sealed = set_byte(sealed, 30, 7 # get_byte(sealed, 30)) where leaf_index = 2");

        assertBroken("entry 2", "does not open");
    }

    @Test
    void aChangedTimeIsNamed() {
        deeds(5);
        audit.checkpoint();
        tamper("update audit_leaf set ts = ts + 1 where leaf_index = 2");

        assertBroken("entry 2", "changed");
    }

    @Test
    void aMissingRowIsNamed() {
        deeds(5);
        audit.checkpoint();
        tamper("delete from audit_leaf where leaf_index = 2");

        assertBroken("entry 2 is missing");
    }

    @Test
    void aMissingRowClosedUpIsFound() {
        deeds(5);
        audit.checkpoint();
        tamper(
                "delete from audit_leaf where leaf_index = 2",
                "update audit_leaf set leaf_index = 2 where leaf_index = 4");

        assertBroken("entry 2");
    }

    @Test
    void c16ATruncatedTableIsFoundByTheWitnessEvenWithoutItsCheckpoints() {
        deeds(3);
        audit.checkpoint();
        deeds(2);
        audit.checkpoint();
        tamper("delete from audit_leaf where leaf_index > 2", "delete from audit_checkpoint where seq = 2");

        assertBroken("entry 3 is missing", "witness", "5 entries");
    }

    @Test
    void anEmptiedTableIsFound() {
        deeds(3);
        audit.checkpoint();
        tamper("delete from audit_leaf", "delete from audit_checkpoint");

        assertBroken("entry 0 is missing");
    }

    @Test
    void exchangedRowsAreFound() {
        deeds(5);
        audit.checkpoint();
        tamper(
                "update audit_leaf set leaf_index = 99 where leaf_index = 1",
                "update audit_leaf set leaf_index = 1 where leaf_index = 2",
                "update audit_leaf set leaf_index = 2 where leaf_index = 99");

        assertBroken("entry 1");
    }

    @Test
    void anInsertedRowWithoutTheKeysIsFound() {
        deeds(3);
        tamper("""
                insert into audit_leaf (slot, leaf_index, ts, sealed, leaf_hash)
                select slot, 3, ts, sealed, leaf_hash from audit_leaf where leaf_index = 2
                """);

        assertBroken("entry 3", "does not open");
    }

    @Test
    void anInsertedBlankRowIsFound() {
        deeds(3);
        tamper("""
                insert into audit_leaf (slot, leaf_index, ts, leaf_hash)
                select slot, 3, ts, leaf_hash from audit_leaf where leaf_index = 2
                """);

        assertBroken("entry 3 is blank");
    }

    /// Somebody who holds the keys as well can make rows that open, but not the roots that were signed.
    @Test
    void aRowRewrittenWithTheRightKeysIsFoundByTheSignedRoot() {
        deeds(5);
        audit.checkpoint();
        var ts = database.read(tx -> tx.query("select ts from audit_leaf where leaf_index = 2")
                .mapTo(Long.class)
                .one());
        var forged = Leaf.sealed(
                new Leaf.Place(slot(), 2),
                ts,
                new Leaf.Opened(keys.newSalt(), new AuditEntry("hold.lifted", "@x:y", "!z", "forged").canonical(ts)),
                keys.month(AuditKeys.monthOf(ts)));
        database.write(tx -> {
            tx.update("alter table audit_leaf disable trigger all").execute();
            return tx.update("update audit_leaf set sealed = :sealed, leaf_hash = :hash where leaf_index = 2")
                    .bind("sealed", forged.sealed())
                    .bind("hash", forged.hash())
                    .execute();
        });

        assertBroken("entries from 0 to 4", "checkpoint");
    }

    @Test
    void aForgedCheckpointIsFound() {
        deeds(5);
        audit.checkpoint();
        tamper("update audit_checkpoint set note = replace(note, E'\\n5\\n', E'\\n4\\n')");

        assertBroken("signature");
    }

    @Test
    void aRemovedCheckpointIsFound() {
        deeds(2);
        audit.checkpoint();
        deeds(2);
        audit.checkpoint();
        tamper("delete from audit_checkpoint where seq = 1");

        assertBroken("Checkpoint 1 is missing");
    }

    @Test
    void aCutWitnessFileIsFound() throws IOException {
        deeds(2);
        audit.checkpoint();
        deeds(2);
        audit.checkpoint();
        Files.write(witnessFile, Files.readAllLines(witnessFile).subList(0, 1));

        assertBroken("not in the witness file");
    }

    @Test
    void aMissingWitnessFileIsFound() throws IOException {
        deeds(2);
        audit.checkpoint();
        Files.delete(witnessFile);

        assertBroken("witness file", "missing");
    }

    @Test
    void anotherServersKeyDoesNotVerify() {
        deeds(2);
        audit.checkpoint();
        var other = new AuditKeys(
                KeyStore.open(data.resolve("other"), () -> now, new SecureRandom()),
                new SecureRandom(),
                new ServerName("ward.example"));

        assertThat(new AuditVerifier(
                                keys, new Witness(witnessFile), other.notes().verifierKey())
                        .verify(database))
                .isInstanceOf(Finding.Broken.class);
        assertThat(new AuditVerifier(
                                keys, new Witness(witnessFile), keys.notes().verifierKey())
                        .verify(database))
                .isInstanceOf(Finding.Sound.class);
    }

    @Test
    void aCrashBetweenWitnessAndTableStillVerifies() {
        deeds(2);
        var slot = slot();
        var range = new CompactRange();
        database.read(tx -> new AuditStore().hashes(tx, slot, 0, 2)).forEach(leaf -> range.add(leaf.hash()));
        new Witness(witnessFile).append(keys.sign(new Checkpoint(slot, 2, range.root(), Checkpoint.first())));
        assertThat(verify()).isInstanceOf(Finding.Sound.class);
        audit.checkpoint();

        assertThat(verify()).isEqualTo(new Finding.Sound(2, 0, 1, 0));
    }

    @Test
    void anEntryBlankedWithoutARecordIsFound() {
        deeds(3);
        audit.checkpoint();
        database.write(tx -> tx.update("update audit_leaf set sealed = null where leaf_index = 1")
                .execute());

        assertBroken("entry 1 is blank");
    }

    @Test
    void aRowOfADestroyedMonthCannotBeExchangedEither() {
        deeds(4);
        audit.checkpoint();
        keyStore.destroy(AuditKeys.nameOf(java.time.YearMonth.of(2026, 6)), "retention has run out");
        tamper("update audit_leaf set leaf_hash = sha256('x') where leaf_index = 3");

        assertBroken("entries from 0 to 3");
    }

    @Test
    void theCommandExitsWithOneAndNamesThePlace() {
        deeds(3);
        audit.checkpoint();
        assertThat(command().exit()).isZero();
        assertThat(command().out()).contains("The audit log holds: 3 entries");

        tamper("delete from audit_leaf where leaf_index = 1");

        assertThat(command().exit()).isOne();
        assertThat(command().out()).contains("Slot " + slot() + ", entry 1 is missing");
    }

    private record Run(int exit, String out) {}

    private Run command() {
        var out = new java.io.StringWriter();
        var printer = new java.io.PrintWriter(out);
        var exit = new picocli.CommandLine(new VerifyAudit(path -> new VerifyAudit.Opened(database, keys, () -> {})))
                .setOut(printer)
                .setErr(printer)
                .execute("--data", data.toString());
        return new Run(exit, out.toString());
    }
}
