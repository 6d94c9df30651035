/// Small files that must be whole or not there, whatever happens meanwhile.
@NullMarked
package lanyard.platform.file;

import org.jspecify.annotations.NullMarked;
