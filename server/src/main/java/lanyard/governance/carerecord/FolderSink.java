package lanyard.governance.carerecord;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import lanyard.platform.file.DurableFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A directory with one file per decision, for places with no interface to their health record, and for trying Lanyard
/// out. It is *not* the health record, and says so.
///
/// What could go wrong: what takes the files into the record fails, or was never set up, and the messages go all the
/// same. So a file that was written, moved or deleted says nothing. Whoever entered one writes another with `.filed`
/// after its name beside it: one whole line of UTF-8, at most 100 characters, which is the record's reference.
public final class FolderSink implements RecordSink {
    private static final Logger LOG = LoggerFactory.getLogger(FolderSink.class);
    /// Enough for a hundred characters of any script.
    private static final int LONGEST_LINE = 512;

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

    /// A line without its end is still being written.
    @Override
    public Optional<String> findFiled(String kept) {
        var file = directory.resolve(kept + ".filed");
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            var line = new String(in.readNBytes(LONGEST_LINE), StandardCharsets.UTF_8);
            return line.endsWith("\n") ? Pasting.reference(line) : Optional.empty();
        } catch (IOException e) {
            LOG.warn("An acknowledgement in the folder for decisions cannot be read: {}", kept);
            return Optional.empty();
        }
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
