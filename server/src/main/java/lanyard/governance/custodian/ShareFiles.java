package lanyard.governance.custodian;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// The officers' sealed shares, in a directory to be handed over from.
///
/// What could go wrong: a crash in the middle of a ceremony leaves devices whose shares nobody has, and everything sent
/// to them is lost. The principle: shares are on disk before the ceremony's devices are in the database, under a name
/// that says so; they get their own name afterwards, at the next start if need be. Nothing is ever overwritten.
final class ShareFiles {
    private static final String STAGED = ".staged-";

    private final Path directory;
    private final PassphraseFile files;

    ShareFiles(Path directory, SecureRandom random) {
        this.directory = directory;
        this.files = new PassphraseFile(random);
    }

    void stage(CeremonyResult result, List<Officer> officers) {
        for (var i = 0; i < officers.size(); i++) {
            result.shares()
                    .get(i)
                    .write(
                            files,
                            staged(i + 1, result.ceremony()),
                            officers.get(i).passphrase());
        }
    }

    private Path staged(int officer, String ceremony) {
        return directory.resolve("officer-" + officer + ".share" + STAGED + ceremony);
    }

    /// Gives the shares of ceremonies that took place their own names, and removes those of ceremonies that did not.
    List<Path> settle(Collection<String> ceremonies) {
        var settled = new ArrayList<Path>();
        if (!Files.isDirectory(directory)) {
            return settled;
        }
        try (var all = Files.list(directory)) {
            for (var file : all.sorted().toList()) {
                var name = file.getFileName().toString();
                var at = name.indexOf(STAGED);
                if (at < 0) {
                    continue;
                }
                var ceremony = name.substring(at + STAGED.length());
                if (ceremonies.contains(ceremony)) {
                    settled.add(Files.move(file, free(name.substring(0, at), ceremony)));
                } else {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return settled;
    }

    /// `officer-1.share`, or with the ceremony's id when an earlier ceremony's share has that name.
    private Path free(String name, String ceremony) {
        var plain = directory.resolve(name);
        return Files.exists(plain) ? directory.resolve(name.replace(".share", "-" + ceremony + ".share")) : plain;
    }
}
