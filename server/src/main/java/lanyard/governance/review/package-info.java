/// What was opened for a case is read, withheld from where the law says so, and handed over as a pack.
@NullMarked
package lanyard.governance.review;

import org.jspecify.annotations.NullMarked;
