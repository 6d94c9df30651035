package lanyard.traceability;

import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lanyard.platform.json.Json;
import tools.jackson.databind.node.ObjectNode;

/// One sentence of the guidance, in our words: where it stands, what we make of it and what that rests on.
record GuidanceRule(String id, String line, String rule, String status, String rests) {
    static final List<String> STATUSES = List.of("enforced", "partly", "you must", "cannot be checked", "not yet");

    static List<GuidanceRule> parse(ObjectNode file) {
        return Json.arrayField(file, "rules")
                .valueStream()
                .map(ObjectNode.class::cast)
                .map(rule -> new GuidanceRule(
                        Json.text(rule, "id"),
                        Json.text(rule, "line"),
                        Json.text(rule, "rule"),
                        Json.text(rule, "status"),
                        Json.text(rule, "rests")))
                .toList();
    }

    boolean needsATest() {
        return status.equals("enforced") || status.equals("partly");
    }

    /// The rule as a section of `docs/guidance.md`.
    String section(SortedSet<String> tests) {
        return "\n### " + id + " · line " + line + " · " + status + "\n\n" + rule + "\n"
                + (rests.isEmpty() ? "" : "\nRests on: " + rests + "\n")
                + (tests.isEmpty() ? "" : "\nTests:\n" + byClass(tests));
    }

    private static String byClass(SortedSet<String> tests) {
        var classes = new TreeMap<String, SortedSet<String>>();
        for (var test : tests) {
            var dot = test.endsWith(".ts") || test.endsWith(".tsx") ? -1 : test.lastIndexOf('.');
            var type = dot < 0 ? test : test.substring(0, dot);
            var names = classes.computeIfAbsent(type, _ -> new TreeSet<>());
            if (dot >= 0) {
                names.add(test.substring(dot + 1));
            }
        }
        return lines(classes);
    }

    private static String lines(SortedMap<String, SortedSet<String>> classes) {
        return classes.entrySet().stream()
                .map(entry -> "- `" + entry.getKey() + "`"
                        + (entry.getValue().isEmpty() ? "" : ": " + String.join(", ", entry.getValue())) + "\n")
                .collect(Collectors.joining());
    }
}
