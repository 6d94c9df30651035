/// What somebody who means harm would try, against the whole server, with what must come of it.
@NullMarked
package lanyard.abuse;

import org.jspecify.annotations.NullMarked;
