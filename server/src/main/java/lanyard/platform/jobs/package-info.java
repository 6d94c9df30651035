/// Work that is due: rows claimed by one node at a time.
@NullMarked
package lanyard.platform.jobs;

import org.jspecify.annotations.NullMarked;
