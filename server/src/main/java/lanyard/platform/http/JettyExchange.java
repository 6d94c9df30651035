package lanyard.platform.http;

import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import lanyard.platform.json.Json;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Jetty's request as an `Exchange`.
final class JettyExchange implements Exchange {
    /// What a person typed is kept until it is answered: the page that says what went wrong gives it back.
    private static final String FORM = "application/x-www-form-urlencoded";

    private final Request request;
    private final HttpSettings settings;
    private final Map<String, String> parameters;
    private final Map<String, String> replyHeaders = new LinkedHashMap<>();
    private @Nullable QueryString query;
    private byte @Nullable [] form;

    JettyExchange(Request request, HttpSettings settings, Map<String, String> parameters) {
        this.request = request;
        this.settings = settings;
        this.parameters = parameters;
    }

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String path() {
        var path = request.getHttpURI().getPath();
        return path == null ? "" : path;
    }

    @Override
    public String param(String name) {
        var value = parameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("The route has no parameter " + name + ".");
        }
        return value;
    }

    @Override
    public Optional<String> query(String name) {
        return queryAll(name).stream().findFirst();
    }

    @Override
    public List<String> queryAll(String name) {
        if (query == null) {
            query = QueryString.parse(request.getHttpURI().getQuery());
        }
        return query.all(name);
    }

    @Override
    public String rawQuery() {
        var raw = request.getHttpURI().getQuery();
        return raw == null ? "" : raw;
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeaders().get(name));
    }

    @Override
    public Optional<String> cookie(String name) {
        return Request.getCookies(request).stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(cookie -> cookie.getValue())
                .findFirst();
    }

    @Override
    public String remoteAddress() {
        var peer = Request.getRemoteAddr(request);
        if (!settings.trustedProxies().contains(peer)) {
            return peer;
        }
        // The nearest proxy appends what it saw; everything before that is what the caller claimed.
        var forwarded = request.getHeaders().getCSV(HttpHeader.X_FORWARDED_FOR, false);
        return forwarded.isEmpty() ? peer : forwarded.getLast();
    }

    @Override
    public String host() {
        var authority = request.getHttpURI().getAuthority();
        return authority == null ? "" : authority.toLowerCase(Locale.ROOT);
    }

    @Override
    public ObjectNode bodyUpTo(int maximumBytes) {
        var body = bytes(maximumBytes);
        return body.length == 0 ? Json.object() : Json.object(body);
    }

    @Override
    public byte[] bytes(int maximumBytes) {
        if (form != null && form.length <= maximumBytes) {
            return form.clone();
        }
        var body = Body.read(request, maximumBytes);
        if (header("Content-Type").orElse("").startsWith(FORM)) {
            form = body.clone();
        }
        return body;
    }

    @Override
    public InputStream stream(long maximumBytes) {
        return Body.stream(request, maximumBytes);
    }

    @Override
    public void replyHeader(String name, String value) {
        replyHeaders.put(name, value);
    }

    Map<String, String> replyHeaders() {
        return replyHeaders;
    }
}
