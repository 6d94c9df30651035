package lanyard.messaging.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A browser vendor's push service on this machine, which hands what comes to the browser it is for: checks who sends
/// (RFC 8292), opens what was sent (RFC 8291) and keeps both.
final class FakePushService implements AutoCloseable {
    private static final Pattern VAPID = Pattern.compile("vapid t=([^,]+), k=(.+)");

    /// @param headers without what differs by chance, which has been checked
    record Pushed(String path, Map<String, List<String>> headers, int length, String opened) {}

    private final HttpServer http;
    private final Map<String, TestBrowser> browsers = new java.util.concurrent.ConcurrentHashMap<>();
    private final BlockingQueue<Pushed> pushed = new LinkedBlockingQueue<>();
    private final AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();
    private volatile int answer = 201;

    FakePushService() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.createContext("/", this::arrived);
        http.start();
    }

    String origin() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /// A browser that has subscribed.
    TestBrowser browser(String name) {
        var browser = new TestBrowser(origin() + "/send/" + name);
        browsers.put("/send/" + name, browser);
        return browser;
    }

    void answers(int status) {
        answer = status;
    }

    private void arrived(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var body = exchange.getRequestBody().readAllBytes();
            var status = answer;
            if (status == 307) {
                exchange.getResponseHeaders().add("Location", origin() + "/elsewhere");
            }
            if (status == 201 || status == 307) {
                pushed.add(read(exchange, path, body));
            }
            exchange.sendResponseHeaders(status, -1);
        } catch (Exception | AssertionError e) {
            fault.set(e);
        }
    }

    private Pushed read(HttpExchange exchange, String path, byte[] body) throws Exception {
        var headers = new TreeMap<String, List<String>>();
        exchange.getRequestHeaders().forEach(headers::put);
        checkSender(Objects.requireNonNull(headers.remove("Authorization")).getFirst());
        var browser = Objects.requireNonNull(browsers.get(path), "nobody subscribed there");
        return new Pushed(path, headers, body.length, browser.open(body));
    }

    private void checkSender(String authorization) throws Exception {
        var matcher = VAPID.matcher(authorization);
        assertThat(matcher.matches()).as(authorization).isTrue();
        var token = SignedJWT.parse(matcher.group(1));
        var key = TestBrowser.publicKey(Base64.getUrlDecoder().decode(matcher.group(2)));
        JWSVerifier verifier = new ECDSAVerifier((ECPublicKey) key);
        assertThat(token.verify(verifier)).isTrue();
        var claims = token.getJWTClaimsSet();
        assertThat(claims.getAudience()).containsExactly(origin());
        var now = InstantSource.system().instant();
        assertThat(claims.getExpirationTime().toInstant()).isBetween(now, now.plus(Duration.ofHours(24)));
        assertThat(claims.getSubject()).startsWith("http");
    }

    /// The next one, or none within the time.
    @Nullable
    Pushed next(long millis) {
        try {
            var one = pushed.poll(millis, TimeUnit.MILLISECONDS);
            if (fault.get() != null) {
                throw new AssertionError(fault.get());
            }
            return one;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
