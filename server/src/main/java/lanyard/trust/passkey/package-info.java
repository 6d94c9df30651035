/// Passkeys: signing in without a password, the second step, fresh proof of who it is.
@NullMarked
package lanyard.trust.passkey;

import org.jspecify.annotations.NullMarked;
