package lanyard.trust.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HexFormat;
import lanyard.platform.http.RateLimit;
import lanyard.standards.matrix.MatrixException;

/// Wrong passwords, counted for each address they come from, whoever they are for: somebody who tries one password on
/// every colleague never meets [Failures].
///
/// A hospital has one address, so thirty are free and one comes back every ten seconds: that slows a list of
/// passwords down to uselessness and holds a colleague up for ten seconds at most; one whose browser is known, not at
/// all.
final class Sources {
    private static final int FREE = 30;
    private static final int A_MINUTE = 6;
    private static final int NETWORK_BYTES = 8;
    private static final int REMEMBERED = 10_000;

    private final IdentityGround ground;
    private final RateLimit wrong;
    /// Those that administrators have been told of within the hour.
    private final Cache<String, Boolean> told = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(Duration.ofHours(1))
            .build();

    Sources(IdentityGround ground, boolean enforced) {
        this.ground = ground;
        this.wrong = new RateLimit(enforced, FREE, A_MINUTE, Duration.ofMinutes(1));
    }

    /// Counts a try before its password is looked at, or many at once would slip past. Errors: `M_LIMIT_EXCEEDED`.
    void take(String source, Failures.Account account) {
        if (account.knownBrowser().isPresent()) {
            return;
        }
        var network = network(source);
        try {
            wrong.take(network);
        } catch (MatrixException slowedDown) {
            tell(network);
            throw slowedDown;
        }
    }

    /// Administrators, once an hour.
    private void tell(String network) {
        if (told.asMap().putIfAbsent(network, true) == null) {
            ground.database().write(tx -> {
                new TroubleStore().add(tx, Trouble.slowedSource(network, ground.now()));
                return network;
            });
        }
    }

    /// It was not a wrong password after all.
    void giveBack(String source, Failures.Account account) {
        if (account.knownBrowser().isEmpty()) {
            wrong.giveBack(network(source));
        }
    }

    /// Who has one IPv6 address has a whole network of them.
    static String network(String source) {
        try {
            if (InetAddress.ofLiteral(source) instanceof Inet6Address address) {
                return HexFormat.ofDelimiter(":").formatHex(address.getAddress(), 0, NETWORK_BYTES) + "::/64";
            }
        } catch (IllegalArgumentException e) {
            // Not an address: a proxy's own word for one is as good.
            return source;
        }
        return source;
    }
}
