package lanyard.governance.retention;

import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import lanyard.platform.file.CheckedLines;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.RoomId;
import tools.jackson.databind.node.ObjectNode;

/// What was disposed of, outside the database and its backups, beside the list of destroyed keys: one line for each
/// transaction that destroyed, with step, order, room and events, and one for each disposal as it was marked and as it
/// ended, which is what its certificate says.
///
/// What could go wrong: a backup is restored that is older than the list, and what was destroyed is served again; a
/// damaged list is obeyed in part. The principles: lines are only ever added, each is on the disk before it counts as
/// listed, every start carries out again what the list has and the database has not, before anybody is served; a torn
/// last line was never counted and is cut off, any other damage stops the start.
final class GoneList {
    static final String NAME = "disposed.log";
    private static final int FIELDS = 5;
    private static final String FACTS = "facts";
    private static final int FACTS_FIELDS = 4;

    private final CheckedLines lines;

    GoneList(Path directory) {
        this.lines = new CheckedLines(
                directory.resolve(NAME), "The list of what was disposed of", "what was destroyed could come back");
    }

    /// What a certificate says, outside the database: of an order or a certificate (`kind`), by its id.
    record Facts(String kind, String id, ObjectNode said) {}

    /// What the list has: each step once, and of each disposal the newest facts, in the order in which they came.
    record Listed(List<OrderStore.Step> steps, List<Facts> facts) {}

    /// Returns when the lines are on the disk.
    void append(List<OrderStore.Step> steps, List<Facts> facts) {
        lines.append(
                Stream.concat(steps.stream().map(GoneList::line), facts.stream().map(GoneList::line))
                        .toList());
    }

    private static String line(OrderStore.Step step) {
        return String.join(
                "\t", step.id(), step.order(), step.room().value(), Long.toString(step.ts()), Ranges.text(step.seqs()));
    }

    private static String line(Facts fact) {
        var said = Base64.getUrlEncoder().encodeToString(Json.bytes(fact.said()));
        return String.join("\t", FACTS, fact.kind(), fact.id(), said);
    }

    /// Each step once, however often it was written: whoever writes is told only afterwards that it was not needed.
    Listed list() {
        var steps = new LinkedHashMap<String, OrderStore.Step>();
        var facts = new LinkedHashMap<String, Facts>();
        var number = 1;
        for (var line : lines.list()) {
            var fields = line.split("\t", -1);
            if (fields.length == FIELDS) {
                var step = step(fields);
                steps.putIfAbsent(step.id(), step);
            } else if (fields.length == FACTS_FIELDS && fields[0].equals(FACTS)) {
                var said = Json.object(Base64.getUrlDecoder().decode(fields[3]));
                facts.put(fields[1] + " " + fields[2], new Facts(fields[1], fields[2], said));
            } else {
                throw lines.damaged(number);
            }
            number++;
        }
        return new Listed(List.copyOf(steps.values()), List.copyOf(facts.values()));
    }

    private static OrderStore.Step step(String[] fields) {
        return new OrderStore.Step(
                fields[0], fields[1], new RoomId(fields[2]), Ranges.of(fields[4]), Long.parseLong(fields[3]));
    }
}
