package lanyard.platform.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import lanyard.platform.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One answer: status, headers and the whole body, or what writes it where that is too much to hold.
public record Reply(
        int status,
        Map<String, String> headers,
        byte[] body,
        @Nullable Streamed streamed) {
    private static final String TYPE = "Content-Type";
    private static final String JSON = "application/json";

    /// A body of known length that is written as it is sent.
    public record Streamed(long length, Writing writing) {}

    /// Writes a body. Failing, it cuts the connection: the caller sees that the answer is not whole.
    @FunctionalInterface
    public interface Writing {
        void to(OutputStream out) throws IOException;
    }

    public Reply(int status, Map<String, String> headers, byte[] body) {
        this(status, headers, body, null);
    }

    public static Reply streamed(int status, long length, Writing writing) {
        return new Reply(status, Map.of(), new byte[0], new Streamed(length, writing));
    }

    public static Reply json(JsonNode body) {
        return json(200, body);
    }

    public static Reply json(int status, JsonNode body) {
        return jsonBytes(status, Json.bytes(body));
    }

    public static Reply jsonBytes(int status, byte[] body) {
        return new Reply(status, Map.of(TYPE, JSON), body);
    }

    public static Reply empty() {
        return json(Json.object());
    }

    public static Reply bytes(String contentType, byte[] body) {
        return new Reply(200, Map.of(TYPE, contentType), body);
    }

    public static Reply redirect(String location) {
        return new Reply(302, Map.of("Location", location), new byte[0]);
    }

    public Reply header(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, more, body, streamed);
    }
}
