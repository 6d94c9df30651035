package lanyard.trust.oauth;

import java.net.URI;
import java.time.InstantSource;
import lanyard.trust.identity.Identity;
import lanyard.trust.identity.IdentityGround;

/// What signing other apps in stands on.
///
/// @param publicUrl where people reach this server
/// @param conformance no limits, for test suites
/// @param proofClock the system's, as the library that measures the age of proofs has no other
public record OAuthParts(
        IdentityGround ground, Identity identity, URI publicUrl, boolean conformance, InstantSource proofClock) {
    /// An address of ours as others see it.
    URI at(String path) {
        return publicUrl.resolve(path);
    }
}
