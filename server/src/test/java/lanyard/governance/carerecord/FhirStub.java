package lanyard.governance.carerecord;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/// A FHIR server over real HTTP that knows conditional create and read, and can misbehave in the ways that matter.
final class FhirStub implements AutoCloseable {
    enum Mood {
        GOOD,
        /// Stores, and answers without saying where.
        SILENT_ABOUT_PLACE,
        /// Never answers, stores nothing.
        SLOW,
        /// Stores, then never answers.
        ACCEPTS_THEN_HANGS,
        UNAVAILABLE,
        REFUSES,
        /// Keeps another dose.
        LIES_ABOUT_WORDS,
        LIES_ABOUT_PATIENT,
        /// Keeps the words and, among them, what would run in a reader's browser.
        ADDS_A_SCRIPT,
        ADDS_A_HANDLER,
        /// Keeps what corrects a document as if it were one more.
        IGNORES_CORRECTIONS,
        /// Answers a read with more than anybody should listen to.
        HUGE,
        REDIRECTS,
        NOT_FHIR
    }

    static final Duration PATIENCE = Duration.ofSeconds(3);

    private final HttpServer server;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<String, byte[]> documents = new LinkedHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile Mood mood = Mood.GOOD;

    FhirStub() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/fhir/Bundle", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    FhirServer address() {
        return new FhirServer(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/fhir/"), "", PATIENCE);
    }

    FhirStub is(Mood now) {
        mood = now;
        return this;
    }

    synchronized List<byte[]> documents() {
        return List.copyOf(documents.values());
    }

    /// Method and path of each request so far.
    List<String> requests() {
        return List.copyOf(requests);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            var body = exchange.getRequestBody().readAllBytes();
            switch (mood) {
                case SLOW -> hang();
                case UNAVAILABLE -> reply(exchange, 503, "");
                case REFUSES -> reply(exchange, 422, REFUSAL);
                case NOT_FHIR -> reply(exchange, 200, "<html>Please sign in to the network</html>");
                case REDIRECTS -> {
                    exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/elsewhere");
                    reply(exchange, 307, "");
                }
                default -> serve(exchange, body);
            }
        }
    }

    private void serve(HttpExchange exchange, byte[] body) throws IOException {
        if (exchange.getRequestMethod().equals("POST")) {
            var known = store(exchange.getRequestHeaders().getFirst("If-None-Exist"), body);
            if (mood == Mood.ACCEPTS_THEN_HANGS) {
                hang();
            } else {
                if (mood != Mood.SILENT_ABOUT_PLACE) {
                    exchange.getResponseHeaders().add("Location", "/fhir/Bundle/" + known.id() + "/_history/1");
                }
                reply(exchange, known.isNew() ? 201 : 200, "");
            }
        } else if (mood == Mood.HUGE) {
            exchange.sendResponseHeaders(200, 0);
            var part = new byte[64 * 1024];
            for (var i = 0; i < 10_000; i++) {
                exchange.getResponseBody().write(part);
            }
        } else if (exchange.getRequestURI().getPath().endsWith("/Bundle")) {
            reply(exchange, 200, searchset());
        } else {
            read(exchange);
        }
    }

    private record Known(String id, boolean isNew) {}

    private synchronized Known store(String condition, byte[] body) {
        var identifier = new JsonMapper().readTree(body).at("/identifier/value").stringValue();
        if (!URLDecoder.decode(condition, StandardCharsets.UTF_8)
                .equals("identifier=urn:ietf:rfc:3986|" + identifier)) {
            throw new IllegalStateException("the condition names another document");
        }
        var id = identifier.substring("urn:uuid:".length());
        return new Known(id, documents.putIfAbsent(id, body) == null);
    }

    private synchronized void read(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var document = documents.get(path.substring(path.lastIndexOf('/') + 1));
        if (document == null) {
            reply(exchange, 404, "");
        } else {
            reply(exchange, 200, retold(new String(document, StandardCharsets.UTF_8)));
        }
    }

    private String retold(String document) {
        return switch (mood) {
            case LIES_ABOUT_WORDS -> document.replace("40 mg", "400 mg");
            case LIES_ABOUT_PATIENT -> document.replace("9990000018", "9990000026");
            case ADDS_A_SCRIPT ->
                document.replace("</div>", "<script src='https://elsewhere.example/x.js'></script></div>");
            case ADDS_A_HANDLER -> document.replace("<p>", "<p onclick='steal()'>");
            case IGNORES_CORRECTIONS -> document.replace("entered-in-error", "final");
            default -> document;
        };
    }

    private synchronized String searchset() {
        var found = new StringBuilder("{\"resourceType\":\"Bundle\",\"type\":\"searchset\"");
        documents.forEach((id, document) -> found.append(",\"entry\":[{\"resource\":")
                .append(new String(document, StandardCharsets.UTF_8).replaceFirst("\\{", "{\"id\":\"" + id + "\","))
                .append("}]"));
        return found.append('}').toString();
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void hang() {
        try {
            closing.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }

    /// As real servers do, it repeats the patient's number.
    private static final String REFUSAL = """
            {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"not-found",
             "details":{"text":"No patient 9990000018 here"}}]}
            """;
}
