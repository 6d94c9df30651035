package lanyard.platform.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import lanyard.platform.Unavailable;
import lanyard.platform.db.Database;
import lanyard.platform.db.TestDatabase;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WriterTest {
    private Database database;
    private Writer writer;

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        database.write(tx -> tx.update("create table item (name text primary key, pos bigint)")
                .execute());
        writer = Writer.start(database, "test");
    }

    @AfterEach
    void stop() {
        writer.close();
        database.close();
    }

    private static int insert(Tx tx, String name, Position at) {
        return tx.update("insert into item values (:name, :pos)")
                .bind("name", name)
                .bind("pos", at.pos())
                .execute();
    }

    private List<String> items() {
        return database.read(tx -> tx.query("select name from item order by pos")
                .mapTo(String.class)
                .list());
    }

    @Test
    void whatWasAnsweredIsInTheDatabase() {
        var at = writer.write(commit -> {
            var position = commit.next();
            insert(commit.tx(), "one", position);
            return position;
        });
        assertThat(items()).containsExactly("one");
        assertThat(writer.visible().covers(at)).isTrue();
    }

    /// For those who give way to whoever writes.
    @Test
    @Timeout(30)
    void itIsAtWorkWhileADeedIsNotDone() {
        assertThat(writer.isAtWork()).isFalse();
        assertThat(writer.<Boolean>write(commit -> writer.isAtWork())).isTrue();
        while (writer.isAtWork()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void whatADeedLacksIsMadeReadyByItsCallerAndTheDeedRunsAgain() {
        var madeBy = new ArrayList<Thread>();
        writer.write(commit -> {
            insert(commit.tx(), "once", commit.next());
            if (madeBy.isEmpty()) {
                throw new NotReadyException(() -> madeBy.add(Thread.currentThread()));
            }
            return commit.slot();
        });
        assertThat(madeBy).containsExactly(Thread.currentThread());
        assertThat(items()).containsExactly("once");
    }

    @Test
    void aDeedThatIsNeverReadyIsRefused() {
        assertThatThrownBy(() -> writer.write(commit -> {
                    throw new NotReadyException(() -> {});
                }))
                .isInstanceOf(NotReadyException.class);
        assertThat(items()).isEmpty();
    }

    @Test
    void aDeedThatThrowsFailsAloneAndLeavesNothing() {
        assertThatThrownBy(() -> writer.write(commit -> {
                    insert(commit.tx(), "bad", commit.next());
                    throw new IllegalArgumentException("no");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        writer.write(commit -> insert(commit.tx(), "good", commit.next()));
        assertThat(items()).containsExactly("good");
    }

    @Test
    void manyCallersShareFewCommitsInOneOrder() throws InterruptedException {
        var told = Collections.synchronizedList(new ArrayList<Long>());
        var lane = new CountingLane();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < 500; i++) {
                var name = "n" + i;
                callers.execute(() -> writer.write(commit -> {
                    var position = commit.next();
                    commit.add(lane, new CountingLane.Item(name, position.pos()));
                    commit.afterCommit(() -> told.add(position.pos()));
                    return position;
                }));
            }
        }
        assertThat(items()).hasSize(500);
        assertThat(told).isSorted().hasSize(500);
        assertThat(lane.writes.get()).isLessThan(500);
    }

    @Test
    void aPoisonedItemTakesNobodyWithIt() throws InterruptedException {
        var lane = new CountingLane();
        writer.write(commit -> insert(commit.tx(), "n7", commit.next()));
        var failed = new AtomicInteger();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < 50; i++) {
                var name = "n" + i;
                callers.execute(() -> {
                    try {
                        writer.write(commit -> {
                            commit.add(
                                    lane,
                                    new CountingLane.Item(name, commit.next().pos()));
                            return name;
                        });
                    } catch (RuntimeException e) {
                        failed.incrementAndGet();
                    }
                });
            }
        }
        assertThat(failed.get()).isEqualTo(1);
        assertThat(items()).hasSize(50);
    }

    private List<Boolean> endTheSession() {
        return database.read(tx -> tx.query("""
                        select pg_terminate_backend(pid) from pg_stat_activity
                        where application_name = 'lanyard writer' and datname = current_database()
                        """).mapTo(Boolean.class).list());
    }

    @Test
    void aSessionThatWasEndedIsSaidToBeAwayAndTheNextDeedHasANewOne() {
        assertThat(endTheSession()).containsExactly(true);
        assertThatThrownBy(() -> writer.write(commit -> insert(commit.tx(), "lost", commit.next())))
                .isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> writer.write(commit -> {
                    insert(commit.tx(), "lost in the middle", commit.next());
                    return endTheSession();
                }))
                .isInstanceOf(Unavailable.class);
        writer.write(commit -> insert(commit.tx(), "kept", commit.next()));
        assertThat(items()).containsExactly("kept");
    }

    @Test
    void aWriterWhoseSlotWasTakenCommitsNothing() {
        writer.write(commit -> insert(commit.tx(), "before", commit.next()));
        try (var successor = Writer.start(database, "test")) {
            assertThatThrownBy(() -> writer.write(commit -> insert(commit.tx(), "zombie", commit.next())))
                    .isInstanceOf(FencedException.class);
            successor.write(commit -> insert(commit.tx(), "after", commit.next()));
        }
        assertThat(items()).containsExactly("before", "after");
    }

    @Test
    void aLaneThatCarriesTheMoveOfATakenSlotWritesNothing() {
        try (var successor = Writer.start(database, "test")) {
            assertThatThrownBy(() -> writer.write(commit -> {
                        var at = commit.next();
                        commit.add(new CountingLane(), new CountingLane.Item("zombie", at.pos()));
                        return at;
                    }))
                    .isInstanceOf(FencedException.class);
            successor.write(commit -> insert(commit.tx(), "after", commit.next()));
        }
        assertThat(items()).containsExactly("after");
    }

    @Test
    void ofTwoLanesTheFirstCarriesTheMove() {
        var first = new CountingLane();
        var second = new CountingLane();
        var at = writer.write(commit -> {
            commit.add(first, new CountingLane.Item("one", commit.next().pos()));
            var last = commit.next();
            commit.add(second, new CountingLane.Item("two", last.pos()));
            return last;
        });
        assertThat(List.of(first.carried.get(), second.carried.get())).containsExactly(1, 0);
        assertThat(items()).containsExactly("one", "two");
        Long moved = database.read(tx -> tx.query("select max(position) from writer_slot")
                .mapTo(Long.class)
                .one());
        assertThat(moved).isEqualTo(at.pos());
    }

    @Test
    void positionsGoOnAfterARestart() {
        var first = writer.write(Commit::next);
        writer.close();
        writer = Writer.start(database, "test");
        assertThat(writer.visible().covers(first)).isTrue();
        assertThat(writer.write(Commit::next).pos()).isGreaterThan(first.pos());
    }

    @Test
    void aDeedMayNotWriteAgain() {
        assertThatThrownBy(() -> writer.write(commit -> writer.write(Commit::next)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aForgedTokenIsNotRead() {
        for (var forged : List.of("", "l1_", "s72594", "l1_abcd_16.1", "l1_abcd_1", "l1_ABC_0.1", "l1_abcd_0.-1")) {
            assertThat(SyncToken.parse(forged)).as(forged).isEmpty();
        }
        var token = SyncToken.start("abcd1234").with(new Position(3, 77));
        assertThat(SyncToken.parse(token.toString())).contains(token);
    }

    private static final class CountingLane implements CarryingLane<CountingLane.Item> {
        private final AtomicInteger writes = new AtomicInteger();
        private final AtomicInteger carried = new AtomicInteger();

        record Item(String name, long pos) {}

        @Override
        public void write(Tx tx, Advance advance, List<Item> items) {
            writes.incrementAndGet();
            carried.addAndGet(advance.values().isEmpty() ? 0 : 1);
            var moved = tx.query("with " + advance.clause() + """
                            , added as (insert into item select * from unnest(:names, :positions))
                            select count(*) from advanced
                            """)
                    .bindMap(advance.values())
                    .bind("names", items.stream().map(Item::name).toArray(String[]::new))
                    .bind("positions", items.stream().mapToLong(Item::pos).toArray())
                    .mapTo(Integer.class)
                    .one();
            advance.check(moved);
        }
    }

    /// Back-pressure comes before acceptance: who is told to wait was not written, and who was accepted is.
    @Test
    void whoComesWhenTooManyWaitIsToldToWaitAndWhoWasAcceptedIsServed() throws Exception {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = callers.submit(() -> writer.write(commit -> {
                begun.countDown();
                await(goOn);
                return commit.slot();
            }));
            begun.await();
            var all = new ArrayList<Future<Integer>>();
            for (var i = 0; i < 5_000; i++) {
                var name = "n" + i;
                all.add(callers.submit(() -> writer.write(commit -> insert(commit.tx(), name, commit.next()))));
            }
            while (refused(all) + writer.accepted() < 5_001) {
                LockSupport.parkNanos(500_000);
            }
            var refused = refused(all);
            goOn.countDown();
            assertThat(first.get()).isNotNegative();
            var accepted = 0;
            for (var one : all) {
                try {
                    accepted += one.get();
                } catch (ExecutionException e) {
                    assertThat(e.getCause()).isInstanceOfSatisfying(MatrixException.class, refusal -> {
                        assertThat(refusal.code()).isEqualTo(ErrorCode.M_LIMIT_EXCEEDED);
                        assertThat(refusal.fields()).containsKey("retry_after_ms");
                    });
                }
            }
            assertThat(refused).isPositive();
            assertThat((long) accepted).isEqualTo(5_000 - refused).isPositive();
            assertThat(items()).hasSize(accepted);
        }
    }

    private static long refused(List<Future<Integer>> all) {
        return all.stream().filter(one -> one.state() == Future.State.FAILED).count();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
