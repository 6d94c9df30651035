/// Which phone? Enrolment, the server's share of the vault key, wrong passcodes, wipe.
@NullMarked
package lanyard.trust.handset;

import org.jspecify.annotations.NullMarked;
