package lanyard.governance.carerecord;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import lanyard.platform.file.DurableFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A directory with one file per decision, for places with no interface to their health record, and for trying Lanyard
/// out. It is *not* the health record, and says so.
public final class FolderSink implements RecordSink {
    private static final Logger LOG = LoggerFactory.getLogger(FolderSink.class);

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
        return kept(decision + ".json", document);
    }

    /// By the ids of the decision and the picture, so that the two stand side by side.
    @Override
    public Outcome deliverImage(UUID decision, RecordImage image) {
        return kept(decision + "-" + image.id() + "." + image.type().ending(), image.bytes());
    }

    private Outcome kept(String name, byte[] document) {
        try {
            Files.createDirectories(directory);
            var file = directory.resolve(name);
            if (Files.exists(file)) {
                return compared(name, Files.readAllBytes(file), document);
            }
            DurableFile.replace(file, document);
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
}
