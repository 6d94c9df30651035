package lanyard.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import lanyard.platform.json.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/// Callers that are slow, broken, gone or hostile, and faults of our own: over plain sockets, with the log read.
@Timeout(30)
class RoughCallersTest {
    private static final Duration IDLE = Duration.ofMillis(400);
    private static final String SECRET = "943 476 5919";

    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch parked = new CountDownLatch(300);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger ours = (Logger) LoggerFactory.getLogger("lanyard");
    private final Logger all = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private HttpServer server;

    @BeforeEach
    void start() {
        log.start();
        all.addAppender(log);
        ours.addAppender(log);
        ours.setAdditive(false);
        ours.setLevel(Level.DEBUG);
        var routes = new RouteTable()
                .add("POST /body", x -> Reply.json(x.body()))
                .add("POST /unread", _ -> Reply.empty())
                .add("GET /fault/{name}", x -> {
                    throw new IllegalStateException("about " + SECRET, new IOException(SECRET));
                })
                .add("GET /overflow", x -> Reply.json(Json.object().put("n", overflow(1))))
                .add("GET /big", x -> Reply.bytes("text/plain", new byte[50_000_000]))
                .add("GET /park", x -> park());
        serve(routes, IDLE);
    }

    private void serve(RouteTable routes, Duration idle) {
        var settings = HttpSettings.local(0);
        server = HttpServer.start(settings, new Door(settings, routes, StaticFiles.none()), idle);
        server.onStopping(release::countDown);
    }

    /// As idle as connections may be for those who are in earnest.
    private void servePatiently() {
        server.close();
        var small = new RouteTable()
                .add("POST /small", x -> Reply.json(Json.object().put("n", x.bytes(10).length)));
        serve(small, Duration.ofMinutes(1));
    }

    @AfterEach
    void stop() {
        server.close();
        ours.setLevel(Level.INFO);
        ours.setAdditive(true);
        ours.detachAppender(log);
        all.detachAppender(log);
    }

    private static int overflow(int n) {
        return n == 0 ? 0 : n + overflow(n + 1);
    }

    private Reply park() {
        parked.countDown();
        try {
            return Reply.json(Json.object().put("released", release.await(20, TimeUnit.SECONDS)));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Socket connect(String request) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return socket;
    }

    private String ask(String request) throws IOException {
        try (var socket = connect(request)) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    }

    private List<String> logged() {
        return log.list.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage()
                        + (event.getThrowableProxy() == null
                                ? ""
                                : event.getThrowableProxy().getMessage()))
                .toList();
    }

    @Test
    void aFaultIsLoggedWithAReferenceAndWithoutAWordOfTheRequest() throws IOException {
        var answer = ask(get("/fault/943%20476%205919?q=" + SECRET.replace(" ", "")));
        assertThat(answer).startsWith("HTTP/1.1 500").contains("M_UNKNOWN", "Something went wrong on our side.");
        var reference = answer.replaceAll("(?s).*Reference ([^.]+)\\..*", "$1");
        assertThat(logged())
                .anySatisfy(line -> assertThat(line)
                        .contains(reference, "GET /fault/{name}", "java.lang.IllegalStateException", "RoughCallersTest")
                        .contains("caused by java.io.IOException"));
        assertThat(String.join("\n", logged())).doesNotContain("943 476", "943%20476", "9434765919");
        assertThat(answer).doesNotContain("943 476", "943%20476", "9434765919", "IllegalState");
    }

