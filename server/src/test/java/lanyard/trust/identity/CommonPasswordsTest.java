package lanyard.trust.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommonPasswordsTest {
    private static final List<String> NAMES = List.of("rhian.lloyd", "Rhian Lloyd", "Maple Ward", "lanyard", "nhs");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1q2w3e4r5t6y",
                "Password1234",
                "P@ssw0rd2026!",
                "12passwordpassword34",
                "123456789012",
                "qwertyuiop[]",
                "abcdefghijklmn",
                "aaaaaaaaaaaaaa",
                "ababababababab",
                "rhianlloyd2026",
                "Lloyd-Rhian!99",
                "lanyard-maple-1",
                "sunshine102938"
            })
    void whatIsTriedFirstIsCommon(String password) {
        assertThat(CommonPasswords.isCommon(password, NAMES)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "copper lantern sings",
                "gx7m-2kqp-vw9c-hh4n",
                "nine odd teaspoons",
                "Rhian keeps four grey geese"
            })
    void whatNobodyTriesFirstIsNot(String password) {
        assertThat(CommonPasswords.isCommon(password, NAMES)).isFalse();
    }

    @Test
    void theListIsShipped() {
        assertThat(CommonPasswords.isCommon("polniypizdec0211", List.of())).isTrue();
        assertThat(CommonPasswords.isCommon("CONNECTION WITH THE SOFTWARE OR THE USE", List.of()))
                .as("its licence is no password")
                .isFalse();
    }
}
