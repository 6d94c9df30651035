package lanyard.trust.hold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import lanyard.platform.db.Database;
import lanyard.platform.db.TestDatabase;
import lanyard.platform.sealing.KeyStore;
import lanyard.platform.stream.Writer;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.ServerName;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Rule;
import lanyard.trust.audit.Audit;
import lanyard.trust.audit.AuditKeys;
import lanyard.trust.audit.Witness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Rule("G17")
class HoldsTest {
    private static final RoomId WARD = new RoomId("!ward");
    private static final RoomId OTHER = new RoomId("!other");
    private static final UserId OFFICER = new UserId("@officer:ward.example");

    @TempDir
    Path data;

    private Database database;
    private Writer writer;
    private Holds holds;

    @BeforeEach
    void start() {
        InstantSource clock = InstantSource.fixed(Instant.parse("2026-06-01T09:00:00Z"));
        database = TestDatabase.fresh();
        writer = Writer.start(database, "node");
        var keys = new AuditKeys(
                KeyStore.open(data.resolve("keys"), clock, new SecureRandom()),
                new SecureRandom(),
                new ServerName("ward.example"));
        var audit = new Audit(database, keys, new Witness(data.resolve("witness")), clock);
        holds = new Holds(writer, audit, clock, new SecureRandom());
    }

    @AfterEach
    void stop() {
        writer.close();
        database.close();
    }

    private HoldId hold(String reason) {
        return holds.place(new NewHold("RXX", WARD, OFFICER, reason));
    }

    private boolean covered(RoomId room) {
        return database.write(tx -> holds.covers(tx, room));
    }

    private long auditEntries() {
        return database.read(tx ->
                tx.query("select count(*) from audit_leaf").mapTo(Long.class).one());
    }

    @Test
    void aHoldCoversItsRoomAndNoOther() {
        hold("SAR 17");

        assertThat(covered(WARD)).isTrue();
        assertThat(covered(OTHER)).isFalse();
    }

    @Test
    void itCanBeAskedWhileReadingToo() {
        hold("SAR 17");

        assertThat(database.<Boolean>read(tx -> holds.covers(tx, WARD))).isTrue();
    }

    @Test
    void eachHoldMustBeLifted() {
        var first = hold("SAR 17");
        var second = hold("coroner");
        holds.lift(first, OFFICER, "answered");
        assertThat(covered(WARD)).isTrue();
        assertThat(database.<java.util.List<Hold>>read(tx -> holds.listStanding(tx, WARD)))
                .extracting(Hold::reason)
                .containsExactly("coroner");

        holds.lift(second, OFFICER, "closed");

        assertThat(covered(WARD)).isFalse();
    }

    @Test
    void aHoldIsLiftedOnceOnly() {
        var id = hold("SAR 17");
        holds.lift(id, OFFICER, "answered");

        assertThatThrownBy(() -> holds.lift(id, OFFICER, "again")).isInstanceOf(MatrixException.class);
        assertThatThrownBy(() -> holds.lift(new HoldId("none"), OFFICER, "x")).isInstanceOf(MatrixException.class);
    }

    @Test
    void withoutAReasonNothingIsHeldOrLifted() {
        var id = hold("SAR 17");

        assertThatThrownBy(() -> hold(" ")).isInstanceOf(MatrixException.class);
        assertThatThrownBy(() -> holds.lift(id, OFFICER, "")).isInstanceOf(MatrixException.class);
        assertThat(covered(WARD)).isTrue();
        assertThat(auditEntries()).isEqualTo(1);
    }

    @Test
    void placingAndLiftingLeaveAnAuditEntryEach() {
        holds.lift(hold("SAR 17"), OFFICER, "answered");

        assertThat(auditEntries()).isEqualTo(2);
    }

    /// Between the answer "nothing holds this" and the destruction's commit, no hold is acknowledged.
    @Test
    void noHoldSlipsInBetweenTheAnswerAndTheDestruction() throws Exception {
        var answered = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var destruction = CompletableFuture.runAsync(() -> database.write(tx -> {
            assertThat(holds.covers(tx, WARD)).isFalse();
            answered.countDown();
            await(goOn);
            return 0;
        }));
        answered.await();
        var placing = CompletableFuture.runAsync(() -> hold("too late for this one"));

        assertThatThrownBy(() -> placing.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        goOn.countDown();
        destruction.get(10, TimeUnit.SECONDS);
        placing.get(10, TimeUnit.SECONDS);
        assertThat(covered(WARD)).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
