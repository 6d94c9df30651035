package lanyard.governance.carerecord;

import java.net.URI;
import java.time.Duration;
import java.util.Set;

/// A FHIR server as an organisation configures it. `authorization` is the value of that header, or empty.
public record FhirServer(URI base, String authorization, Duration patience) {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
    public static final Duration USUAL_PATIENCE = Duration.ofSeconds(20);
    private static final Duration MOST_PATIENCE = Duration.ofSeconds(30);

    public FhirServer {
        base = checked(base);
        if (patience.isNegative() || patience.isZero() || patience.compareTo(MOST_PATIENCE) > 0) {
            throw new IllegalArgumentException("A FHIR server is waited for between 1 ms and 30 s.");
        }
    }

    public FhirServer(URI base) {
        this(base, "", USUAL_PATIENCE);
    }

    /// Patient data goes over TLS, or does not leave the machine.
    private static URI checked(URI base) {
        var scheme = base.getScheme();
        var host = base.getHost();
        if (host == null || base.getUserInfo() != null || base.getQuery() != null || base.getFragment() != null) {
            throw new IllegalArgumentException(
                    "The FHIR server is given as https://host/path, without a user, a query or a fragment.");
        }
        if (!"https".equals(scheme) && !("http".equals(scheme) && THIS_MACHINE.contains(host))) {
            throw new IllegalArgumentException(
                    "The FHIR server must be reached over https; http is for a server on this machine only.");
        }
        var text = base.toString();
        return URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    }

    URI at(String path) {
        return URI.create(base + path);
    }

    @Override
    public String toString() {
        return "FhirServer[" + base + "]";
    }
}
