package lanyard.platform.jobs;

import java.time.Duration;

/// Where features put work that repeats.
public interface Jobs {
    /// Runs `work` every `period` on one node at a time; a failure is logged and tried again next period.
    void every(String name, Duration period, Runnable work);
}
