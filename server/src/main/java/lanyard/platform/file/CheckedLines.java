package lanyard.platform.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import lanyard.platform.CannotStartException;

/// A file of lines that are only ever added, each with a check sum: what must outlive a restored database.
///
/// What could go wrong: a line is counted on that a crash took back, or a damaged file is obeyed in part. The
/// principles: lines are on the disk before [#append] returns; a torn last line was never counted and is cut off; any
/// other damage stops whoever reads.
public final class CheckedLines {
    private final Path file;
    private final String what;
    private final String danger;

    /// @param what the list is called, and `danger` what could happen without it: for who must restore it
    public CheckedLines(Path file, String what, String danger) {
        this.file = file;
        this.what = what;
        this.danger = danger;
    }

    /// Lines without line breaks. Returns when they are on the disk.
    public synchronized void append(List<String> lines) {
        var text = new StringBuilder();
        lines.forEach(
                said -> text.append(said).append('\t').append(checkSum(said)).append('\n'));
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
        try (var channel = FileChannel.open(file, options, owner)) {
            channel.truncate(wholeLines(channel));
            channel.position(channel.size());
            DurableFile.writeAll(channel, text.toString().getBytes(StandardCharsets.UTF_8));
            channel.force(true);
            DurableFile.syncEntries(file.toAbsolutePath().resolveSibling(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Up to where the file consists of lines that were finished.
    private static long wholeLines(FileChannel channel) throws IOException {
        var one = ByteBuffer.allocate(1);
        for (var end = channel.size(); end > 0; end--) {
            one.clear();
            channel.read(one, end - 1);
            if (one.get(0) == '\n') {
                return end;
            }
        }
        return 0;
    }

    /// In the order in which they were added. Errors: [CannotStartException] when one is damaged.
    public synchronized List<String> list() {
        var lines = new ArrayList<String>();
        if (Files.exists(file)) {
            var text = text();
            for (var line :
                    text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
                var end = line.lastIndexOf('\t');
                if (end < 0 || !line.substring(end + 1).equals(checkSum(line.substring(0, end)))) {
                    throw damaged(lines.size() + 1);
                }
                lines.add(line.substring(0, end));
            }
        }
        return List.copyOf(lines);
    }

    private String text() {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// For who finds a line that says nothing, counted from 1.
    public CannotStartException damaged(int line) {
        return new CannotStartException(what + ", " + file + ", is damaged in line " + line
                + ". Restore it from its newest copy, or " + danger + ".");
    }

    private static String checkSum(String said) {
        var sum = new CRC32();
        sum.update(said.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(sum.getValue());
    }
}
