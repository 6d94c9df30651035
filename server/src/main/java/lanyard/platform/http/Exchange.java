package lanyard.platform.http;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// One request, without the HTTP library.
public interface Exchange {
    /// The body a request may have unless its handler allows more.
    int USUAL_BODY_BYTES = 256 * 1024;

    String method();

    /// The raw path, still percent-encoded.
    String path();

    /// A `{name}` segment of the route, percent-decoded.
    String param(String name);

    Optional<String> query(String name);

    Optional<String> header(String name);

    Optional<String> cookie(String name);

    String remoteAddress();

    String host();

    /// The body as a strictly parsed JSON object; an empty body counts as `{}`.
    /// Errors: `M_NOT_JSON`, `M_BAD_JSON`, `M_TOO_LARGE`.
    default ObjectNode body() {
        return bodyUpTo(USUAL_BODY_BYTES);
    }

    ObjectNode bodyUpTo(int maximumBytes);

    byte[] bytes(int maximumBytes);
}
