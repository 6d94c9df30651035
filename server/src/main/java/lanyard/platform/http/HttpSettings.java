package lanyard.platform.http;

import java.util.List;

/// Where the server listens. `https` says that people reach it over TLS (ours or a proxy's), which turns HSTS on.
/// `trustedProxies` are the addresses whose `X-Forwarded-For` is believed; nobody else's is.
public record HttpSettings(String bind, int port, boolean https, List<String> trustedProxies) {
    public HttpSettings {
        if (bind.isBlank()) {
            throw new IllegalArgumentException("The address to listen on is empty.");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("The port must be between 0 and 65535, 0 meaning any free one.");
        }
        trustedProxies = List.copyOf(trustedProxies);
    }

    /// Plain HTTP for this machine only.
    public static HttpSettings local(int port) {
        return new HttpSettings("127.0.0.1", port, false, List.of());
    }
}
