/// Who is this? Organisations, people, sign-in with two steps, devices and their access tokens.
@NullMarked
package lanyard.trust.identity;

import org.jspecify.annotations.NullMarked;
