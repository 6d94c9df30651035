package lanyard.platform.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The headers that every answer carries, by what is answered.
final class Headers {
    /// Scripts carry it too: a worker takes its policy from its own script.
    static final String PAGE_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
            + "img-src 'self' blob: data:; media-src blob:; connect-src 'self'; font-src 'self'; worker-src 'self'; "
            + "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
            + "require-trusted-types-for 'script'; trusted-types app";
    private static final String DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";
    /// Only what browsers know: of a name they do not, each page complains in its console.
    private static final String PERMISSIONS = "accelerometer=(), autoplay=(), camera=(self), "
            + "clipboard-read=(), display-capture=(), encrypted-media=(), fullscreen=(), geolocation=(), "
            + "gyroscope=(), hid=(), idle-detection=(), local-fonts=(), magnetometer=(), microphone=(self), midi=(), "
            + "payment=(), picture-in-picture=(), screen-wake-lock=(), serial=(), usb=(), "
            + "xr-spatial-tracking=()";

    private static final Map<String, String> CORS = Map.of(
            "Access-Control-Allow-Origin", "*",
            "Access-Control-Allow-Methods", "GET, POST, PUT, DELETE, OPTIONS",
            "Access-Control-Allow-Headers", "X-Requested-With, Content-Type, Authorization, DPoP",
            "Access-Control-Expose-Headers", "ETag, Retry-After, Content-Range, Content-Disposition, WWW-Authenticate",
            "Access-Control-Max-Age", "86400");

    private Headers() {}

    /// Matrix is for clients of any origin (<https://spec.matrix.org/v1.18/client-server-api/#web-browser-clients>);
    /// no cookie is honoured there, so a foreign page gains nothing. Our own interface is for our own pages.
    static boolean isForAnyOrigin(String path) {
        return path.startsWith("/_matrix/")
                || path.startsWith("/_synapse/")
                || path.startsWith("/.well-known/matrix/")
                || path.startsWith("/oauth2/");
    }

    static Map<String, String> cors() {
        return CORS;
    }

    static Map<String, String> common(HttpSettings settings, String path, @Nullable String contentType) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Referrer-Policy", "no-referrer");
        if (settings.https()) {
            headers.put("Strict-Transport-Security", "max-age=63072000; includeSubDomains");
        }
        if (isForAnyOrigin(path)) {
            headers.putAll(CORS);
        } else {
            headers.put("Cross-Origin-Opener-Policy", "same-origin");
            headers.put("Cross-Origin-Resource-Policy", "same-origin");
        }
        if (isPage(contentType)) {
            headers.put("Content-Security-Policy", PAGE_POLICY);
            headers.put("Permissions-Policy", PERMISSIONS);
        } else {
            headers.put("Content-Security-Policy", DATA_POLICY);
        }
        headers.put("Cache-Control", "no-store");
        return headers;
    }

    private static boolean isPage(@Nullable String contentType) {
        return contentType != null
                && (contentType.startsWith("text/html") || contentType.startsWith("text/javascript"));
    }
}
