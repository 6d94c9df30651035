package lanyard.platform.http;

import java.util.LinkedHashMap;
import java.util.Map;
import lanyard.platform.json.Json;
import tools.jackson.databind.JsonNode;

/// One answer: status, headers and the whole body.
public record Reply(int status, Map<String, String> headers, byte[] body) {
    private static final String TYPE = "Content-Type";
    private static final String JSON = "application/json";

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
        return new Reply(status, more, body);
    }
}
