package lanyard.trust.upstream;

import java.net.URI;
import java.util.Optional;
import java.util.function.Function;
import lanyard.trust.identity.Identity;
import lanyard.trust.identity.IdentityGround;
import lanyard.trust.scim.Scim;

/// What signing in elsewhere stands on. `settings` are an organisation's, by its ODS code.
public record UpstreamParts(
        IdentityGround ground,
        Identity identity,
        Scim scim,
        URI publicUrl,
        Function<String, Optional<UpstreamSettings>> settings) {
    URI at(String path) {
        return publicUrl.resolve(path);
    }
}
