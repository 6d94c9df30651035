package lanyard.abuse;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import lanyard.platform.json.Json;
import tools.jackson.databind.node.ObjectNode;

/// Another app's push gateway on this machine.
final class TestGateway implements AutoCloseable {
    private static final String PATH = "/_matrix/push/v1/notify";

    private final BlockingQueue<ObjectNode> told = new LinkedBlockingQueue<>();
    private final HttpServer http;

    TestGateway() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.createContext(PATH, exchange -> {
            try (exchange) {
                told.add(Json.object(exchange.getRequestBody().readAllBytes()));
                var answer = "{\"rejected\":[]}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        http.start();
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + PATH;
    }

    ObjectNode next() throws InterruptedException {
        return Objects.requireNonNull(told.poll(10, TimeUnit.SECONDS), "nothing came");
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
