/// The disposal sweep: what may go, goes; what must stay, stays; and a line remains of everything that went.
@NullMarked
package lanyard.governance.retention;

import org.jspecify.annotations.NullMarked;
