/// Forwarding: from which conversation to which other a message may be taken.
@NullMarked
package lanyard.messaging.forward;

import org.jspecify.annotations.NullMarked;
