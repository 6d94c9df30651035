package lanyard.trust.handset;

import java.time.Duration;

/// What becomes of a handset that asks for its share. Returned and not thrown, because a wrong proof's count is kept.
sealed interface ShareRelease {
    record Released(int shareVersion) implements ShareRelease {}

    record Wrong(int left, Duration tryAgainIn) implements ShareRelease {}

    record TooSoon(Duration tryAgainIn) implements ShareRelease {}

    /// Reported lost: it opens again once it is found.
    record Locked() implements ShareRelease {}

    /// Wiped, ended, or the tenth wrong passcode.
    record Gone() implements ShareRelease {}
}