    @Test
    void evenAnOverflowIsAnswered() throws IOException {
        assertThat(ask(get("/overflow"))).startsWith("HTTP/1.1 500").contains("M_UNKNOWN");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../body",
                "/%2e%2e/body",
                "/fault/%00",
                "/fault/%zz",
                "/fault/%ff",
                "/fault/a b",
                "//",
                "http://[bad/",
                "/%u0041",
                "body"
            })
    void tricksWithThePathAreRefused(String path) throws IOException {
        assertThat(ask(get(path))).containsPattern("^HTTP/1.1 (400|404)").doesNotContain("Jetty", "<html");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 2\r\nContent-Length: 3",
                "Content-Length: 2\r\nTransfer-Encoding: chunked",
                "Content-Length: -1",
                "Content-Length: 99999999999999999999",
                "X: a\u0000b",
                "X: a\r\n b",
                "Transfer-Encoding: identity, chunked, identity",
            })
    void aRequestThatTwoReadersCouldReadDifferentlyIsRefusedAndCutOff(String header) throws IOException {
        var answer = ask("POST /body HTTP/1.1\r\nHost: x\r\n" + header + "\r\n\r\n{}GET /park HTTP/1.1\r\n\r\n");
        assertThat(answer).containsPattern("^HTTP/1.1 (400|413|501)");
        assertThat(answer.split("HTTP/1.1 ", -1)).hasSize(2);
    }

    @Test
    void headersThatAreTooLongAreRefused() throws IOException {
        assertThat(ask(get("/" + "a".repeat(20_000)))).startsWith("HTTP/1.1 414");
        assertThat(ask("GET / HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(20_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431");
    }

    private static String post(String headers, String body) {
        return "POST /body HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n\r\n" + body;
    }

    /// What is behind it is the next request.
    @Test
    void aBodyIsAsLongAsItWasAnnounced() throws IOException {
        var two = post("Content-Length: 7", "{\"a\":1}") + post("Content-Length: 7\r\nConnection: close", "{\"b\":2}");
        assertThat(ask(two)).containsSubsequence("HTTP/1.1 200", "{\"a\":1}", "HTTP/1.1 200", "{\"b\":2}");
        var tail = post("Content-Length: 7", "{\"a\":1}}") + get("/nothing");
        assertThat(ask(tail)).containsSubsequence("HTTP/1.1 200", "{\"a\":1}", "HTTP/1.1 4");
        var none = post("Content-Length: 0\r\nConnection: close", "");
        assertThat(ask(none)).containsSubsequence("HTTP/1.1 200", "{}");
    }

    @Test
    void aBodyWhoseLengthIsNotAnnouncedIsReadToItsEnd() throws IOException {
        var chunks = "4\r\n{\"a\"\r\n3\r\n:1}\r\n0\r\n\r\n";
        var two = post("Transfer-Encoding: chunked", chunks)
                + post("Transfer-Encoding: chunked\r\nConnection: close", chunks);
        assertThat(ask(two)).containsSubsequence("HTTP/1.1 200", "{\"a\":1}", "HTTP/1.1 200", "{\"a\":1}");
    }

    @Test
    void aBodyLongerThanOneBufferArrivesWhole() throws IOException {
        var body = "{\"a\":\"" + "b".repeat(100_000) + "\"}";
        assertThat(ask(post("Content-Length: " + body.length() + "\r\nConnection: close", body)))
                .startsWith("HTTP/1.1 200")
                .endsWith(body);
    }

    /// The answer needs nothing of the body, and the body comes later than the headers.
    @Test
    void aBodyThatNobodyReadsIsNotTakenForTheNextRequest() throws IOException {
        try (var socket = connect("POST /unread HTTP/1.1\r\nHost: x\r\nContent-Length: 7\r\n\r\n")) {
            var next = "{\"a\":1}" + get("/nothing");
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            socket.getOutputStream().write(next.getBytes(StandardCharsets.ISO_8859_1));
            var answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answers).containsSubsequence("HTTP/1.1 200", "HTTP/1.1 404");
        }
    }

    /// More than the two ends of a connection keep for each other, written whole before a word of the answer is read.
    /// A server that hung up meanwhile would take its answer with it.
    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 33554432", "Transfer-Encoding: chunked"})
    void whoSendsFarTooMuchGetsToReadWhy(String length) throws IOException {
        servePatiently();
        var part = new byte[1024 * 1024];
        var size = (Integer.toHexString(part.length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        var isChunked = length.startsWith("Transfer");
        try (var socket = connect("POST /small HTTP/1.1\r\nHost: x\r\n" + length + "\r\n\r\n")) {
            var out = socket.getOutputStream();
            for (var i = 0; i < 32; i++) {
                out.write(isChunked ? size : new byte[0]);
                out.write(part);
                out.write(isChunked ? new byte[] {'\r', '\n'} : new byte[0]);
            }
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 413").contains("Connection: close", "M_TOO_LARGE");
            assertThat(answer.split("HTTP/1.1 ", -1)).hasSize(2);
        }
    }

    /// Not for ever: who goes on sending is hung up on.
    @Test
    void whoNeverStopsSendingIsHungUpOn() throws IOException {
        servePatiently();
        var part = new byte[1024 * 1024];
        try (var socket = connect("POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999\r\n\r\n")) {
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            assertThatThrownBy(() -> {
                        while (true) {
                            socket.getOutputStream().write(part);
                            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aBodyThatEndsBeforeItsTimeIsRefused() throws IOException {
        try (var socket = connect(post("Content-Length: 10", "{\"a\":1}"))) {
            socket.shutdownOutput();
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).doesNotContain("200 OK");
        }
    }

    @Test
    void aBodyThatStopsComingIsNotWaitedFor() throws IOException {
        var answer = ask("POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{");
        assertThat(answer).startsWith("HTTP/1.1 408").contains("The request came too slowly.");
    }

    @Test
    void aBodyThatDripsIsNotWaitedForEither() {
        assertThat(Body.tooSlow(Duration.ofSeconds(21), 21)).isTrue();
        assertThat(Body.tooSlow(Duration.ofSeconds(21), 256 * 1024)).isFalse();
        assertThat(Body.tooSlow(Duration.ofMinutes(5), 256 * 1024)).isTrue();
        assertThat(Body.tooSlow(Duration.ofSeconds(19), 1)).isFalse();
    }

    @Test
    void headersThatDripAreNotWaitedForWhileOthersAreAnswered() throws IOException, InterruptedException {
        try (var slow = connect("GET /nothing HTTP/1.1\r\nHost: x\r\nX: ")) {
            var sent = 0;
            while (sent < 200 && drips(slow)) {
                sent++;
                Thread.sleep(20);
                assertThat(ask(get("/nothing"))).startsWith("HTTP/1.1 404");
            }
            assertThat(sent).isLessThan(200);
        }
    }

    private static boolean drips(Socket socket) {
        try {
            socket.getOutputStream().write('a');
            socket.getOutputStream().flush();
            return true;
        } catch (IOException cut) {
            return false;
        }
    }

    @Test
    void aCallerWhoLeavesIsNobodysFault() throws IOException, InterruptedException {
        connect("POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{").close();
        var reader = connect(get("/big"));
        reader.getInputStream().readNBytes(1_000);
        reader.setSoLinger(true, 0);
        reader.close();
        Thread.sleep(IDLE.multipliedBy(2));
        assertThat(logged()).noneMatch(line -> line.startsWith("ERROR") || line.startsWith("WARN"));
        assertThat(ask(get("/nothing"))).startsWith("HTTP/1.1 404");
    }

    @Test
    void threeHundredParkedPollsOutlastTheIdleTimeoutAndAreReleasedWhenTheServerStops() throws Exception {
        var polls = IntStream.range(0, 300).mapToObj(_ -> open(get("/park"))).toList();
        assertThat(parked.await(10, TimeUnit.SECONDS)).isTrue();
        Thread.sleep(IDLE.multipliedBy(3));
        var started = System.nanoTime();
        server.close();
        for (var poll : polls) {
            assertThat(new String(poll.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200")
                    .endsWith("{\"released\":true}");
            poll.close();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));
    }

    private Socket open(String request) {
        try {
            return connect(request);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
