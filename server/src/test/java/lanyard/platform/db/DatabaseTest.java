package lanyard.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseTest {
    private Database db;

    @BeforeAll
    void open() {
        db = TestDatabase.fresh();
    }

    @AfterAll
    void close() {
        db.close();
    }

    @BeforeEach
    void table() {
        db.write(tx -> {
            tx.update("drop table if exists note").execute();
            return tx.update("create table note (id bigint primary key, said text)")
                    .execute();
        });
    }

    @Test
    void whatWasWrittenIsRead() {
        write(1, "kept");

        assertThat(said()).containsExactly("kept");
    }

    @Test
    void arraysAreTakenAsTheyAre() {
        db.write(tx -> tx.update("""
                        insert into note (id, said) select id, said || '/' || encode(bytes, 'hex') || truth || i2 || i4
                        from unnest(:ids, :said, :bytes, :truths, :i2, :i4) as n (id, said, bytes, truth, i2, i4)
                        """)
                .bind("ids", new long[] {1, 2})
                .bind("said", new String[] {"\u00e9,\"{}\\", null})
                .bind("bytes", new byte[][] {{1, 2}, {}})
                .bind("truths", new boolean[] {true, false})
                .bind("i2", new short[] {3, 4})
                .bind("i4", new int[] {5, 6})
                .execute());

        List<String> found = db.read(tx -> tx.query("select said from note where id = any(:ids) and id <> all(:none)")
                .bind("ids", new long[] {1, 3})
                .bind("none", new long[0])
                .mapTo(String.class)
                .list());
        assertThat(found).containsExactly("\u00e9,\"{}\\/0102true35");
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void aThrowingWriteKeepsNothingAndTellsNobody() {
        var told = new ArrayList<String>();

        assertThatThrownBy(() -> db.write(tx -> {
                    tx.afterCommit(() -> told.add("kept"));
                    tx.update("insert into note (id) values (1)").execute();
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        assertThat(count()).isZero();
        assertThat(told).isEmpty();
    }

    @Test
    void othersAreToldAfterTheCommitAndOutsideTheTransaction() {
        var seen = new ArrayList<Long>();

        db.write(tx -> {
            tx.afterCommit(() -> seen.add(count()));
            return tx.update("insert into note (id) values (1)").execute();
        });

        assertThat(seen).containsExactly(1L);
    }

    @Test
    void aReadCannotWrite() {
        assertThatThrownBy(() -> db.read(
                        tx -> tx.update("insert into note (id) values (1)").execute()))
                .isInstanceOf(UnableToExecuteStatementException.class);
    }

    @Test
    void aReadSeesOneSnapshot() {
        var counts = db.read(tx -> {
            var before = tx.query("select count(*) from note").mapTo(Long.class).one();
            Thread.ofVirtual().start(() -> write(1, "later")).isAlive();
            await(() -> count() == 1);
            return List.of(
                    before,
                    tx.query("select count(*) from note").mapTo(Long.class).one());
        });

        assertThat(counts).containsExactly(0L, 0L);
    }

    @Test
    void aTransactionInsideATransactionIsRefused() {
        assertThatThrownBy(() -> db.write(tx -> db.<Integer>write(inner -> 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("pass its Tx");
    }

    @Test
    void arraysOfEveryKindArrive() {
        var row = db.read(tx -> tx.query("""
                        select cast(cardinality(:longs) as int) + cardinality(:ints) + cardinality(:shorts)
                               + cardinality(:flags) as together,
                               (:texts)[2] as text, (:bytes)[1] as bytes
                        """)
                .bind("longs", new long[] {1, Long.MAX_VALUE})
                .bind("ints", new int[] {1})
                .bind("shorts", new short[] {1})
                .bind("flags", new boolean[] {true})
                .bind("texts", new String[] {"a", "{\"b\",\\}"})
                .bind("bytes", new byte[][] {{0, 1, -1}})
                .map(r -> new Row(
                        r.getColumn("together", Integer.class),
                        r.getColumn("text", String.class),
                        r.getColumn("bytes", byte[].class)))
                .one());

        assertThat(row.together()).isEqualTo(5);
        assertThat(row.text()).isEqualTo("{\"b\",\\}");
        assertThat(row.bytes()).containsExactly(0, 1, -1);
    }

    private record Row(int together, String text, byte[] bytes) {}

    @Test
    void emptyArraysArrive() {
        var found = db.read(tx -> tx.query("select id from note where id = any(:ids)")
                .bind("ids", new long[0])
                .mapTo(Long.class)
                .list());

        assertThat(found).isEmpty();
    }

    @Test
    void anArrayColumnIsRead() {
        var longs = db.read(tx ->
                tx.query("select array[1, 2]::bigint[]").mapTo(long[].class).one());

        assertThat(longs).containsExactly(1, 2);
    }

    @Test
    void anErrorNamesNoValueAndNoStatement() {
        write(1, "the patient's name");

        assertThatThrownBy(() -> write(1, "the patient's name"))
                .isInstanceOf(UnableToExecuteStatementException.class)
                .satisfies(e -> assertThat(stackTrace(e))
                        .contains("duplicate key")
                        .doesNotContain("patient's name")
                        .doesNotContain("(1)"));
    }

    private static String stackTrace(Throwable thrown) {
        var text = new java.io.StringWriter();
        thrown.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }

    @Test
    void aThousandThreadsAreServedInTheOrderTheyCame() throws InterruptedException {
        var firstRounds = new AtomicInteger();
        var servedBeforeAnyFinished = new AtomicInteger(-1);
        var go = new CountDownLatch(1);
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 1_000; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                await(go);
                for (int n = 0; n < 5; n++) {
                    count();
                    if (n == 0) {
                        firstRounds.incrementAndGet();
                    }
                }
                servedBeforeAnyFinished.compareAndSet(-1, firstRounds.get());
            }));
        }
        go.countDown();
        for (var thread : threads) {
            thread.join();
        }
        // Unfair, some threads finish all five rounds before others have had their first.
        assertThat(servedBeforeAnyFinished.get()).isGreaterThan(900);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theOutcomeOfATransactionCanBeAsked() {
        var kept = db.write(Tx::id);
        var thrownAway = new ArrayList<String>();
        assertThatThrownBy(() -> db.write(tx -> {
                    thrownAway.add(tx.id());
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        assertThat(db.outcome(kept)).isEqualTo(TransactionOutcome.COMMITTED);
        assertThat(db.outcome(thrownAway.getFirst())).isEqualTo(TransactionOutcome.ABORTED);
    }

    @Test
    void aSessionStaysOnOneConnectionAndComesBackAfterItBroke() {
        try (var session = db.session()) {
            var first = backend(session);
            assertThat(backend(session)).isEqualTo(first);

            db.write(tx -> tx.query("select pg_terminate_backend(:pid)")
                    .bind("pid", first)
                    .mapTo(Boolean.class)
                    .one());

            assertThatThrownBy(() -> backend(session)).isInstanceOf(ConnectionLostException.class);
            assertThat(backend(session)).isNotEqualTo(first);
        }
    }

    @Test
    void aSessionGoesOnAfterAnOrdinaryError() {
        try (var session = db.session()) {
            var first = backend(session);
            assertThatThrownBy(() -> session.write(
                            tx -> tx.update("insert into nowhere values (1)").execute()))
                    .isInstanceOf(UnableToExecuteStatementException.class);

            assertThat(backend(session)).isEqualTo(first);
        }
    }

    @Test
    void aSavepointKeepsTheRestAndForgetsItsNews() {
        var told = new ArrayList<String>();

        db.write(tx -> {
            tx.update("insert into note (id) values (1)").execute();
            assertThatThrownBy(() -> tx.savepoint("a", () -> {
                        tx.update("insert into note (id) values (2)").execute();
                        tx.afterCommit(() -> told.add("two"));
                        tx.update("insert into note (id) values (1)").execute();
                    }))
                    .isInstanceOf(UnableToExecuteStatementException.class);
            return tx.update("insert into note (id) values (3)").execute();
        });

        assertThat(count()).isEqualTo(2);
        assertThat(told).isEmpty();
    }

    @Test
    void theWholeSchemaIsThere() {
        Long failed = db.read(tx -> tx.query("select count(*) from flyway_schema_history where not success")
                .mapTo(Long.class)
                .one());

        assertThat(failed).isZero();
    }

    private static int backend(Session session) {
        return session.write(
                tx -> tx.query("select pg_backend_pid()").mapTo(Integer.class).one());
    }

    private void write(long id, String said) {
        db.write(tx -> tx.update("insert into note (id, said) values (:id, :said)")
                .bind("id", id)
                .bind("said", said)
                .execute());
    }

    private List<String> said() {
        return db.read(
                tx -> tx.query("select said from note").mapTo(String.class).list());
    }

    private long count() {
        var own = Thread.ofVirtual();
        var result = new long[1];
        try {
            own.start(() -> result[0] = db.read(tx -> tx.query("select count(*) from note")
                            .mapTo(Long.class)
                            .one()))
                    .join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return result[0];
    }

    private static void await(java.util.function.BooleanSupplier done) {
        while (!done.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }
}
