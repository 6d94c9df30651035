package lanyard.platform.sealing;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// What people type, hashed with Argon2id (RFC 9106) so that a stolen table does not give it away. Kept in the PHC
/// string format, which carries its own parameters: they can rise without a migration.
///
/// Each hash takes 46 MiB and some 250 ms of one processor (docs/performance.md), on threads of its own: [Hashing].
/// <https://www.rfc-editor.org/rfc/rfc9106.html>
/// <https://github.com/P-H-C/phc-string-format/blob/master/phc-sf-spec.md>
public final class Secrets {
    static final int MEMORY_KIB = 47_104;
    static final int PASSES = 5;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    // A hash from elsewhere may not make us spend more than this.
    private static final int MOST_MEMORY_KIB = 65_536;
    private static final int MOST_PASSES = 10;
    private static final int LONGEST_SECRET = 1_024;
    private static final Pattern PHC = Pattern.compile("\\$argon2id\\$v=19\\$m=([0-9]{1,7}),t=([0-9]{1,3}),p=1"
            + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

    private record Cost(int memoryKib, int passes) {
        boolean isLessThan(Cost other) {
            return (long) memoryKib * passes < (long) other.memoryKib * other.passes;
        }
    }

    private static final Cost USUAL = new Cost(MEMORY_KIB, PASSES);
    /// Files that their owners open: their cost is not written in them.
    private static final Cost OF_FILES = new Cost(19_456, 2);
    /// Enough for what nobody guesses, whatever a guess costs.
    private static final Cost OF_RANDOM = new Cost(8_192, 1);
    private static final Cost OF_NOTHING = new Cost(64, 1);

    private final SecureRandom random;
    private final Cost usual;

    public Secrets(SecureRandom random) {
        this(random, USUAL);
    }

    private Secrets(SecureRandom random, Cost usual) {
        this.random = random;
        this.usual = usual;
    }

    /// For test suites that register thousands: their passwords protect nothing.
    public static Secrets quick(SecureRandom random) {
        return new Secrets(random, OF_NOTHING);
    }

    /// A PHC string to keep. Errors: `M_LIMIT_EXCEEDED` when too many people sign in at once.
    public String hash(String secret) {
        return hash(secret, usual);
    }

    /// For what was drawn at random, with 64 bits or more.
    public String hashRandom(String secret) {
        return hash(secret, usual.isLessThan(OF_RANDOM) ? usual : OF_RANDOM);
    }

    private String hash(String secret, Cost cost) {
        var salt = newSalt();
        var encoder = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + cost.memoryKib() + ",t=" + cost.passes() + ",p=" + LANES + "$"
                + encoder.encodeToString(salt) + "$"
                + encoder.encodeToString(argon2id(secret, salt, cost, HASH_BYTES));
    }

    /// Compares in constant time.
    public boolean verify(String secret, String phc) {
        var parts = PHC.matcher(phc);
        if (!parts.matches()) {
            throw new IllegalArgumentException("this is not an Argon2id hash in PHC format");
        }
        var expected = Base64.getDecoder().decode(parts.group(4));
        var salt = Base64.getDecoder().decode(parts.group(3));
        var cost = cost(parts);
        var isRight = MessageDigest.isEqual(expected, argon2id(secret, salt, cost, expected.length));
        if (cost.isLessThan(usual)) {
            // Whoever has such a hash must not be told from nobody by the time it takes.
            verifyNothing(secret);
        }
        return isRight;
    }

    /// For a user who does not exist: takes as long as [#verify], so that the time does not tell.
    public void verifyNothing(String secret) {
        argon2id(secret, new byte[SALT_BYTES], usual, HASH_BYTES);
    }

    /// A key from a passphrase, for a file that its owner opens. The salt stands beside what the key seals.
    /// Nothing of the passphrase stays behind.
    public byte[] deriveKey(char[] passphrase, byte[] salt) {
        if (passphrase.length > LONGEST_SECRET) {
            throw tooLong();
        }
        var typed = typed(passphrase);
        try {
            return argon2id(typed, salt, OF_FILES, SealingKey.KEY_BYTES);
        } finally {
            Arrays.fill(typed, (byte) 0);
        }
    }

    /// The same characters typed on two keyboards must be the same bytes.
    private static byte[] typed(char[] passphrase) {
        var chars = CharBuffer.wrap(passphrase);
        var normal = Normalizer.isNormalized(chars, Normalizer.Form.NFC)
                ? chars
                : CharBuffer.wrap(Normalizer.normalize(chars, Normalizer.Form.NFC));
        var encoded = StandardCharsets.UTF_8.encode(normal);
        var typed = new byte[encoded.remaining()];
        encoded.get(typed);
        encoded.clear();
        encoded.put(new byte[encoded.capacity()]);
        return typed;
    }

    public byte[] newSalt() {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return salt;
    }

    private static Cost cost(Matcher parts) {
        var cost = new Cost(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
        if (cost.memoryKib() > MOST_MEMORY_KIB || cost.memoryKib() < 8 || cost.passes() > MOST_PASSES) {
            throw new IllegalArgumentException("this Argon2id hash asks for more work than is allowed");
        }
        return cost;
    }

    private static byte[] argon2id(String secret, byte[] salt, Cost cost, int length) {
        if (secret.length() > LONGEST_SECRET) {
            throw tooLong();
        }
        // The same characters typed on two keyboards must be the same bytes.
        return argon2id(
                Normalizer.normalize(secret, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8), salt, cost, length);
    }

    private static MatrixException tooLong() {
        return new MatrixException(ErrorCode.M_INVALID_PARAM, "That is longer than 1024 characters.");
    }

    private static byte[] argon2id(byte[] typed, byte[] salt, Cost cost, int length) {
        return Hashing.run(() -> {
            var generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(cost.memoryKib())
                    .withIterations(cost.passes())
                    .withParallelism(LANES)
                    .withSalt(salt)
                    .build());
            var hash = new byte[length];
            generator.generateBytes(typed, hash);
            return hash;
        });
    }
}
