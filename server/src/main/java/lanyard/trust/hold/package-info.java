/// What must not be destroyed, and why.
@NullMarked
package lanyard.trust.hold;

import org.jspecify.annotations.NullMarked;
