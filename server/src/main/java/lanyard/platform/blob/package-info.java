/// Large sealed things on disk, each under a key of its own that can be destroyed.
@NullMarked
package lanyard.platform.blob;

import org.jspecify.annotations.NullMarked;
