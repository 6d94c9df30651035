package lanyard.standards.nhs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lanyard.standards.matrix.MatrixException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OdsCodeTest {
    @ParameterizedTest
    @ValueSource(strings = {"RR8", "rr8", " RR8 ", "A81001", "RR807", "8HN72"})
    void readsCodesInEitherCase(String typed) {
        assertThat(new OdsCode(typed).value()).isUpperCase().isEqualToIgnoringCase(typed.strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "R", "RR", "RR-8", "RR 8", "ÄÖÜ", "ABCDEFGHIJKLM"})
    void refusesWhatIsNoCode(String typed) {
        assertThatThrownBy(() -> new OdsCode(typed))
                .isInstanceOf(MatrixException.class)
                .hasMessageContaining("ODS code");
    }
}
