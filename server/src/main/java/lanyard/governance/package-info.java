/// What is kept, shown and sent on.
@NullMarked
package lanyard.governance;

import org.jspecify.annotations.NullMarked;
