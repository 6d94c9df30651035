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
import lanyard.platform.sealing.SealedDataException;
import lanyard.platform.sealing.SealingKey;
import lanyard.platform.sealing.Secrets;
import lanyard.standards.matrix.MatrixException;
import tools.jackson.databind.node.ObjectNode;

/// A small file that opens with a passphrase: Argon2id, then AES-256-GCM over JSON. Its first fields stand in clear and
/// are authenticated with the rest, so that a file says whose it is before anybody types.
final class PassphraseFile {
    private static final long LARGEST = 512L << 20;

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

    /// The file's clear part, not yet authenticated.
    ObjectNode clear(Path file) {
        return Json.objectField(read(file), "clear");
    }

    /// Errors: [CustodianRefusal] when the passphrase is wrong or the file was changed.
    ObjectNode open(Path file, String passphrase) {
        var content = read(file);
        try {
            var decoder = Base64.getDecoder();
            var salt = decoder.decode(Json.text(content, "salt"));
            var sealed = decoder.decode(Json.text(content, "sealed"));
            var clear = Json.bytes(Json.objectField(content, "clear"));
            return Json.largeObject(key(passphrase.toCharArray(), salt).open(sealed, clear));
        } catch (SealedDataException e) {
            throw new CustodianRefusal(
                    "The passphrase for " + file.getFileName() + " is wrong, or the file was changed.");
        } catch (MatrixException | IllegalArgumentException e) {
            throw damaged(file);
        }
    }

    private SealingKey key(char[] passphrase, byte[] salt) {
        return SealingKey.of(new KeyName("passphrase", "file"), secrets.deriveKey(passphrase, salt), random);
    }

    private static ObjectNode read(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw damaged(file);
            }
            return Json.object(Files.readAllBytes(file));
        } catch (MatrixException e) {
            throw damaged(file);
        } catch (IOException e) {
            throw new CustodianRefusal("The file " + file + " cannot be read.");
        }
    }

    private static CustodianRefusal damaged(Path file) {
        return new CustodianRefusal("The file " + file.getFileName() + " is not one of ours, or is damaged.");
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
