package lanyard.governance.carerecord;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks another server something, for so long and no longer, and listens to so much and no more. Follows no redirect.
final class BoundedClient implements AutoCloseable {
    /// Of an answer about words.
    static final int MOST_BYTES = 1024 * 1024;
    /// A picture in base64, and what stands around it.
    static final int MOST_IMAGE_BYTES = DecisionImages.LARGEST / 3 * 4 + MOST_BYTES;
    private static final int DEEPEST = 100;
    private static final Duration CONNECTING = Duration.ofSeconds(5);
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(MOST_IMAGE_BYTES)
                            .build())
                    .build())
            .build();

    private final HttpClient client;
    private final Duration patience;

    BoundedClient(Duration patience) {
        this.patience = patience;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECTING.compareTo(patience) < 0 ? CONNECTING : patience)
                .build();
    }

    sealed interface Reaction {}

    /// No usable answer came. `why` is for a person and holds nothing of what was sent.
    ///
    /// @param nothingWent there was no connection to send it over
    record Nothing(String why, boolean nothingWent) implements Reaction {
        Nothing(String why) {
            this(why, false);
        }
    }

    /// `body` is empty when there was more of it than we listen to.
    record Answer(int status, Optional<String> location, Optional<byte[]> body) implements Reaction {
        boolean isSuccess() {
            return status >= 200 && status < 300 && body.isPresent();
        }
    }

    /// Listens to at most `most` bytes. The time limit is on the whole exchange: the client's own ends when the headers
    /// arrive.
    Reaction send(HttpRequest request, int most) {
        var exchange = client.sendAsync(request, _ -> new LimitedBody(most));
        try {
            return answer(exchange.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            exchange.cancel(true);
            return new Nothing("The health record did not answer in time.");
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            return new Nothing("This server is stopping.");
        } catch (CancellationException e) {
            return new Nothing("The health record could not be reached.");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                return new Nothing("The health record could not be reached.", isNotConnected(cause));
            }
            throw new IllegalStateException("the HTTP client failed", e);
        }
    }

    /// The client says this of making a connection only, never of one that it had.
    private static boolean isNotConnected(IOException cause) {
        return cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException;
    }

    private static Reaction answer(HttpResponse<Optional<byte[]>> response) {
        return new Answer(response.statusCode(), response.headers().firstValue("Location"), response.body());
    }

    /// What is not JSON within limits is nothing.
    static Optional<JsonNode> json(Answer answer) {
        return answer.body().flatMap(BoundedClient::json);
    }

    static Optional<JsonNode> json(byte[] body) {
        try {
            return Optional.of(MAPPER.readTree(body));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
