package lanyard.platform.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Consumer;
import lanyard.platform.Feature;
import lanyard.platform.json.Json;
import lanyard.traceability.SpecificationSchemas;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A running server with the routes under test, and a small client of it. Close it after the test.
///
/// ```java
/// try (var http = TestHttp.serving(timeline)) {
///     var answer = http.put("/_matrix/client/v3/rooms/!a/send/m.room.message/1", token, body);
///     assertThat(answer.status()).isEqualTo(200);
/// }
/// ```
public final class TestHttp implements AutoCloseable {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final @Nullable HttpServer server;
    private final int port;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /// One answer, with its body read.
    public record Answer(int status, HttpHeaders headers, byte[] bytes) {
        public ObjectNode json() {
            return Json.object(bytes);
        }

        public String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        /// Matrix's error code, or an empty string where there is none.
        public String errcode() {
            return Json.optionalText(json(), "errcode").orElse("");
        }

        public String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }

    /// Whether answers are ours, and so what the specification says.
    private final boolean checked;

    private TestHttp(HttpServer server, boolean checked) {
        this.server = server;
        this.port = server.port();
        this.checked = checked;
    }

    private TestHttp(int port) {
        this.server = null;
        this.port = port;
        this.checked = true;
    }

    /// A client alone, of a server that runs already.
    public static TestHttp at(int port) {
        return new TestHttp(port);
    }

    public static TestHttp serving(Feature... features) {
        var table = new RouteTable();
        for (var feature : features) {
            feature.routes(table);
        }
        return new TestHttp(HttpServer.start(HttpSettings.local(0), table, StaticFiles.none()), true);
    }

    public static TestHttp routing(Consumer<Routes> features) {
        return routing(features, StaticFiles.none());
    }

    public static TestHttp routing(Consumer<Routes> features, StaticFiles files) {
        var table = new RouteTable();
        features.accept(table);
        return new TestHttp(HttpServer.start(HttpSettings.local(0), table, files), false);
    }

    public HttpServer server() {
        return Objects.requireNonNull(server);
    }

    public URI address(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    public Answer get(String path) {
        return get(path, null);
    }

    public Answer get(String path, @Nullable String token) {
        return send("GET", path, token, null);
    }

    public Answer put(String path, @Nullable String token, JsonNode body) {
        return send("PUT", path, token, Json.bytes(body));
    }

    public Answer post(String path, @Nullable String token, JsonNode body) {
        return send("POST", path, token, Json.bytes(body));
    }

    public Answer delete(String path, @Nullable String token) {
        return send("DELETE", path, token, null);
    }

    /// Any method with any bytes, for what a good client would not send.
    public Answer send(String method, String path, @Nullable String token, byte @Nullable [] body) {
        var request = HttpRequest.newBuilder(address(path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return send(request.build());
    }

    /// A request with headers of its own; build it on `address(path)`.
    public Answer send(HttpRequest request) {
        try {
            var response = client.send(request, BodyHandlers.ofByteArray());
            var answer = new Answer(response.statusCode(), response.headers(), response.body());
            check(request, answer);
            return answer;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void check(HttpRequest request, Answer answer) {
        if (checked && answer.status() == 200 && answer.header("content-type").startsWith("application/json")) {
            var path = request.uri().toString().substring(address("").toString().length());
            SpecificationSchemas.check(request.method(), path, MAPPER.readTree(answer.bytes()));
        }
    }

    @Override
    public void close() {
        // A server that stops waits a second for connections that are open and idle.
        client.shutdownNow();
        if (server != null) {
            server.close();
        }
    }
}
