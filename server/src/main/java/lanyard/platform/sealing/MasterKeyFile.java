package lanyard.platform.sealing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/// The master key in a file that only the server's user can read. It protects key files that leave the machine (a
/// stolen backup of `keys/` without `master.key`); it does not protect against who can read the whole directory.
public final class MasterKeyFile implements KeyWrapper {
    static final String NAME = "master.key";

    private final SealingKey key;

    private MasterKeyFile(SealingKey key) {
        this.key = key;
    }

    /// Reads the master key, or makes it where no key has been kept yet. A missing master key beside existing keys is
    /// never replaced: that would turn a mislaid file into lost records.
    public static MasterKeyFile in(Path directory, SecureRandom random) {
        var file = directory.resolve(NAME);
        if (!Files.exists(file)) {
            if (KeyFiles.holdsKeys(directory)) {
                throw new KeyStoreFault("The master key " + file + " is missing, but there are keys that it wrapped."
                        + " Restore it from where the organisation keeps it; do not start with a new one.");
            }
            var fresh = new byte[SealingKey.KEY_BYTES];
            random.nextBytes(fresh);
            KeyFiles.createIfAbsent(file, new KeyFiles.Content("master", NAME, fresh));
        }
        KeyFiles.tighten(file);
        var key = KeyFiles.read(file, "master", NAME);
        return new MasterKeyFile(SealingKey.of(new KeyName("master", NAME), key, random));
    }

    @Override
    public byte[] wrap(byte[] plain, byte[] associated) {
        return key.seal(plain, associated);
    }

    @Override
    public byte[] unwrap(byte[] wrapped, byte[] associated) {
        return key.open(wrapped, associated);
    }
}
