package lanyard.trust.hold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    private static final UserId NURSE = new UserId("@nurse:ward.example");
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

    private boolean covered(Doomed doomed, String said) {
        return database.write(tx -> holds.standing(tx, doomed).covers(Instant.parse(said)));
    }

    @Test
    void aHoldOnAPersonOrAPatientCoversRoomsTheyWereIn() {
        var ward = new Doomed(Set.of(WARD), Set.of(NURSE), Set.of("patient-1"));
        var person = holds.place(new NewHold("RXX", HoldSubject.person(NURSE), OFFICER, "SAR 17"));
        assertThat(covered(ward, "2026-05-01T09:00:00Z")).isTrue();
        assertThat(covered(new Doomed(Set.of(WARD), Set.of(OFFICER), Set.of()), "2026-05-01T09:00:00Z"))
                .isFalse();
        holds.lift(person, OFFICER, "answered");
        assertThat(covered(ward, "2026-05-01T09:00:00Z")).isFalse();

        holds.place(new NewHold("RXX", HoldSubject.patient("patient-1"), OFFICER, "inquest"));
        assertThat(covered(ward, "2026-05-01T09:00:00Z")).isTrue();
        assertThat(covered(new Doomed(Set.of(WARD), Set.of(NURSE), Set.of("patient-2")), "2026-05-01T09:00:00Z"))
                .isFalse();
    }

    @Test
    void aHoldWithDatesCoversBothOfItsEndsAndNothingBeyond() {
        var from = Instant.parse("2026-05-01T00:00:00Z");
        var to = Instant.parse("2026-05-31T00:00:00Z");
        var subject = HoldSubject.room(WARD).within(Optional.of(from), Optional.of(to));
        holds.place(new NewHold("RXX", subject, OFFICER, "complaint"));
        var ward = new Doomed(Set.of(WARD), Set.of(), Set.of());

        assertThat(covered(ward, "2026-05-01T00:00:00Z")).isTrue();
        assertThat(covered(ward, "2026-05-31T00:00:00Z")).isTrue();
        assertThat(covered(ward, "2026-04-30T23:59:59.999Z")).isFalse();
        assertThat(covered(ward, "2026-05-31T00:00:00.001Z")).isFalse();
        assertThat(database.<List<Hold>>read(tx -> holds.listStanding(tx, "RXX")))
                .extracting(Hold::subject)
                .containsExactly(subject);
    }

    @Test
    void aHoldOfNothingOrBackwardsInTimeIsRefused() {
        var later = Optional.of(Instant.parse("2026-05-31T00:00:00Z"));
        var earlier = Optional.of(Instant.parse("2026-05-01T00:00:00Z"));
        assertThatThrownBy(() -> HoldSubject.room(WARD).within(later, earlier)).isInstanceOf(MatrixException.class);
        assertThatThrownBy(() -> HoldSubject.patient(" ")).isInstanceOf(MatrixException.class);
        assertThatThrownBy(() -> HoldSubject.Kind.of("ward")).isInstanceOf(MatrixException.class);
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
        assertThat(database.<List<Hold>>read(tx -> holds.listStanding(tx, WARD)))
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
