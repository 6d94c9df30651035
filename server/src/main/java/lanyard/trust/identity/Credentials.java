package lanyard.trust.identity;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lanyard.platform.sealing.KeyStore;
import lanyard.platform.sealing.Secrets;
import lanyard.standards.matrix.UserId;

/// A new password and second step, made before the deed that gives them to somebody: hashing takes its time and a new
/// key touches the disk.
public final class Credentials {
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int GROUPS = 4;
    private static final int GROUP_LENGTH = 4;

    private final String password;
    private final String passwordHash;
    private final byte[] totpSecret;
    private final Optional<CredentialStore.SealedTotp> sealedTotp;

    private Credentials(
            String password, String passwordHash, byte[] totpSecret, Optional<CredentialStore.SealedTotp> sealedTotp) {
        this.password = password;
        this.passwordHash = passwordHash;
        this.totpSecret = totpSecret;
        this.sealedTotp = sealedTotp;
    }

    /// Random ones, for somebody's first day: 16 letters and digits in four groups (79 bits), and a fresh secret.
    public static Credentials fresh(UserId user, KeyStore keys, Secrets secrets, SecureRandom random) {
        var password = firstPassword(random);
        var totp = Totp.newSecret(random);
        var kept = seal(user, totp, keys, random);
        return new Credentials(password, secrets.hashRandom(password), totp, Optional.of(kept));
    }

    static String firstPassword(SecureRandom random) {
        return IntStream.range(0, GROUPS)
                .mapToObj(group -> random.ints(GROUP_LENGTH, 0, LETTERS.length())
                        .mapToObj(i -> String.valueOf(LETTERS.charAt(i)))
                        .collect(Collectors.joining()))
                .collect(Collectors.joining("-"));
    }

    static CredentialStore.SealedTotp seal(UserId user, byte[] totp, KeyStore keys, SecureRandom random) {
        var key = HexFormat.of().formatHex(Totp.newSecret(random));
        var sealed = keys.key(SecondStep.keyOf(key)).seal(totp, SecondStep.associated(user));
        return new CredentialStore.SealedTotp(key, sealed);
    }

    /// A password that somebody chose, without a second step: its user cannot pass our sign-in page at all, and other
    /// ways in exist in conformance mode only.
    static Credentials withPassword(String password, Secrets secrets) {
        return new Credentials(password, secrets.hash(password), new byte[0], Optional.empty());
    }

    /// To be told to the person once.
    public String password() {
        return password;
    }

    /// To be told to the person once, in the spelling authenticator apps take.
    public String totpSecret() {
        return Base32.encode(totpSecret);
    }

    String passwordHash() {
        return passwordHash;
    }

    Optional<CredentialStore.SealedTotp> sealedTotp() {
        return sealedTotp;
    }

    @Override
    public String toString() {
        return "Credentials[hidden]";
    }
}
