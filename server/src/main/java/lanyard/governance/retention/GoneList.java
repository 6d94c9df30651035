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
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import lanyard.platform.CannotStartException;
import lanyard.platform.file.DurableFile;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.RoomId;
import tools.jackson.databind.node.ObjectNode;

/// What was disposed of, outside the database and its backups, beside the list of destroyed keys: one line for each
/// transaction that destroyed, with step, order, room, events and a check sum, and one for each disposal as it was
/// marked and as it ended, which is what its certificate says.
///
/// What could go wrong: a backup is restored that is older than the list, and what was destroyed is served again; a
/// damaged list is obeyed in part. The principles: lines are only ever added, each is on the disk before it counts as
/// listed, every start carries out again what the list has and the database has not, before anybody is served; a torn
/// last line was never counted and is cut off, any other damage stops the start.
final class GoneList {
    static final String NAME = "disposed.log";
    private static final int FIELDS = 6;
    private static final String FACTS = "facts";
    private static final int FACTS_FIELDS = 5;

    private final Path file;

    GoneList(Path directory) {
        this.file = directory.resolve(NAME);
    }

    /// What a certificate says, outside the database: of an order or a certificate (`kind`), by its id.
    record Facts(String kind, String id, ObjectNode said) {}

    /// What the list has: each step once, and of each disposal the newest facts, in the order in which they came.
    record Listed(List<OrderStore.Step> steps, List<Facts> facts) {}

    /// Returns when the lines are on the disk.
    synchronized void append(List<OrderStore.Step> steps, List<Facts> facts) {
        var text = new StringBuilder();
        steps.forEach(step -> text.append(line(
                step.id(), step.order(), step.room().value(), Long.toString(step.ts()), Ranges.text(step.seqs()))));
        facts.forEach(fact -> text.append(
                line(FACTS, fact.kind(), fact.id(), Base64.getUrlEncoder().encodeToString(Json.bytes(fact.said())))));
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

    private static String line(String... fields) {
        var said = String.join("\t", fields);
        return said + "\t" + checkSum(said) + "\n";
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
    synchronized Listed list() {
        var steps = new LinkedHashMap<String, OrderStore.Step>();
        var facts = new LinkedHashMap<String, Facts>();
        if (Files.exists(file)) {
            var text = text();
            var number = 1;
            for (var line :
                    text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
                var fields = fields(line, number++);
                if (fields.length == FIELDS) {
                    var step = step(fields);
                    steps.putIfAbsent(step.id(), step);
                } else {
                    var said = Json.object(Base64.getUrlDecoder().decode(fields[3]));
                    facts.put(fields[1] + " " + fields[2], new Facts(fields[1], fields[2], said));
                }
            }
        }
        return new Listed(List.copyOf(steps.values()), List.copyOf(facts.values()));
    }

    private String text() {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String[] fields(String line, int number) {
        var fields = line.split("\t", -1);
        var whole = fields.length == FIELDS || (fields.length == FACTS_FIELDS && fields[0].equals(FACTS));
        if (!whole || !fields[fields.length - 1].equals(checkSum(line.substring(0, line.lastIndexOf('\t'))))) {
            throw new CannotStartException("The list of what was disposed of, " + file + ", is damaged in line "
                    + number + ". Restore it from its newest copy, or what was destroyed could come back.");
        }
        return fields;
    }

    private static OrderStore.Step step(String[] fields) {
        return new OrderStore.Step(
                fields[0], fields[1], new RoomId(fields[2]), Ranges.of(fields[4]), Long.parseLong(fields[3]));
    }

    private static String checkSum(String said) {
        var sum = new CRC32();
        sum.update(said.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(sum.getValue());
    }
}
