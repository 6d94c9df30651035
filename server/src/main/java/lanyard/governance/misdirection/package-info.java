/// A message went to the wrong person: it is taken back, and who read it is written down.
@NullMarked
package lanyard.governance.misdirection;

import org.jspecify.annotations.NullMarked;
