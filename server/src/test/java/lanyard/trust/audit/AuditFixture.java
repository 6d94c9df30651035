package lanyard.trust.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import lanyard.platform.db.Database;
import lanyard.platform.db.TestDatabase;
import lanyard.platform.sealing.KeyStore;
import lanyard.platform.stream.Writer;
import lanyard.standards.matrix.ServerName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A log in a database of its own, with its witness file and keys, and somebody who tampers with it.
abstract class AuditFixture {
    @TempDir
    Path data;

    Instant now = Instant.parse("2026-06-30T23:59:58Z");
    Database database;
    Writer writer;
    KeyStore keyStore;
    AuditKeys keys;
    Audit audit;
    Path witnessFile;

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        witnessFile = data.resolve("audit").resolve("checkpoints.log");
        keyStore = KeyStore.open(data.resolve("keys"), () -> now, new SecureRandom());
        restart();
    }

    final void restart() {
        if (writer != null) {
            writer.close();
        }
        writer = Writer.start(database, "node");
        keys = new AuditKeys(keyStore, new SecureRandom(), new ServerName("ward.example"));
        audit = new Audit(database, keys, new Witness(witnessFile), () -> now);
    }

    @AfterEach
    void stop() {
        writer.close();
        database.close();
    }

    final Leaf.Place deed(String subject) {
        now = now.plusMillis(100);
        return writer.write(c ->
                audit.append(c, new AuditEntry("hold.placed", "@officer:ward.example", subject, "a request came in")));
    }

    final void deeds(int count) {
        for (var i = 0; i < count; i++) {
            deed("!room" + i);
        }
    }

    final Finding verify() {
        return new AuditVerifier(keys, new Witness(witnessFile), null).verify(database);
    }

    final void assertBroken(String... words) {
        assertThat(verify())
                .isInstanceOfSatisfying(
                        Finding.Broken.class,
                        broken -> assertThat(broken.sentence()).contains(words));
    }

    /// What somebody with the database's owner's password can do.
    final void tamper(String... statements) {
        database.write(tx -> {
            tx.update("alter table audit_leaf disable trigger all").execute();
            tx.update("alter table audit_checkpoint disable trigger all").execute();
            for (var statement : statements) {
                assertThat(tx.update(statement).execute()).isPositive();
            }
            return 0;
        });
    }

    final int slot() {
        return database.read(tx -> tx.query("select min(slot) from audit_leaf")
                .mapTo(Integer.class)
                .one());
    }
}
