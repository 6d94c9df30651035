/// Signing in with the organisation's own identity provider: OpenID Connect.
@NullMarked
package lanyard.trust.upstream;

import org.jspecify.annotations.NullMarked;
