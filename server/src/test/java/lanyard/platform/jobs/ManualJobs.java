package lanyard.platform.jobs;

import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper;
import java.time.Duration;
import java.time.InstantSource;
import lanyard.platform.db.Database;
import org.jspecify.annotations.Nullable;

/// Jobs for tests: nothing runs until [#runDue] is called, and then on the caller's thread.
public final class ManualJobs implements Jobs {
    private final Database db;
    private final InstantSource clock;
    private final Schedule schedule = new Schedule();
    private final SettableClock now = new SettableClock();
    private @Nullable ManualScheduler scheduler;

    public ManualJobs(Database db, InstantSource clock) {
        this.db = db;
        this.clock = clock;
    }

    @Override
    public void every(String name, Duration period, Runnable work) {
        schedule.every(name, period, work);
    }

    /// Runs once each job that is due by the test's clock.
    public void runDue() {
        now.set(clock.instant());
        var started = scheduler;
        if (started == null) {
            started = TestHelper.createManualScheduler(db.dataSource())
                    .startTasks(schedule.tasks())
                    .tableName(Schedule.TABLE)
                    .clock(now)
                    .start();
            scheduler = started;
        }
        started.runAnyDueExecutions();
    }
}
