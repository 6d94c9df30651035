package lanyard.trust.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    /// RFC 6238 Appendix B, the SHA-1 rows; eight digits there, the last six here.
    @ParameterizedTest
    @CsvSource({
        "59, 94287082",
        "1111111109, 07081804",
        "1111111111, 14050471",
        "1234567890, 89005924",
        "2000000000, 69279037",
        "20000000000, 65353130"
    })
    void theVectorsOfRfc6238Hold(long seconds, String eightDigits) {
        assertThat(Totp.code(SECRET, Instant.ofEpochSecond(seconds))).isEqualTo(eightDigits.substring(2));
    }

    @Test
    void aCodeIsGoodOneStepEitherSide() {
        var made = Instant.ofEpochSecond(1_111_111_110);
        var code = Totp.code(SECRET, made);
        assertThat(Totp.matchingStep(SECRET, code, made.minusSeconds(30))).hasValue(37_037_037);
        assertThat(Totp.matchingStep(SECRET, code, made)).hasValue(37_037_037);
        assertThat(Totp.matchingStep(SECRET, " " + code + " ", made.plusSeconds(59)))
                .hasValue(37_037_037);
    }

    @Test
    void aCodeIsNoGoodTwoStepsAway() {
        var made = Instant.ofEpochSecond(1_111_111_110);
        var code = Totp.code(SECRET, made);
        assertThat(Totp.matchingStep(SECRET, code, made.minusSeconds(31))).isEmpty();
        assertThat(Totp.matchingStep(SECRET, code, made.plusSeconds(60))).isEmpty();
        assertThat(Totp.matchingStep(SECRET, "", made)).isEmpty();
        assertThat(Totp.matchingStep(SECRET, "ÄÄÄÄÄÄ", made)).isEmpty();
    }

    /// RFC 4648 §10, without padding.
    @ParameterizedTest
    @CsvSource({"f, MY", "fo, MZXQ", "foo, MZXW6", "foob, MZXW6YQ", "fooba, MZXW6YTB", "foobar, MZXW6YTBOI"})
    void base32IsRfc4648(String text, String encoded) {
        assertThat(Base32.encode(text.getBytes(StandardCharsets.US_ASCII))).isEqualTo(encoded);
        assertThat(Base32.decode(encoded)).asString(StandardCharsets.US_ASCII).isEqualTo(text);
    }

    @Test
    void whatIsNotBase32IsRefused() {
        assertThatThrownBy(() -> Base32.decode("M1")).isInstanceOf(IllegalArgumentException.class);
    }
}
