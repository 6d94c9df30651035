package lanyard.trust.scim;

import java.net.URI;
import lanyard.trust.identity.Identity;
import lanyard.trust.identity.IdentityGround;

/// What the directory's interface stands on. `limited` is false in conformance mode only.
public record ScimParts(IdentityGround ground, Identity identity, URI publicUrl, boolean limited) {
    URI at(String path) {
        return publicUrl.resolve(path);
    }
}
