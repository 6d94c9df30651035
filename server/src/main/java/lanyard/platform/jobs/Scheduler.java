package lanyard.platform.jobs;

import com.github.kagkarlsson.scheduler.logging.LogLevel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import lanyard.platform.db.Database;
import org.jspecify.annotations.Nullable;

/// Runs what is due, each job on one node at a time. Owns the table `job`.
///
/// A job that has never run is due at once; afterwards its period is counted from its end.
public final class Scheduler implements Jobs, AutoCloseable {
    /// How late a job may be noticed.
    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);
    private static final int AT_A_TIME = 4;

    /// Work whose process was killed is taken up again once it has missed so many signs of life.
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(5);

    private static final int MISSED = 4;

    private final Database db;
    private final InstantSource clock;
    private final Schedule schedule = new Schedule();
    private com.github.kagkarlsson.scheduler.@Nullable Scheduler running;

    public Scheduler(Database db, InstantSource clock) {
        this.db = db;
        this.clock = clock;
    }

    @Override
    public void every(String name, Duration period, Runnable work) {
        if (running != null) {
            throw new IllegalStateException("Jobs are registered before the scheduler starts.");
        }
        schedule.every(name, period, work);
    }

    public void start() {
        var started = com.github.kagkarlsson.scheduler.Scheduler.create(db.dataSource())
                .startTasks(schedule.tasks())
                .tableName(Schedule.TABLE)
                .clock(clock::instant)
                .threads(AT_A_TIME)
                .executorService(Executors.newVirtualThreadPerTaskExecutor())
                .pollingInterval(LOOK)
                .heartbeatInterval(SIGN_OF_LIFE)
                .missedHeartbeatsLimit(MISSED)
                .failureLogging(LogLevel.OFF, false)
                .shutdownMaxWait(LONGEST_STOP)
                .build();
        started.start();
        running = started;
    }

    /// Waits for what is running, ten seconds at most.
    @Override
    public void close() {
        var started = running;
        if (started != null) {
            started.stop();
            running = null;
        }
    }
}
