package lanyard.trust.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Ten codes on paper for the day the authenticator is lost: 60 random bits each, written `XXXX-XXXX-XXXX` in an
/// alphabet without look-alikes, good for one sign-in.
final class RecoveryCodes {
    static final int HOW_MANY = 10;
    private static final String ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ0123456789";
    private static final int GROUPS = 3;
    private static final int GROUP_LENGTH = 4;

    private RecoveryCodes() {}

    static List<String> fresh(SecureRandom random) {
        return Stream.generate(() -> one(random)).limit(HOW_MANY).toList();
    }

    private static String one(SecureRandom random) {
        return IntStream.range(0, GROUPS)
                .mapToObj(group -> random.ints(GROUP_LENGTH, 0, ALPHABET.length())
                        .mapToObj(i -> String.valueOf(ALPHABET.charAt(i)))
                        .collect(Collectors.joining()))
                .collect(Collectors.joining("-"));
    }

    /// A typed code in its one spelling; nothing when it cannot be one. Case, spaces and dashes do not matter, and the
    /// letters that were left out are read as the digits they look like.
    static Optional<String> normalise(String typed) {
        var plain = typed.toUpperCase(Locale.ROOT)
                .replaceAll("[\\s-]", "")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1')
                .replace('U', 'V');
        return plain.length() == GROUPS * GROUP_LENGTH && plain.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0)
                ? Optional.of(plain)
                : Optional.empty();
    }

    /// What is stored. Keyed with what lies outside the database (see [PaperCodes]; for older codes the secret of the
    /// one-time codes), so that a copy of the database alone does not let anyone try codes.
    static byte[] hash(byte[] key, String normalised) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "RAW"));
            mac.update("lanyard recovery code\n".getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(normalised.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", e);
        }
    }
}
