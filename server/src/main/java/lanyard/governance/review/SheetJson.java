package lanyard.governance.review;

import java.time.Instant;
import java.util.List;
import lanyard.platform.json.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The pack for machines. Times are UTC.
final class SheetJson {
    private SheetJson() {}

    static ObjectNode of(Sheet sheet) {
        var head = sheet.head();
        var json = Json.object()
                .put("format", "lanyard disclosure pack 1")
                .put("case", head.caseId())
                .put("request", head.request())
                .put("organization", head.organization())
                .put("pack", head.number())
                .put("made_at", at(head.madeTs()));
        var messages = json.putArray("messages");
        sheet.entries().forEach(entry -> entry(messages.addObject(), entry));
        var schedule = json.putArray("withheld");
        for (var line : sheet.schedule()) {
            var one = schedule.addObject()
                    .put("code", line.reason().code())
                    .put("reason", line.reason().words())
                    .put("provision", line.reason().clause());
            numbers(one.putArray("whole_messages"), line.whole());
            numbers(one.putArray("parts_of_messages"), line.parts());
        }
        var log = json.putArray("log");
        for (var deed : sheet.log()) {
            var one = log.addObject().put("at", at(deed.ts())).put("what", deed.what());
            if (!deed.said().pieces().isEmpty()) {
                one.put("entered", deed.said().plain());
            }
        }
        return json;
    }

    private static void numbers(ArrayNode into, List<Integer> numbers) {
        numbers.forEach(into::add);
    }

    private static String at(long ts) {
        return Instant.ofEpochMilli(ts).toString();
    }

    private static void entry(ObjectNode json, Sheet.Entry entry) {
        json.put("number", entry.number());
        entry.gone().ifPresent(reason -> json.put("withheld", reason.code()));
        entry.told().ifPresent(told -> told(json, told));
    }

    private static void told(ObjectNode json, Sheet.Told told) {
        json.put("conversation", told.conversation().plain())
                .put("from", told.sender().plain())
                .put("sender_has_left", told.left());
        var versions = json.putArray("versions");
        told.versions()
                .forEach(version -> versions.addObject()
                        .put("at", at(version.ts()))
                        .put("text", version.text().plain()));
        told.file().ifPresent(file -> {
            var one = json.putObject("file").put("name", file.name().plain());
            if (file.path().isEmpty()) {
                one.put("left_out", file.why());
            } else {
                one.put("path", file.path()).put("type", file.type()).put("bytes", file.bytes());
                if (FileKind.isRecording(file.type())) {
                    one.put("transcribed", false);
                }
            }
        });
        var context = told.context();
        context.deleted()
                .ifPresent(mark -> json.putObject("deleted_by_author")
                        .put("at", at(mark.ts()))
                        .put("by", mark.by().plain())
                        .put("reason", mark.what().plain()));
        context.repliesTo().ifPresent(number -> json.put("replies_to", number));
        marks(json.putArray("reactions"), context.reactions());
        var readers = json.putArray("read_by");
        context.reads()
                .forEach(
                        mark -> readers.addObject().put("by", mark.by().plain()).put("at_the_latest", at(mark.ts())));
        var members = json.putArray("members");
        context.members().forEach(member -> members.add(member.plain()));
    }

    private static void marks(ArrayNode into, List<Sheet.Mark> marks) {
        for (var mark : marks) {
            var one = into.addObject().put("by", mark.by().plain()).put("at", at(mark.ts()));
            if (!mark.what().pieces().isEmpty()) {
                one.put("what", mark.what().plain());
            }
        }
    }
}
