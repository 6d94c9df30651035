/// The directory of an organisation drives its accounts: SCIM 2.0.
@NullMarked
package lanyard.trust.scim;

import org.jspecify.annotations.NullMarked;
