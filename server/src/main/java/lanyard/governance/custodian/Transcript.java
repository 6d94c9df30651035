package lanyard.governance.custodian;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A disclosure as lines for a screen. What people typed is shown without control characters, which could make a
/// terminal show something else.
final class Transcript {
    private Transcript() {}

    static List<String> of(JsonNode disclosure) {
        var lines = new ArrayList<String>();
        for (var event : disclosure.path("events")) {
            var at = Instant.ofEpochMilli(event.path("origin_server_ts").asLong());
            lines.add(visible(at + " " + event.path("sender").asString("") + " " + said(event)));
        }
        return lines;
    }

    private static String said(JsonNode event) {
        var type = event.path("type").asString("");
        var body = event.path("content").path("body").asString("");
        return type + (body.isEmpty() ? "" : ": " + body) + (event.has("redacted_by") ? " (hidden later)" : "");
    }

    private static String visible(String text) {
        return text.replaceAll("\\p{Cntrl}", " ").replaceAll("[\\u202a-\\u202e\\u2066-\\u2069]", "");
    }
}
