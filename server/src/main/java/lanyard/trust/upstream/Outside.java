package lanyard.trust.upstream;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Asks an identity provider.
///
/// What could go wrong: what a provider's document names makes us fetch something inside our own network. So only hosts
/// that the settings name are asked, over TLS unless they are this machine, no redirect is followed, and an answer has
/// a size and a time.
final class Outside implements ResourceRetriever, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LARGEST = 512 * 1024;
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> hosts;
    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(PATIENCE)
            .build();

    /// `hosts` with their ports, where they have one.
    Outside(Set<String> hosts) {
        this.hosts = Set.copyOf(hosts);
    }

    boolean mayAsk(URI address) {
        var host = address.getHost();
        return host != null
                && address.getRawUserInfo() == null
                && hosts.contains(address.getRawAuthority())
                && ("https".equals(address.getScheme())
                        || ("http".equals(address.getScheme()) && THIS_MACHINE.contains(host)));
    }

    HTTPResponse send(HTTPRequest request) throws IOException {
        var ready = HttpRequest.newBuilder(request.getURI()).timeout(PATIENCE);
        request.getHeaderMap().forEach((name, values) -> values.forEach(value -> ready.header(name, value)));
        var body = Optional.ofNullable(request.getBody());
        ready.method(
                request.getMethod().name(), body.map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody));
        return send(ready.build());
    }

    String get(URI address) throws IOException {
        var answer = send(HttpRequest.newBuilder(address).timeout(PATIENCE).build());
        if (answer.getStatusCode() != 200) {
            throw new IOException("the identity provider answered " + answer.getStatusCode());
        }
        return answer.getBody();
    }

    @Override
    public Resource retrieveResource(URL url) throws IOException {
        return new Resource(get(URI.create(url.toString())), "application/json");
    }

    private HTTPResponse send(HttpRequest request) throws IOException {
        if (!mayAsk(request.uri())) {
            throw new IOException("that host is not the identity provider's");
        }
        try {
            var response = client.send(request, BodyHandlers.ofInputStream());
            try (var in = response.body()) {
                var bytes = in.readNBytes(LARGEST + 1);
                if (bytes.length > LARGEST) {
                    throw new IOException("the identity provider's answer is too long");
                }
                var answer = new HTTPResponse(response.statusCode());
                response.headers()
                        .map()
                        .forEach((name, values) -> answer.setHeader(name, values.toArray(String[]::new)));
                answer.setBody(new String(bytes, StandardCharsets.UTF_8));
                return answer;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("asking the identity provider was interrupted", e);
        }
    }

    /// The hosts of `addresses` that may not be asked.
    List<URI> strange(List<URI> addresses) {
        return addresses.stream().filter(address -> !mayAsk(address)).toList();
    }

    @Override
    public void close() {
        client.close();
    }
}
