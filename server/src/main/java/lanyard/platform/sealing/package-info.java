/// Keys that can be destroyed, and what is sealed with them. The key store lives beside the database, never in it, so
/// that a restored backup cannot bring back what was shredded.
@NullMarked
package lanyard.platform.sealing;

import org.jspecify.annotations.NullMarked;
