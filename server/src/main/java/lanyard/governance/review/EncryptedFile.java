package lanyard.governance.review;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import lanyard.platform.sealing.Hashes;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A file as an encrypted message names it: where its ciphertext is, and its key.
/// <https://spec.matrix.org/v1.18/client-server-api/#sending-encrypted-attachments>
record EncryptedFile(String mediaId, byte[] key, byte[] iv, byte[] hash) {
    private static final Pattern MXC = Pattern.compile("mxc://[^/]{1,255}/([A-Za-z0-9_-]{1,255})");
    private static final int KEY_BYTES = 32;
    private static final int IV_BYTES = 16;

    /// Empty when it names no file that could be opened.
    static Optional<EncryptedFile> of(JsonNode file) {
        var url = MXC.matcher(file.path("url").asString(""));
        var key = bytes(Base64.getUrlDecoder(), file.path("key").path("k").asString(""));
        var iv = bytes(Base64.getDecoder(), file.path("iv").asString(""));
        var hash = bytes(Base64.getDecoder(), file.path("hashes").path("sha256").asString(""));
        if (!url.matches() || key == null || iv == null || hash == null) {
            return Optional.empty();
        }
        return key.length == KEY_BYTES && iv.length == IV_BYTES
                ? Optional.of(new EncryptedFile(url.group(1), key, iv, hash))
                : Optional.empty();
    }

    private static byte @Nullable [] bytes(Base64.Decoder decoder, String text) {
        try {
            return decoder.decode(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /// Empty when the ciphertext is not the one that was sent.
    Optional<byte[]> open(byte[] ciphertext) {
        if (!MessageDigest.isEqual(Hashes.sha256(ciphertext), hash)) {
            return Optional.empty();
        }
        try {
            var cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
            return Optional.of(cipher.doFinal(ciphertext));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES in counter mode", e);
        }
    }

    @Override
    public String toString() {
        return "EncryptedFile[hidden]";
    }
}
