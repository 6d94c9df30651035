package lanyard.trust.console;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lanyard.TestServer;

/// A browser without JavaScript in which somebody is signed in to the console, for the tests of every feature that has
/// pages there.
public final class TestConsole {
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final Pattern SESSION = Pattern.compile("name=\"session\" value=\"([^\"]+)\"");

    /// A page as it came.
    public record Shown(int status, String html, String location, Map<String, String> headers) {
        /// What a reader sees, more or less.
        public String text() {
            return html.replaceAll("<[^>]*>", " ")
                    .replace("&#x27;", "'")
                    .replace("&#39;", "'")
                    .replace("&quot;", "\"")
                    .replace("&amp;", "&")
                    .replaceAll("\\s+", " ");
        }
    }

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI root;
    private String cookie = "";
    private String csrf = "";

    private TestConsole(TestServer server) {
        root = server.address("/");
    }

    /// Nobody yet.
    public static TestConsole stranger(TestServer server) {
        return new TestConsole(server);
    }

    /// Signs one of the demonstration's people in by password and code, as the forms do without JavaScript. The proof
    /// counts for five minutes of the server's clock.
    public static TestConsole signedIn(TestServer server, String user) {
        var console = new TestConsole(server);
        var first = console.send(
                "/console/sign-in", Map.of("user", user, "password", server.passwordOf(user), "_to", "/console"));
        var session = SESSION.matcher(first.html());
        if (!session.find()) {
            throw new AssertionError("no second step: " + first.status() + " " + first.text());
        }
        var second = console.send(
                "/console/sign-in/code",
                Map.of("session", session.group(1), "code", server.codeOf(user), "_to", "/console"));
        if (second.status() != 303) {
            throw new AssertionError("not signed in: " + second.status() + " " + second.text());
        }
        console.get("/console");
        return console;
    }

    public Shown get(String path) {
        return call(HttpRequest.newBuilder(root.resolve(path)).GET());
    }

    /// Sends a form from the page at `page`, as a browser would.
    public Shown post(String path, String page, Map<String, String> fields) {
        var all = new LinkedHashMap<>(fields);
        all.putIfAbsent("_csrf", csrf);
        all.putIfAbsent("_page", page);
        return send(path, all);
    }

    /// A form in which several boxes of one name are ticked.
    public Shown tick(String path, String name, Collection<String> ticked) {
        var fields = ticked.stream()
                .map(value -> encoded(name) + "=" + encoded(value))
                .collect(Collectors.joining("&"));
        return call(HttpRequest.newBuilder(root.resolve(path))
                .POST(BodyPublishers.ofString("_csrf=" + encoded(csrf) + "&" + fields))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", "http://" + root.getAuthority()));
    }

    /// What a form gives to be saved.
    public byte[] bytes(String path, Map<String, String> fields) {
        var all = new LinkedHashMap<>(fields);
        all.put("_csrf", csrf);
        var body = all.entrySet().stream()
                .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
                .collect(Collectors.joining("&"));
        var request = HttpRequest.newBuilder(root.resolve(path))
                .POST(BodyPublishers.ofString(body))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", "http://" + root.getAuthority())
                .header("Cookie", cookie);
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray()).body();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// With the fields given and no others, from our own origin.
    public Shown send(String path, Map<String, String> fields) {
        return send(path, fields, Map.of("Origin", "http://" + root.getAuthority()));
    }

    public Shown send(String path, Map<String, String> fields, Map<String, String> headers) {
        var body = fields.entrySet().stream()
                .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
                .collect(Collectors.joining("&"));
        var request = HttpRequest.newBuilder(root.resolve(path))
                .POST(BodyPublishers.ofString(body))
                .header("Content-Type", "application/x-www-form-urlencoded");
        headers.forEach(request::header);
        return call(request);
    }

    /// With a cookie of somebody's.
    public TestConsole with(String value) {
        cookie = value;
        return this;
    }

    /// Without a cookie, with an access token of the app's.
    static Shown raw(TestServer server, String method, String path, String token) {
        var request = HttpRequest.newBuilder(server.address(path))
                .method(method, BodyPublishers.noBody())
                .header("Authorization", "Bearer " + token);
        return new TestConsole(server).call(request);
    }

    public String cookie() {
        return cookie;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Shown call(HttpRequest.Builder request) {
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        try {
            var response = http.send(request.build(), BodyHandlers.ofString());
            response.headers()
                    .firstValue("Set-Cookie")
                    .filter(value -> value.startsWith("lanyard-console="))
                    .ifPresent(value -> cookie = value.split(";", 2)[0]);
            var token = CSRF.matcher(response.body());
            if (token.find()) {
                csrf = token.group(1);
            }
            return shown(response);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Shown shown(HttpResponse<String> response) {
        var headers = new LinkedHashMap<String, String>();
        response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
        return new Shown(response.statusCode(), response.body(), headers.getOrDefault("location", ""), headers);
    }
}
