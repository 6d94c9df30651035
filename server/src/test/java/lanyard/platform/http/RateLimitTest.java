package lanyard.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.stream.IntStream;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    @Test
    void theOneTooManyIsToldWhenToTryAgain() {
        var limit = new RateLimit(true, 3, 1, Duration.ofMinutes(1));
        IntStream.range(0, 3).forEach(_ -> limit.take("@alice:x"));
        var refused = catchThrowableOfType(MatrixException.class, () -> limit.take("@alice:x"));
        assertThat(refused.code()).isEqualTo(ErrorCode.M_LIMIT_EXCEEDED);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.fields())
                .hasEntrySatisfying(
                        "retry_after_ms", wait -> assertThat(wait.longValue()).isBetween(1L, 60_000L));
    }

    @Test
    void anotherKeyIsNotAffected() {
        var limit = new RateLimit(true, 1, 1, Duration.ofMinutes(1));
        limit.take("@alice:x");
        assertThatCode(() -> limit.take("@bob:x")).doesNotThrowAnyException();
    }

    @Test
    void conformanceModeRefusesNobody() {
        var limit = new RateLimit(false, 1, 1, Duration.ofMinutes(1));
        assertThatCode(() -> IntStream.range(0, 100).forEach(_ -> limit.take("@alice:x")))
                .doesNotThrowAnyException();
    }
}
