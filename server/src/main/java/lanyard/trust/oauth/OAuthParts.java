package lanyard.trust.oauth;

import java.net.URI;
import lanyard.trust.identity.Identity;
import lanyard.trust.identity.IdentityGround;

/// What signing other apps in stands on.
///
/// @param publicUrl where people reach this server
/// @param conformance no limits, for test suites
public record OAuthParts(IdentityGround ground, Identity identity, URI publicUrl, boolean conformance) {
    /// An address of ours as others see it.
    URI at(String path) {
        return publicUrl.resolve(path);
    }
}
