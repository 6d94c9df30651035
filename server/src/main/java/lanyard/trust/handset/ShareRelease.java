package lanyard.trust.handset;

import java.time.Duration;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;

/// What becomes of a handset that asks for its share. Returned and not thrown, because a wrong proof's count is kept.
sealed interface ShareRelease {
    record Released(int shareVersion) implements ShareRelease {}

    record Wrong(int left, Duration tryAgainIn) implements ShareRelease {
        MatrixException refusal() {
            var tries = left == 1 ? "One try is left." : left + " tries are left.";
            return new MatrixException(ErrorCode.ORG_LANYARD_WRONG_PASSCODE, "That passcode is not right. " + tries)
                    .with("attempts_left", Json.object().numberNode(left))
                    .with("retry_after_ms", Json.object().numberNode(tryAgainIn.toMillis()));
        }
    }

    record TooSoon(Duration tryAgainIn) implements ShareRelease {
        MatrixException refusal() {
            return new MatrixException(
                            ErrorCode.M_LIMIT_EXCEEDED,
                            "Too many wrong passcodes. Wait " + Math.max(1, tryAgainIn.toSeconds())
                                    + " s and try again.")
                    .with("retry_after_ms", Json.object().numberNode(tryAgainIn.toMillis()));
        }
    }

    /// Reported lost: it opens again once it is found.
    record Locked() implements ShareRelease {}

    /// Wiped, ended, or the tenth wrong passcode.
    record Gone() implements ShareRelease {}
}
