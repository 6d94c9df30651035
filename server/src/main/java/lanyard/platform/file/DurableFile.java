package lanyard.platform.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import lanyard.platform.CrashPoint;

/// Writes files that survive a power cut, readable by the server's own user alone.
public final class DurableFile {
    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private DurableFile() {}

    /// The bytes are on the disk when this returns; the name is once [#syncEntries] was called for its directory.
    /// Errors: `FileAlreadyExistsException`.
    public static void createNew(Path file, byte[] bytes) throws IOException {
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel = FileChannel.open(file, NEW, owner)) {
            writeAll(channel, bytes);
            channel.force(true);
        }
    }

    /// Written beside, made durable, then renamed: whoever finds the file finds all of it, whatever happens in between.
    /// One at a time for each name: what a crash left behind is written over.
    public static void replace(Path file, byte[] bytes) throws IOException {
        var beside = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.deleteIfExists(beside);
            createNew(beside, bytes);
            CrashPoint.at("file.written");
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
        syncEntries(file.toAbsolutePath().resolveSibling(""));
    }

    /// A new or removed name is durable when the directory that holds it is.
    public static void syncEntries(Path directory) throws IOException {
        try (var entries = FileChannel.open(directory, StandardOpenOption.READ)) {
            entries.force(true);
        }
    }

    /// A channel may take less than it is given.
    public static void writeAll(FileChannel channel, byte[] bytes) throws IOException {
        var left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            channel.write(left);
        }
    }
}
