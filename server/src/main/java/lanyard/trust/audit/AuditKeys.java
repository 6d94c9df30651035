package lanyard.trust.audit;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import lanyard.platform.sealing.DestroyedKeyException;
import lanyard.platform.sealing.Ed25519;
import lanyard.platform.sealing.KeyName;
import lanyard.platform.sealing.KeyStore;
import lanyard.platform.sealing.SealingKey;
import lanyard.standards.matrix.ServerName;

/// The keys of the log: one for each month's entries, so that a month can be erased whole, and the one that signs
/// checkpoints.
public final class AuditKeys {
    static final int SALT_BYTES = 16;
    private static final String SCOPE = "audit-month";

    private final KeyStore keys;
    private final SecureRandom random;
    private final String logName;
    private final byte[] privateKey;

    public AuditKeys(KeyStore keys, SecureRandom random, ServerName server) {
        this.keys = keys;
        this.random = random;
        this.logName = server.value() + "/audit";
        this.privateKey = keys.key(new KeyName("signing", "audit")).derive("ed25519");
    }

    static YearMonth monthOf(long ts) {
        return YearMonth.from(Instant.ofEpochMilli(ts).atOffset(ZoneOffset.UTC));
    }

    static KeyName nameOf(YearMonth month) {
        return new KeyName(SCOPE, month.toString());
    }

    SealingKey month(YearMonth month) {
        return keys.key(nameOf(month));
    }

    /// Errors: [DestroyedKeyException] when the month has been erased.
    Optional<SealingKey> findMonth(YearMonth month) {
        return keys.find(nameOf(month));
    }

    /// Empty when the month has been erased.
    Optional<SealingKey> readable(YearMonth month) {
        try {
            return findMonth(month);
        } catch (DestroyedKeyException e) {
            return Optional.empty();
        }
    }

    byte[] newSalt() {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return salt;
    }

    String sign(Checkpoint checkpoint) {
        return notes().sign(checkpoint.body(logName), privateKey);
    }

    SignedNotes notes() {
        return new SignedNotes(logName, Ed25519.publicKey(privateKey));
    }
}
