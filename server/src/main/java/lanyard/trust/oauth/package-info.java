/// Which other apps staff may use, and how those sign in: the register of approved apps, OAuth 2.0.
@NullMarked
package lanyard.trust.oauth;

import org.jspecify.annotations.NullMarked;
