package lanyard.trust.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class RecoveryCodesTest {
    @Test
    void tenDifferentCodesAreMade() {
        var codes = RecoveryCodes.fresh(new SecureRandom());
        assertThat(new HashSet<>(codes)).hasSize(10);
        assertThat(codes).allMatch(code -> code.matches("[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}"));
        assertThat(codes).allMatch(code -> RecoveryCodes.normalise(code).isPresent());
    }

    @Test
    void typingIsForgiven() {
        assertThat(RecoveryCodes.normalise(" abcd 2345-oil9 ")).hasValue("ABCD23450119");
    }

    @Test
    void whatCannotBeACodeIsNone() {
        assertThat(RecoveryCodes.normalise("123456")).isEmpty();
        assertThat(RecoveryCodes.normalise("ABCD-2345-678!")).isEmpty();
        assertThat(RecoveryCodes.normalise("")).isEmpty();
    }

    @Test
    void theHashNeedsTheSecretToo() {
        var one = RecoveryCodes.hash(new byte[] {1}, "ABCD23450119");
        assertThat(one).isEqualTo(RecoveryCodes.hash(new byte[] {1}, "ABCD23450119"));
        assertThat(one).isNotEqualTo(RecoveryCodes.hash(new byte[] {2}, "ABCD23450119"));
    }
}
