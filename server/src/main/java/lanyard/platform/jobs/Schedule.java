package lanyard.platform.jobs;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lanyard.platform.FaultTrace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The jobs that features have asked for, as db-scheduler knows them.
final class Schedule implements Jobs {
    static final String TABLE = "job";
    private static final Logger LOG = LoggerFactory.getLogger(Schedule.class);

    private final Map<String, RecurringTask<Void>> tasks = new LinkedHashMap<>();

    @Override
    public void every(String name, Duration period, Runnable work) {
        if (!period.isPositive()) {
            throw new IllegalArgumentException("The job " + name + " needs a period.");
        }
        var again = FixedDelay.of(period);
        var task = Tasks.recurring(name, again)
                .onFailure((failed, next) -> tryAgain(again, failed, next))
                .execute((instance, context) -> work.run());
        if (tasks.putIfAbsent(name, task) != null) {
            throw new IllegalArgumentException("Two jobs are called " + name + ".");
        }
    }

    List<RecurringTask<Void>> tasks() {
        return List.copyOf(tasks.values());
    }

    private static void tryAgain(FixedDelay again, ExecutionComplete failed, ExecutionOperations<Void> next) {
        var name = failed.getExecution().taskInstance.getTaskName();
        LOG.error(
                "The job {} failed and is tried again after its period: {}",
                name,
                failed.getCause().map(FaultTrace::withoutMessages).orElse("it was given up"));
        next.reschedule(failed, again.getNextExecutionTime(failed));
    }
}
