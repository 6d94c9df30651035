package lanyard.messaging.push;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;

/// Which addresses a phone may ask this server to call: those of the push services that are named, over TLS.
///
/// What could go wrong: somebody makes this server call a machine inside the hospital for them. So the host is on a
/// list, and right before each call it is looked up and refused when any of its addresses is not a public one; the
/// lookup that the connection makes a moment later comes from the same memory of Java's, and a host in between would
/// have to show the named host's certificate.
final class WebPushHosts {
    private static final int LONGEST = 2_048;
    private static final int HTTPS = 443;

    private final Set<String> hosts;
    private final List<String> suffixes;
    /// Push services on this machine, for tests and development: `http://127.0.0.1:1234`.
    private final Set<String> local;

    /// `allowed` are hosts, `*.` and the end of hosts, or beginnings of addresses on this machine.
    WebPushHosts(List<String> allowed) {
        local = allowed.stream().filter(one -> one.startsWith("http://")).collect(Collectors.toUnmodifiableSet());
        suffixes = allowed.stream()
                .filter(one -> one.startsWith("*."))
                .map(one -> one.substring(1))
                .toList();
        hosts = allowed.stream()
                .filter(one -> !one.startsWith("http://") && !one.startsWith("*."))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Errors: `M_FORBIDDEN`.
    URI allowed(String endpoint) {
        var uri = parsed(endpoint);
        if (!isLocal(uri) && !isOnTheList(uri)) {
            throw refused();
        }
        return uri;
    }

    /// Whether it may be called now.
    boolean isSafe(URI endpoint) {
        if (isLocal(endpoint)) {
            return true;
        }
        if (!isOnTheList(endpoint)) {
            return false;
        }
        try {
            return Arrays.stream(InetAddress.getAllByName(endpoint.getHost())).allMatch(WebPushHosts::isPublic);
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static URI parsed(String endpoint) {
        if (endpoint.length() > LONGEST) {
            throw refused();
        }
        try {
            var uri = new URI(endpoint);
            if (uri.getScheme() == null || uri.getHost() == null || uri.getRawFragment() != null) {
                throw refused();
            }
            return uri;
        } catch (URISyntaxException e) {
            throw refused();
        }
    }

    private boolean isLocal(URI uri) {
        return local.contains(uri.getScheme() + "://" + uri.getRawAuthority());
    }

    private boolean isOnTheList(URI uri) {
        var host = uri.getHost().toLowerCase(Locale.ROOT);
        return uri.getScheme().equals("https")
                && uri.getRawUserInfo() == null
                && (uri.getPort() == -1 || uri.getPort() == HTTPS)
                && (hosts.contains(host) || suffixes.stream().anyMatch(host::endsWith));
    }

    static boolean isPublic(InetAddress address) {
        var bytes = address.getAddress();
        var first = bytes[0] & 0xff;
        var second = bytes[1] & 0xff;
        var reserved = bytes.length == 4
                ? first == 0
                        || first >= 224
                        || (first == 100 && second >= 64 && second < 128)
                        || (first == 192 && second == 0)
                        || (first == 198 && (second == 18 || second == 19))
                : (first & 0xe0) != 0x20 || (first == 0x20 && second == 0x02);
        return !reserved
                && !address.isAnyLocalAddress()
                && !address.isLoopbackAddress()
                && !address.isLinkLocalAddress()
                && !address.isSiteLocalAddress()
                && !address.isMulticastAddress();
    }

    private static MatrixException refused() {
        return new MatrixException(
                ErrorCode.M_FORBIDDEN,
                "This server sends no notifications through that push service. Use another browser, or ask your IT"
                        + " service desk.");
    }
}
