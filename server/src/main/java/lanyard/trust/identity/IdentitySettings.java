package lanyard.trust.identity;

import java.net.URI;
import java.util.List;

/// How people reach this server to sign in, and where a sign-in may be handed on to.
///
/// @param publicUrl where people reach this server, for example `https://lanyard.trust.nhs.uk`
/// @param redirectTargets beginnings of addresses, apart from our own, to which a sign-in may be handed back: approved
///     third-party clients, for example `https://app.element.io/` or `element://vector/webapp/`
/// @param conformance password login, open registration and no limits, for test suites against the demonstration only
public record IdentitySettings(URI publicUrl, List<URI> redirectTargets, boolean conformance) {
    public IdentitySettings {
        redirectTargets = List.copyOf(redirectTargets);
        if (!publicUrl.isAbsolute() || publicUrl.getHost() == null) {
            throw new IllegalArgumentException("The public address must be complete, for example https://example.org");
        }
        for (var target : redirectTargets) {
            if (!target.isAbsolute() || target.getRawAuthority() == null) {
                throw new IllegalArgumentException(
                        "A redirect target must have a scheme and a host: " + target + " has not.");
            }
        }
    }
}
