package lanyard.governance.custodian;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import lanyard.platform.file.DurableFile;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.KeyName;
import lanyard.platform.sealing.SealingKey;
import lanyard.platform.sealing.Secrets;
import tools.jackson.databind.node.ObjectNode;

/// A small file that opens with a passphrase: Argon2id, then AES-256-GCM over JSON. Its first fields stand in clear and
/// are authenticated with the rest, so that a file says whose it is before anybody types. It is opened in its officer's
/// browser (`web/src/console/share.ts`) and nowhere else.
final class PassphraseFile {
    private final Secrets secrets;
    private final SecureRandom random;

    PassphraseFile(SecureRandom random) {
        this.secrets = new Secrets(random);
        this.random = random;
    }

    /// Never overwrites: a share written over is a custodian lost.
    void write(Path file, ObjectNode clear, ObjectNode secret, char[] passphrase) {
        var salt = secrets.newSalt();
        var sealed = key(passphrase, salt).seal(Json.secretBytes(secret), Json.bytes(clear));
        var encoder = Base64.getEncoder();
        var content = Json.object();
        content.set("clear", clear);
        content.put("kdf", "argon2id m=19456 t=2 p=1").put("salt", encoder.encodeToString(salt));
        content.put("sealed", encoder.encodeToString(sealed));
        createNew(file, Json.bytes(content));
    }

    private SealingKey key(char[] passphrase, byte[] salt) {
        return SealingKey.of(new KeyName("passphrase", "file"), secrets.deriveKey(passphrase, salt), random);
    }

    /// Durable, readable by the owner alone, and refused where a file is already.
    static void createNew(Path file, byte[] bytes) {
        var directory = file.toAbsolutePath().resolveSibling("");
        try {
            Files.createDirectories(directory);
            DurableFile.createNew(file, bytes);
            DurableFile.syncEntries(directory);
        } catch (FileAlreadyExistsException e) {
            throw new CustodianRefusal("There is a file " + file + " already; it is not overwritten.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As text, for messages that must not carry a path's control characters.
    static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
