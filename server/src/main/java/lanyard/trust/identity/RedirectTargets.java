package lanyard.trust.identity;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Where a finished sign-in may be handed to.
///
/// What could go wrong: the one-use token ends up at an address of an attacker's choosing, and with it the account. The
/// principle: our own origin and the organisation's list, compared piece by piece after parsing; whatever two parsers
/// could read differently is refused.
/// <https://spec.matrix.org/v1.18/client-server-api/#redirecting-to-the-authentication-server>
final class RedirectTargets {
    private static final int LONGEST = 2_000;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final IdentitySettings settings;

    RedirectTargets(IdentitySettings settings) {
        this.settings = settings;
    }

    /// What to call the app that asks, when it may be handed a sign-in.
    Optional<String> allowedApp(String redirectUrl) {
        return parse(redirectUrl)
                .flatMap(url -> isOurs(url) || isListed(url) ? Optional.of(name(url)) : Optional.empty());
    }

    /// The host, or the scheme of an app's own address: what a person can recognise. Nothing when it cannot be read.
    static Optional<String> askedBy(String redirectUrl) {
        return parse(redirectUrl).map(RedirectTargets::name);
    }

    private static Optional<URI> parse(String text) {
        var plain = text.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '\\');
        if (text.length() > LONGEST || !plain) {
            return Optional.empty();
        }
        try {
            var url = new URI(text);
            var path = url.getPath() == null ? "" : url.getPath();
            var good = url.isAbsolute()
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && !List.of(path.split("/", -1)).contains("..")
                    && !path.contains("//")
                    && path.indexOf('\\') < 0;
            return good ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private boolean isOurs(URI url) {
        var ours = settings.publicUrl();
        return sameOrigin(url, ours) || (isLoopback(ours) && isLoopback(url) && port(url) == port(ours));
    }

    private boolean isListed(URI url) {
        return settings.redirectTargets().stream().anyMatch(listed -> sameOrigin(url, listed) && isBelow(url, listed));
    }

    private static boolean isBelow(URI url, URI listed) {
        var folder = listed.getPath() == null ? "" : listed.getPath();
        var path = url.getPath() == null ? "" : url.getPath();
        return folder.isEmpty() || path.equals(folder) || (folder.endsWith("/") && path.startsWith(folder));
    }

    private static boolean sameOrigin(URI one, URI other) {
        return lower(one.getScheme()).equals(lower(other.getScheme()))
                && lower(one.getHost()).equals(lower(other.getHost()))
                && port(one) == port(other);
    }

    private static boolean isLoopback(URI url) {
        return lower(url.getScheme()).equals("http") && LOOPBACK.contains(lower(url.getHost()));
    }

    private static int port(URI url) {
        return switch (lower(url.getScheme())) {
            case "https" -> url.getPort() < 0 ? 443 : url.getPort();
            case "http" -> url.getPort() < 0 ? 80 : url.getPort();
            default -> url.getPort();
        };
    }

    private static String name(URI url) {
        var scheme = lower(url.getScheme());
        return scheme.equals("http") || scheme.equals("https") ? lower(url.getHost()) : scheme;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
