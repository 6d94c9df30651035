package lanyard.platform.sealing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.UUID;
import lanyard.platform.CrashPoint;
import lanyard.platform.file.DurableFile;

/// Key files on disk: four lines of text, so that a person can see what a file is and a cut-off file shows itself.
/// A file is complete and durable before anything is sealed with its key, or a crash would lose what was sealed.
final class KeyFiles {
    /// What one file holds: the key's name and its wrapped bytes.
    record Content(String scope, String id, byte[] wrapped) {
        byte[] text() {
            var encoded = Base64.getEncoder().encodeToString(wrapped);
            return (FIRST_LINE + "\n" + scope + " " + id + "\n" + encoded + "\n" + LAST_LINE + "\n")
                    .getBytes(StandardCharsets.US_ASCII);
        }
    }

    private static final String FIRST_LINE = "lanyard-key 1";
    private static final String LAST_LINE = "end";
    private static final String TEMPORARY = ".tmp";
    private static final Duration TEMPORARY_IS_STALE_AFTER = Duration.ofHours(1);

    private KeyFiles() {}

    static void createDirectory(Path directory) {
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                syncParent(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Puts the file in place complete and durable, unless one is there already. A hard link either appears whole or
    /// fails because another process was first, whose file then counts.
    static void createIfAbsent(Path file, Content content) {
        var directory = parent(file);
        createDirectory(directory);
        var temporary = directory.resolve(file.getFileName() + "." + UUID.randomUUID() + TEMPORARY);
        try {
            DurableFile.createNew(temporary, content.text());
            CrashPoint.at("keys.written");
            try {
                Files.createLink(file, temporary);
            } catch (FileAlreadyExistsException first) {
                // The other process's file is as good as ours, and may already have sealed something.
            }
            CrashPoint.at("keys.linked");
            Files.delete(temporary);
            DurableFile.syncEntries(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The wrapped bytes. Errors: [KeyStoreFault] when the file is damaged, [java.io.UncheckedIOException] when it is
    /// not there.
    static byte[] read(Path file, String scope, String id) {
        try {
            var lines = Files.readString(file, StandardCharsets.US_ASCII).split("\n", -1);
            if (lines.length != 5 || !lines[0].equals(FIRST_LINE) || !lines[3].equals(LAST_LINE)) {
                throw new KeyStoreFault("The key file " + file + " is cut short or damaged."
                        + " Restore it from the key store's own backup; what it sealed cannot be opened without it.");
            }
            if (!lines[1].equals(scope + " " + id)) {
                throw new KeyStoreFault("The key file " + file + " belongs to another key: \"" + lines[1] + "\".");
            }
            return Base64.getDecoder().decode(lines[2]);
        } catch (IllegalArgumentException e) {
            throw new KeyStoreFault("The key file " + file + " is damaged. Restore it from a backup.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Overwrites, then removes. On flash or copy-on-write storage the old bytes may outlive the overwrite, wrapped by
    /// the master key; that is why the certificate of a disposal does not claim more than it knows.
    static void destroy(Path file, SecureRandom random) {
        try {
            var noise = new byte[(int) Files.size(file)];
            random.nextBytes(noise);
            try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                DurableFile.writeAll(channel, noise);
                channel.force(true);
            }
            CrashPoint.at("keys.overwritten");
            Files.delete(file);
            CrashPoint.at("keys.deleted");
            syncParent(file);
        } catch (NoSuchFileException e) {
            // Gone already: that is what was asked for.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Only the server's own user may read a key, whatever a restore or a volume mount did to the file.
    static void tighten(Path file) {
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean holdsKeys(Path directory) {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (var files = Files.walk(directory, 2)) {
            return files.anyMatch(file -> !directory.equals(file.getParent())
                    && file.getFileName().toString().endsWith(".key"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A crash between writing and linking leaves a file whose key was never used.
    static void clearTemporary(Path directory, Instant now) {
        var stale = FileTime.from(now.minus(TEMPORARY_IS_STALE_AFTER));
        try (var files = Files.walk(directory, 2)) {
            for (var file : files.filter(f -> f.toString().endsWith(TEMPORARY)).toList()) {
                if (Files.getLastModifiedTime(file).compareTo(stale) < 0) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A new or removed name is durable when the directory that holds it is.
    static void syncParent(Path file) throws IOException {
        DurableFile.syncEntries(parent(file));
    }

    private static Path parent(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "the root directory is no key file");
    }
}
