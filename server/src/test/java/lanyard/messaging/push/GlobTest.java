package lanyard.messaging.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// <https://spec.matrix.org/v1.18/appendices/#glob-style-matching>
class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "lunc?*, Lunch plans, true",
        "lunc?*, LUNCH, true",
        "lunc?*, ' lunch', false",
        "lunc?*, lunc, false",
        "m.room.message, m.room.message, true",
        "m.room.message, m.room.messages, false",
        "*, '', true",
        "'', '', true",
        "'', a, false",
        "a**b, ab, true",
        "a.c, abc, false",
        "[ab], a, false"
    })
    void theWholeValueMatches(String pattern, String text, boolean expected) {
        assertThat(new Glob(pattern).matches(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "ex*ple, An example event., true",
        "ex*ple, exple, true",
        "ex*ple, An exciting triple-whammy, true",
        "cake, Cake!, true",
        "cake, pancake, false",
        "cake, cakes, false",
        "cake, cake_s, false",
        "cake, 'the cake, is', true",
        "@room, hello @room now, true",
        "müll, der Müll, true"
    })
    void aWordOfTheBodyMatches(String pattern, String text, boolean expected) {
        assertThat(new Glob(pattern).matchesWords(text)).isEqualTo(expected);
    }

    @Test
    void aMaliciousPatternCostsNoMoreThanItsLength() {
        var pattern = new Glob("a*".repeat(60) + "b");
        Assertions.assertTimeout(
                Duration.ofSeconds(2),
                () -> assertThat(pattern.matches("a".repeat(4_000))).isFalse());
    }
}
