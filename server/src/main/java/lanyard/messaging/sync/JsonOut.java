package lanyard.messaging.sync;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import lanyard.platform.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/// Puts an answer together from pieces that are rendered already, so that a shared event is never parsed or written
/// twice.
final class JsonOut {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    private boolean first = true;

    JsonOut open() {
        separate();
        out.write('{');
        first = true;
        return this;
    }

    JsonOut close() {
        out.write('}');
        first = false;
        return this;
    }

    JsonOut openList() {
        separate();
        out.write('[');
        first = true;
        return this;
    }

    JsonOut closeList() {
        out.write(']');
        first = false;
        return this;
    }

    JsonOut name(String name) {
        separate();
        if (isPlain(name)) {
            out.write('"');
            out.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
            out.write('"');
        } else {
            out.writeBytes(Json.bytes(StringNode.valueOf(name)));
        }
        out.write(':');
        first = true;
        return this;
    }

    /// Names are ours or ids: hardly one needs escaping.
    private static boolean isPlain(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    JsonOut value(JsonNode node) {
        return raw(Json.bytes(node));
    }

    JsonOut text(String text) {
        return value(StringNode.valueOf(text));
    }

    JsonOut flag(boolean flag) {
        return raw(Boolean.toString(flag).getBytes(StandardCharsets.US_ASCII));
    }

    JsonOut number(long number) {
        return raw(Long.toString(number).getBytes(StandardCharsets.US_ASCII));
    }

    JsonOut raw(byte[] json) {
        separate();
        out.writeBytes(json);
        first = false;
        return this;
    }

    private void separate() {
        if (!first) {
            out.write(',');
        }
        first = false;
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
