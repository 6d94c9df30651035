package lanyard.governance.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
    private static final Set<Integer> KNOWN = Set.of(1, 2, 3, 5, 17);

    @Test
    void numbersAreWrittenAsRangesAndReadAgain() {
        assertThat(Numbers.text(List.of(5, 3, 1, 2))).isEqualTo("1-3, 5");
        assertThat(Numbers.text(List.of())).isEmpty();
        assertThat(Numbers.read(" 1-3,5  17", KNOWN)).containsExactly(1, 2, 3, 5, 17);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "4", "1-5", "3-2", "1-99999", "0"})
    void whatIsNoNumberOfTheCaseIsNotTaken(String text) {
        assertThat(Numbers.read(text, KNOWN)).isEmpty();
    }
}
