/// What changed for a device since it last asked.
@NullMarked
package lanyard.messaging.sync;

import org.jspecify.annotations.NullMarked;
