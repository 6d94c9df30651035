package lanyard.governance.retention;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import lanyard.platform.CannotStartException;
import lanyard.platform.file.DurableFile;
import lanyard.standards.matrix.RoomId;

/// What was disposed of, outside the database and its backups, beside the list of destroyed keys: one line for each
/// transaction that destroyed, with step, order, room, events and a check sum.
///
/// What could go wrong: a backup is restored that is older than the list, and what was destroyed is served again; a
/// damaged list is obeyed in part. The principles: lines are only ever added, each is on the disk before it counts as
/// listed, every start carries out again what the list has and the database has not, before anybody is served; a torn
/// last line was never counted and is cut off, any other damage stops the start.
final class GoneList {
    static final String NAME = "disposed.log";
    private static final int FIELDS = 6;

    private final Path file;

    GoneList(Path directory) {
        this.file = directory.resolve(NAME);
    }

    /// Returns when the lines are on the disk.
    synchronized void append(List<OrderStore.Step> steps) {
        var text = new StringBuilder();
        for (var step : steps) {
            var said = String.join(
                    "\t",
                    step.id(),
                    step.order(),
                    step.room().value(),
                    Long.toString(step.ts()),
                    Ranges.text(step.seqs()));
            text.append(said).append('\t').append(checkSum(said)).append('\n');
        }
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

    /// Each step once, however often it was written: whoever writes is told only afterwards that it was not needed.
    synchronized List<OrderStore.Step> list() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            var text = Files.readString(file, StandardCharsets.UTF_8);
            var steps = new LinkedHashMap<String, OrderStore.Step>();
            var number = 0;
            for (var line :
                    text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
                var step = step(line, number++);
                steps.putIfAbsent(step.id(), step);
            }
            return List.copyOf(steps.values());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private OrderStore.Step step(String line, int number) {
        var fields = line.split("\t", -1);
        if (fields.length != FIELDS
                || !fields[FIELDS - 1].equals(checkSum(line.substring(0, line.lastIndexOf('\t'))))) {
            throw new CannotStartException("The list of what was disposed of, " + file + ", is damaged in line "
                    + (number + 1) + ". Restore it from its newest copy, or what was destroyed could come back.");
        }
        return new OrderStore.Step(
                fields[0], fields[1], new RoomId(fields[2]), Ranges.of(fields[4]), Long.parseLong(fields[3]));
    }

    private static String checkSum(String said) {
        var sum = new CRC32();
        sum.update(said.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(sum.getValue());
    }
}
