/// Requests for what was said: the case, its clock, its holds, the search of metadata, and who may look.
@NullMarked
package lanyard.governance.disclosure;

import org.jspecify.annotations.NullMarked;
