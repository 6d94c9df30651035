package lanyard.platform;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that stands still until a test moves it. Begins in the morning of 2 November 2026.
public final class TestClock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-11-02T08:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    public void pass(Duration duration) {
        now = now.plus(duration);
    }
}
