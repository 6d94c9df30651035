package lanyard.standards.nhs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NhsNumberTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "9434765919",
                "943 476 5919",
                "943-476-5919",
                " 943 476 5919\n",
                "943\u00a0476\u00a05919",
                "943\u2011476\u20135919",
                "9 4 3 4 7 6 5 9 1 9",
            })
    void readsWhatPeopleTypeAndPaste(String typed) {
        assertThat(NhsNumber.of(typed).value()).isEqualTo("9434765919");
        assertThat(NhsNumber.of(typed).spaced()).isEqualTo("943 476 5919");
        assertThat(NhsNumber.find(typed)).contains(NhsNumber.of(typed));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "943476591",
                "94347659190",
                "9434765918",
                "9434765991",
                "4934765919",
                "943 476 591O",
                "+9434765919",
                "943.476.5919",
                "٩٤٣٤٧٦٥٩١٩",
                "0000000000",
                "9999999999",
                "1234567890",
                "9434765919                                         ",
            })
    void refusesTheRestWithASentenceThatRepeatsNothing(String typed) {
        assertThat(NhsNumber.find(typed)).isEmpty();
        assertThatThrownBy(() -> NhsNumber.of(typed)).isInstanceOfSatisfying(MatrixException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.M_INVALID_PARAM);
            assertThat(e.sentence()).endsWith(".").doesNotContain("943", "5919");
        });
    }

    @Test
    void hidesItself() {
        assertThat(NhsNumber.of("9434765919")).hasToString("NhsNumber[hidden]");
    }

    @Test
    void equalsByItsDigits() {
        assertThat(NhsNumber.of("9434765919"))
                .isEqualTo(NhsNumber.of("943 476 5919"))
                .hasSameHashCodeAs(NhsNumber.of("943 476 5919"))
                .isNotEqualTo(TestNhsNumbers.number(0));
    }

    /// What the check digit is for: one wrong digit, or two neighbours exchanged, is always noticed.
    @Test
    void everySingleSlipIsNoticed() {
        TestNhsNumbers.stream().limit(200).map(NhsNumber::value).forEach(number -> {
            for (var at = 0; at < 10; at++) {
                for (var digit = '0'; digit <= '9'; digit++) {
                    if (digit != number.charAt(at)) {
                        assertThat(NhsNumber.find(number.substring(0, at) + digit + number.substring(at + 1)))
                                .isEmpty();
                    }
                }
                if (at > 0 && number.charAt(at) != number.charAt(at - 1)) {
                    var exchanged = new StringBuilder(number);
                    exchanged.setCharAt(at, number.charAt(at - 1));
                    exchanged.setCharAt(at - 1, number.charAt(at));
                    assertThat(NhsNumber.find(exchanged.toString())).isEmpty();
                }
            }
        });
    }

    @Test
    void testNumbersAreRecognised() {
        assertThat(TestNhsNumbers.stream().limit(1000)).allMatch(NhsNumber::isForTesting);
        assertThat(NhsNumber.of("9434765919").isForTesting()).isFalse();
    }
}
