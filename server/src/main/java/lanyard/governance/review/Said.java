package lanyard.governance.review;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lanyard.standards.matrix.EventId;
import tools.jackson.databind.JsonNode;

/// What an event says, as people would read it.
final class Said {
    private Said() {}

    /// The text: of an edit its new one, of a reply without what it quotes (the message it answers is named instead).
    static String text(String type, JsonNode content) {
        var now = content.path("m.new_content").isObject() ? content.path("m.new_content") : content;
        var body = now.path("body").asString("");
        var text = repliesTo(content).isPresent() ? withoutQuote(body) : body;
        if (hasFile(now)) {
            return now.has("filename") && !text.equals(now.path("filename").asString("")) ? text : "";
        }
        return text.isEmpty() ? other(type, now) : text;
    }

    private static String withoutQuote(String body) {
        if (!body.startsWith("> ")) {
            return body;
        }
        var rest = body.lines().dropWhile(line -> line.startsWith(">")).collect(Collectors.joining("\n"));
        return rest.strip();
    }

    /// Questions and answers of a poll, and the like: every text that is meant for people.
    private static String other(String type, JsonNode content) {
        var texts = texts(content).distinct().collect(Collectors.joining("\n"));
        return texts.isEmpty() ? "(" + type + ")" : texts;
    }

    private static Stream<String> texts(JsonNode node) {
        if (node.isArray()) {
            return node.valueStream().flatMap(Said::texts);
        }
        return node.propertyStream()
                .flatMap(field -> field.getKey().equals("m.text")
                                || field.getKey().equals("org.matrix.msc1767.text")
                                || field.getKey().equals("body")
                        ? text(field.getValue())
                        : texts(field.getValue()));
    }

    private static Stream<String> text(JsonNode value) {
        return value.isString()
                ? Stream.of(value.asString(""))
                : value.valueStream().map(one -> one.path("body").asString(""));
    }

    static boolean hasFile(JsonNode content) {
        return content.path("file").isObject() || content.path("url").isString();
    }

    static String fileName(JsonNode content) {
        return content.path("filename").asString(content.path("body").asString(""));
    }

    static Optional<EventId> repliesTo(JsonNode content) {
        return Optional.of(content.path("m.relates_to")
                        .path("m.in_reply_to")
                        .path("event_id")
                        .asString(""))
                .filter(EventId::isValid)
                .map(EventId::new);
    }
}
