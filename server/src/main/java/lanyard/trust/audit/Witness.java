package lanyard.trust.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;

/// The checkpoints again, in a file outside the database: who rewrites the tables must rewrite this too, so an
/// organisation copies it to where the server's operators cannot write. One note a line, its newlines as tabs.
public final class Witness {
    private static final Set<StandardOpenOption> APPEND =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    private static final int LONGEST_LINE = 4_096;

    private final Path file;

    public Witness(Path file) {
        this.file = file;
    }

    /// Durable on return. A torn last line, from a crash, was never signed off and is overwritten.
    void append(String note) {
        try {
            Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
            var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"));
            try (var channel = FileChannel.open(file, APPEND, owner)) {
                channel.truncate(endOfLastLine(channel));
                channel.position(channel.size());
                var line = ByteBuffer.wrap((note.replace('\n', '\t') + "\n").getBytes(UTF_8));
                while (line.hasRemaining()) {
                    channel.write(line);
                }
                channel.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long endOfLastLine(FileChannel channel) throws IOException {
        var start = Math.max(0, channel.size() - LONGEST_LINE);
        var tail = ByteBuffer.allocate((int) (channel.size() - start));
        while (tail.hasRemaining() && channel.read(tail, start + tail.position()) > 0) {}
        for (var i = tail.position(); i > 0; i--) {
            if (tail.get(i - 1) == '\n') {
                return start + i;
            }
        }
        return start;
    }

    boolean isPresent() {
        return Files.exists(file);
    }

    /// Streams the notes; close it. Empty when there is no file.
    @SuppressWarnings("StreamResourceLeak") // the caller closes it
    Stream<String> notes() {
        if (!isPresent()) {
            return Stream.of();
        }
        try {
            return Files.lines(file, UTF_8).filter(line -> line.endsWith("\t")).map(line -> line.replace('\t', '\n'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
