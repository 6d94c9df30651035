/// Finding the right colleague: search that forgives typing, and people whose names are near.
@NullMarked
package lanyard.messaging.directory;

import org.jspecify.annotations.NullMarked;
