package lanyard.governance.carerecord;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A directory with one file per decision, for places with no interface to their health record, and for trying Lanyard
/// out. It is *not* the health record, and says so.
public final class FolderSink implements RecordSink {
    private static final Logger LOG = LoggerFactory.getLogger(FolderSink.class);
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Path directory;

    public FolderSink(Path directory) {
        this.directory = directory;
    }

    @Override
    public Kind kind() {
        return Kind.FOLDER;
    }

    /// The name is the decision's id and nothing else: no patient's number or name in a directory listing.
    @Override
    public Outcome deliver(UUID decision, byte[] document) {
        var name = decision + ".json";
        try {
            Files.createDirectories(directory);
            var file = directory.resolve(name);
            if (Files.exists(file)) {
                return compared(name, Files.readAllBytes(file), document);
            }
            write(file, document);
            return compared(name, Files.readAllBytes(file), document);
        } catch (IOException e) {
            LOG.warn(
                    "The folder for decisions cannot be written: {}",
                    e.getClass().getSimpleName());
            return new Outcome.NotReached("The folder for decisions cannot be written.");
        }
    }

    private static Outcome compared(String name, byte[] kept, byte[] document) {
        return Arrays.equals(kept, document)
                ? new Outcome.Kept(name)
                : new Outcome.Refused("The folder holds another file of this name. Ask who runs this service.");
    }

    /// Written beside, made durable, then renamed: a file under its own name is complete, whatever happens in between.
    private void write(Path file, byte[] document) throws IOException {
        var beside =
                Files.createTempFile(directory, "decision-", ".part", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        try {
            try (var channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                var bytes = ByteBuffer.wrap(document);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
        try (var entries = FileChannel.open(directory, StandardOpenOption.READ)) {
            entries.force(true);
        }
    }
}
