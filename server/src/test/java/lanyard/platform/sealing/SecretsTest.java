package lanyard.platform.sealing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.HexFormat;
import lanyard.standards.matrix.MatrixException;
import org.junit.jupiter.api.Test;

class SecretsTest {
    private final Secrets secrets = new Secrets(new SecureRandom());

    @Test
    void theRightPasswordVerifiesAndTheWrongDoesNot() {
        var kept = secrets.hash("correct horse");

        assertThat(kept).startsWith("$argon2id$v=19$m=47104,t=5,p=1$");
        assertThat(secrets.verify("correct horse", kept)).isTrue();
        assertThat(secrets.verify("correct horsf", kept)).isFalse();
        assertThat(secrets.verify("", kept)).isFalse();
    }

    @Test
    void onePasswordIsNeverTheSameHashTwice() {
        assertThat(secrets.hash("x")).isNotEqualTo(secrets.hash("x"));
    }

    @Test
    void aLetterComposedOrNotIsTheSameLetter() {
        assertThat(secrets.verify("cafe\u0301", secrets.hash("caf\u00e9"))).isTrue();
    }

    /// Made by the reference implementation: `echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1 -l 32`.
    @Test
    void theReferenceImplementationsHashVerifies() {
        assertThat(secrets.verify(
                        "password",
                        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"))
                .isTrue();
    }

    @Test
    void aHashThatAsksForTooMuchWorkIsRefused() {
        var greedy = "$argon2id$v=19$m=9999999,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

        assertThatThrownBy(() -> secrets.verify("password", greedy)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> secrets.verify("password", "plain")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPasswordAsLongAsABookIsRefused() {
        assertThatThrownBy(() -> secrets.hash("x".repeat(1_025))).isInstanceOf(MatrixException.class);
    }

    /// RFC 8032 §7.1, test 2. <https://www.rfc-editor.org/rfc/rfc8032.html#section-7.1>
    @Test
    void ed25519AgreesWithTheStandardsVector() {
        var hex = HexFormat.of();
        var key = hex.parseHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
        var signature = hex.parseHex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
        var message = new byte[] {0x72};

        assertThat(Ed25519.publicKey(key))
                .isEqualTo(hex.parseHex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));
        assertThat(Ed25519.sign(key, message)).isEqualTo(signature);
        assertThat(Ed25519.verify(Ed25519.publicKey(key), message, signature)).isTrue();
    }

    @Test
    void ed25519RefusesAnythingElse() {
        var key = Ed25519.newPrivateKey(new SecureRandom());
        var publicKey = Ed25519.publicKey(key);
        var signature = Ed25519.sign(key, "yes".getBytes(UTF_8));

        assertThat(Ed25519.verify(publicKey, "no".getBytes(UTF_8), signature)).isFalse();
        assertThat(Ed25519.verify(new byte[31], "yes".getBytes(UTF_8), signature))
                .isFalse();
        assertThat(Ed25519.verify(publicKey, "yes".getBytes(UTF_8), new byte[12]))
                .isFalse();
        assertThat(Ed25519.verify(
                        Ed25519.publicKey(Ed25519.newPrivateKey(new SecureRandom())), "yes".getBytes(UTF_8), signature))
                .isFalse();
    }
}
