package lanyard.trust.oauth;

import java.net.URI;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Where a sign-in may be handed back to. <https://spec.matrix.org/v1.18/client-server-api/#redirect-uri-validation>
///
/// What could go wrong: the code ends up at an address of an attacker's choosing. The principle: an address is accepted
/// when it is registered, by the specification's rules and the organisation's register both, and compared whole later;
/// only the port of an app's own loopback address may differ.
final class RedirectRules {
    private static final int LONGEST = 2_000;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private RedirectRules() {}

    /// Whether an app that names itself by `client` may register the address, by what the specification says.
    static boolean isProper(URI redirect, URI client, boolean isNative) {
        if (redirect.getRawFragment() != null
                || redirect.getRawUserInfo() != null
                || redirect.toString().length() > LONGEST) {
            return false;
        }
        return switch (lower(redirect.getScheme())) {
            case "https" -> isWithin(redirect, client);
            case "http" -> isNative && isLoopback(redirect) && redirect.getPort() < 0;
            default -> isNative && isPrivate(redirect, client);
        };
    }

    /// The address's entry in the register: its host, its own scheme, or `localhost`.
    static String place(URI redirect) {
        return switch (lower(redirect.getScheme())) {
            case "https" -> lower(redirect.getHost());
            case "http" -> "localhost";
            default -> lower(redirect.getScheme());
        };
    }

    /// Whether `asked` is the registered address: the same text, or the same loopback address on another port.
    static boolean isSame(URI registered, URI asked) {
        return registered.toString().equals(asked.toString())
                || (lower(registered.getScheme()).equals("http")
                        && isLoopback(registered)
                        && withoutPort(asked)
                                .filter(registered.toString()::equals)
                                .isPresent());
    }

    private static Optional<String> withoutPort(URI asked) {
        if (!lower(asked.getScheme()).equals("http") || !isLoopback(asked) || asked.getRawUserInfo() != null) {
            return Optional.empty();
        }
        var port = asked.getPort() < 0 ? "" : ":" + asked.getPort();
        return Optional.of(asked.toString().replaceFirst(port + "(?=/|\\?|$)", ""));
    }

    /// On the same host as the page about the app, or below it; ports and paths may differ.
    static boolean isWithin(URI address, URI client) {
        var host = lower(address.getHost());
        var own = lower(client.getHost());
        return !own.isEmpty()
                && lower(address.getScheme()).equals("https")
                && address.getRawUserInfo() == null
                && (host.equals(own) || host.endsWith("." + own));
    }

    /// `org.example.app:/callback` for an app at `example.org`.
    private static boolean isPrivate(URI redirect, URI client) {
        var labels = Arrays.asList(lower(client.getHost()).split("\\."));
        Collections.reverse(labels);
        var own = String.join(".", List.copyOf(labels));
        var scheme = lower(redirect.getScheme());
        return own.contains(".")
                && (scheme.equals(own) || scheme.startsWith(own + "."))
                && redirect.getRawAuthority() == null
                && !redirect.toString().regionMatches(scheme.length(), "://", 0, 3);
    }

    private static boolean isLoopback(URI address) {
        return LOOPBACK.contains(lower(address.getHost()));
    }

    static String lower(@org.jspecify.annotations.Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
