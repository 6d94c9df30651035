package lanyard.platform.http;

import java.io.InputStream;
import java.util.List;
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

    /// The first value of a query parameter, decoded.
    Optional<String> query(String name);

    /// Every value of a query parameter that may be repeated, such as `via`.
    default List<String> queryAll(String name) {
        return query(name).stream().toList();
    }

    /// All that stands after the question mark, still encoded; empty where there is none.
    default String rawQuery() {
        throw new UnsupportedOperationException("This exchange has no query.");
    }

    Optional<String> header(String name);

    Optional<String> cookie(String name);

    /// The address of who is asking: the connection's, or the one a trusted proxy names.
    String remoteAddress();

    /// The `Host` asked for, in lower case, with its port where one was given.
    String host();

    /// Adds a header to whatever the answer will be, a refusal included: `Clear-Site-Data` with the 401 of a wiped
    /// handset, for one.
    default void replyHeader(String name, String value) {
        throw new UnsupportedOperationException("This exchange takes no headers.");
    }

    /// The body as a strictly parsed JSON object; an empty body counts as `{}`.
    /// Errors: `M_NOT_JSON`, `M_BAD_JSON`, `M_TOO_LARGE`.
    default ObjectNode body() {
        return bodyUpTo(USUAL_BODY_BYTES);
    }

    ObjectNode bodyUpTo(int maximumBytes);

    byte[] bytes(int maximumBytes);

    /// The body as it comes in, for what is too large to hold. Reading throws `M_TOO_LARGE` beyond `maximumBytes`.
    default InputStream stream(long maximumBytes) {
        throw new UnsupportedOperationException("This exchange has no stream.");
    }
}
