package lanyard.trust.console;

import java.io.ByteArrayOutputStream;
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
    private static final Pattern WHO = Pattern.compile("name=\"_who\" value=\"([^\"]*)\"");
    private static final Pattern FIELD =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\">");
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
    private String who = "";

    private TestConsole(URI root) {
        this.root = root;
    }

    /// Nobody yet.
    public static TestConsole stranger(TestServer server) {
        return new TestConsole(server.address("/"));
    }

    /// Signs one of the demonstration's people in by password and code, as the forms do without JavaScript. The proof
    /// counts for five minutes of the server's clock.
    public static TestConsole signedIn(TestServer server, String user) {
        return signedInAt(server.address("/"), server, user);
    }

    /// The same where another process serves, at `root`, what `server` has begun.
    public static TestConsole signedInAt(URI root, TestServer server, String user) {
        var signedIn = signedInWith(new TestConsole(root), server, user, Map.of("_to", "/console"));
        if (signedIn.shown().status() != 303) {
            throw new AssertionError("not signed in: " + signedIn.shown().status() + " "
                    + signedIn.shown().text());
        }
        signedIn.console().get("/console");
        return signedIn.console();
    }

    /// Somebody who has passed both steps, and what they are shown then.
    public record SignedIn(TestConsole console, Shown shown) {}

    /// From a sign-in page with these hidden fields.
    public static SignedIn signedInWith(TestServer server, String user, Map<String, String> hidden) {
        return signedInWith(new TestConsole(server.address("/")), server, user, hidden);
    }

    private static SignedIn signedInWith(
            TestConsole console, TestServer server, String user, Map<String, String> hidden) {
        var fields = new LinkedHashMap<>(hidden);
        fields.put("user", user);
        fields.put("password", server.passwordOf(user));
        var first = console.send("/console/sign-in", fields);
        if (!SESSION.matcher(first.html()).find()) {
            throw new AssertionError("no second step: " + first.status() + " " + first.text());
        }
        var step = hidden(first);
        step.put("code", server.codeOf(user));
        return new SignedIn(console, console.send("/console/sign-in/code", step));
    }

    public Shown get(String path) {
        return call(HttpRequest.newBuilder(root.resolve(path)).GET());
    }

    /// Sends a form from the page at `page`, as a browser would.
    public Shown post(String path, String page, Map<String, String> fields) {
        var all = new LinkedHashMap<>(fields);
        all.putIfAbsent("_csrf", csrf);
        all.putIfAbsent("_page", page);
        all.putIfAbsent("_who", who);
        return send(path, all);
    }

    /// Sends a form with files from the page at `page`, as a browser would; no file chosen is an empty one.
    public Shown upload(String path, String page, Map<String, byte[]> files) {
        var boundary = "----lanyardTest7d1";
        var body = new ByteArrayOutputStream();
        Map.of("_csrf", csrf, "_page", page, "_who", who).forEach((name, value) -> {
            body.writeBytes(part(boundary, name, ""));
            body.writeBytes((value + "\r\n").getBytes(StandardCharsets.UTF_8));
        });
        var chosen = files.isEmpty() ? Map.of("photo", new byte[0]) : files;
        chosen.forEach((name, bytes) -> {
            body.writeBytes(part(boundary, name, "; filename=\"face.jpg\"\r\nContent-Type: image/jpeg"));
            body.writeBytes(bytes);
            body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        });
        body.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return call(HttpRequest.newBuilder(root.resolve(path))
                .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .header("Origin", "http://" + root.getAuthority()));
    }

    private static byte[] part(String boundary, String name, String more) {
        var head = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"" + more + "\r\n\r\n";
        return head.getBytes(StandardCharsets.UTF_8);
    }

    /// The hidden fields of a page that has one form in its middle, as a press of its button sends them.
    public static Map<String, String> hidden(Shown page) {
        var fields = new LinkedHashMap<String, String>();
        var main = page.html().substring(page.html().indexOf("<main"));
        var found = FIELD.matcher(main);
        while (found.find()) {
            fields.put(
                    found.group(1),
                    found.group(2).replace("&amp;", "&").replace("&quot;", "\"").replace("&#39;", "'"));
        }
        return fields;
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
        return new TestConsole(server.address("/")).call(request);
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
            var typist = WHO.matcher(response.body());
            if (typist.find() && !typist.group(1).isEmpty()) {
                who = typist.group(1);
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
        PageGallery.keep(response.statusCode(), response.body());
        return new Shown(response.statusCode(), response.body(), headers.getOrDefault("location", ""), headers);
    }
}
