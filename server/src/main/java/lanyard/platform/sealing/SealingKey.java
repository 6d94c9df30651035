package lanyard.platform.sealing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// One AES-256-GCM key. Sealed bytes are `version 1 (1 byte) ‖ key fingerprint (8) ‖ nonce (12) ‖ ciphertext ‖ tag
/// (16)`; the first nine bytes and the caller's associated data are authenticated with the rest.
///
/// Nonces are random. NIST SP 800-38D §8.3 allows 2^32 of them per key; one process stops at 2^28, which leaves room
/// for sixteen restarts of a process that used a key up, and our keys are made per month.
/// <https://nvlpubs.nist.gov/nistpubs/Legacy/SP/nistspecialpublication800-38d.pdf>
public final class SealingKey {
    public static final int KEY_BYTES = 32;
    static final long MOST_SEALS = 1L << 28;

    private static final byte VERSION = 1;
    private static final int FINGERPRINT_BYTES = 8;
    private static final int HEADER_BYTES = 1 + FINGERPRINT_BYTES;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int OVERHEAD_BYTES = HEADER_BYTES + NONCE_BYTES + TAG_BYTES;
    private static final byte[] FINGERPRINT_DOMAIN = "lanyard key fingerprint\n".getBytes(UTF_8);

    private final KeyName name;
    private final byte[] header;
    private final SecureRandom random;
    private final AtomicLong seals = new AtomicLong();
    // The reference is dropped, not zeroed: zeroing while another thread is sealing would seal under a broken key.
    private volatile @Nullable SecretKey key;

    SealingKey(KeyName name, byte[] key, SecureRandom random) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("an AES-256 key has 32 bytes");
        }
        this.name = name;
        this.key = new SecretKeySpec(key, "AES");
        this.random = random;
        this.header = ByteBuffer.allocate(HEADER_BYTES)
                .put(VERSION)
                .put(Hashes.sha256(FINGERPRINT_DOMAIN, key), 0, FINGERPRINT_BYTES)
                .array();
    }

    /// A key that no store keeps: for what is sealed under a passphrase or a split secret.
    public static SealingKey of(KeyName name, byte[] key, SecureRandom random) {
        return new SealingKey(name, key, random);
    }

    public KeyName name() {
        return name;
    }

    /// `associated` is not stored: it says where the sealed bytes belong (room, row), and opening them elsewhere fails.
    public byte[] seal(byte[] plain, byte[] associated) {
        return inSeries().seal(new byte[0], ByteBuffer.wrap(plain), associated);
    }

    /// Errors: [SealedDataException] when anything but exactly what [#seal] made comes back,
    /// [DestroyedKeyException] when the key has been destroyed since.
    public byte[] open(byte[] sealed, byte[] associated) {
        return inSeries().open(sealed, 0, associated);
    }

    /// For many in a row: one cipher for all of them costs a good deal less than one for each.
    public Series inSeries() {
        return new Series();
    }

    /// One thread's, and only as long as one deed or step: the cipher holds the key, which must not outlive its
    /// destruction for longer than that.
    public final class Series {
        private final Cipher cipher = newCipher();

        private Series() {}

        /// As [SealingKey#seal], of what is between the buffer's position and its limit, after the bytes `before`.
        public byte[] seal(byte[] before, ByteBuffer plain, byte[] associated) {
            if (seals.incrementAndGet() > MOST_SEALS) {
                throw new IllegalStateException("The key \"" + name + "\" has sealed as much as one key safely can.");
            }
            var nonce = new byte[NONCE_BYTES];
            random.nextBytes(nonce);
            var sealed = new byte[before.length + OVERHEAD_BYTES + plain.remaining()];
            ByteBuffer.wrap(sealed).put(before).put(header).put(nonce);
            var at = plain.arrayOffset() + plain.position();
            var to = before.length + HEADER_BYTES + NONCE_BYTES;
            try {
                init(Cipher.ENCRYPT_MODE, nonce, associated);
                cipher.doFinal(plain.array(), at, plain.remaining(), sealed, to);
                return sealed;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("AES-256-GCM refused to seal", e);
            }
        }

        /// As [SealingKey#open], of the bytes from `from` on.
        public byte[] open(byte[] sealed, int from, byte[] associated) {
            if (sealed.length - from < OVERHEAD_BYTES || sealed[from] != VERSION) {
                throw new SealedDataException("These bytes were not sealed by this server, or are cut short.");
            }
            if (!MessageDigest.isEqual(header, Arrays.copyOfRange(sealed, from, from + HEADER_BYTES))) {
                throw new SealedDataException("These bytes were sealed with another key than \"" + name + "\".");
            }
            var at = from + HEADER_BYTES + NONCE_BYTES;
            try {
                init(Cipher.DECRYPT_MODE, Arrays.copyOfRange(sealed, at - NONCE_BYTES, at), associated);
                return cipher.doFinal(sealed, at, sealed.length - at);
            } catch (AEADBadTagException e) {
                throw new SealedDataException("Sealed bytes are damaged or were moved from where they belong.");
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("AES-256-GCM refused to open", e);
            }
        }

        private void init(int mode, byte[] nonce, byte[] associated) throws GeneralSecurityException {
            cipher.init(mode, present(), new GCMParameterSpec(TAG_BYTES * 8, nonce));
            cipher.updateAAD(header);
            cipher.updateAAD(associated);
        }
    }

    /// Thirty-two secret bytes for another purpose (an Ed25519 key, say), always the same for the same key.
    /// HKDF-SHA-256
    /// (RFC 5869) with the purpose as its info. <https://www.rfc-editor.org/rfc/rfc5869.html>
    public byte[] derive(String purpose) {
        var input = HKDFParameterSpec.ofExtract().addIKM(present()).thenExpand(purpose.getBytes(UTF_8), KEY_BYTES);
        try {
            return KDF.getInstance("HKDF-SHA256").deriveData(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HKDF-SHA256", e);
        }
    }

    private SecretKey present() {
        var present = key;
        if (present == null) {
            throw new DestroyedKeyException(name);
        }
        return present;
    }

    private static Cipher newCipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES-GCM", e);
        }
    }

    void forget() {
        key = null;
    }

    boolean isForgotten() {
        return key == null;
    }

    @Override
    public String toString() {
        return "SealingKey[" + name + ", hidden]";
    }
}
