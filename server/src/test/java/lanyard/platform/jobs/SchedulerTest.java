package lanyard.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import lanyard.platform.db.Database;
import lanyard.platform.db.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SchedulerTest {
    private final Database db = TestDatabase.fresh();
    private Instant now = Instant.parse("2026-11-22T10:00:00Z");
    private final InstantSource clock = () -> now;

    @AfterEach
    void close() {
        db.close();
    }

    @Test
    void aJobRunsAtOnceAndThenEachPeriod() {
        var runs = new AtomicInteger();
        var jobs = new ManualJobs(db, clock);
        jobs.every("sweep", Duration.ofHours(1), runs::incrementAndGet);

        jobs.runDue();
        jobs.runDue();
        assertThat(runs).hasValue(1);

        now = now.plus(Duration.ofMinutes(59));
        jobs.runDue();
        assertThat(runs).hasValue(1);

        now = now.plus(Duration.ofMinutes(1));
        jobs.runDue();
        assertThat(runs).hasValue(2);
    }

    @Test
    void aFailureIsTriedAgainNextPeriodAndItsMessageIsNotLogged() {
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(log);
        var runs = new AtomicInteger();
        var jobs = new ManualJobs(db, clock);
        jobs.every("sweep", Duration.ofHours(1), () -> {
            runs.incrementAndGet();
            throw new IllegalStateException("Mrs Secret");
        });
        try {
            jobs.runDue();
            jobs.runDue();
            assertThat(runs).hasValue(1);
            now = now.plus(Duration.ofHours(1));
            jobs.runDue();
            assertThat(runs).hasValue(2);
        } finally {
            root.detachAppender(log);
        }

        assertThat(log.list)
                .filteredOn(event -> event.getFormattedMessage().contains("The job sweep failed"))
                .hasSize(2)
                .allSatisfy(event -> {
                    assertThat(event.getThrowableProxy()).isNull();
                    assertThat(event.getFormattedMessage()).contains("SchedulerTest");
                });
        assertThat(log.list)
                .noneSatisfy(event -> assertThat(event.getFormattedMessage()).contains("Secret"));
    }

    @Test
    void oneFailingJobDoesNotKeepAnotherFromRunning() {
        var runs = new AtomicInteger();
        var jobs = new ManualJobs(db, clock);
        jobs.every("broken", Duration.ofHours(1), () -> {
            throw new AssertionError("no");
        });
        jobs.every("sound", Duration.ofHours(1), runs::incrementAndGet);

        jobs.runDue();

        assertThat(runs).hasValue(1);
    }

    @Test
    void aRunningSchedulerDoesTheWorkAndStops() throws InterruptedException {
        var done = new CountDownLatch(1);
        try (var scheduler = new Scheduler(db, InstantSource.system())) {
            scheduler.every("sweep", Duration.ofHours(1), done::countDown);
            scheduler.start();

            assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void twoNodesDoNotRunTheSameJobAtTheSameTime() throws InterruptedException {
        var runs = new AtomicInteger();
        var done = new CountDownLatch(1);
        try (var one = scheduler(runs, done);
                var two = scheduler(runs, done)) {
            assertThat(List.of(one, two)).hasSize(2);
            assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
            Thread.sleep(1_500);
        }

        assertThat(runs).hasValue(1);
    }

    private Scheduler scheduler(AtomicInteger runs, CountDownLatch done) {
        var scheduler = new Scheduler(db, InstantSource.system());
        scheduler.every("sweep", Duration.ofHours(1), () -> {
            runs.incrementAndGet();
            done.countDown();
        });
        scheduler.start();
        return scheduler;
    }

    @Test
    void badJobsAreRefused() {
        var jobs = new ManualJobs(db, clock);
        jobs.every("sweep", Duration.ofHours(1), new ArrayList<String>()::clear);

        assertThatThrownBy(() -> jobs.every("sweep", Duration.ofHours(1), new ArrayList<String>()::clear))
                .hasMessageContaining("Two jobs are called sweep");
        assertThatThrownBy(() -> jobs.every("never", Duration.ZERO, new ArrayList<String>()::clear))
                .hasMessageContaining("needs a period");
    }
}
