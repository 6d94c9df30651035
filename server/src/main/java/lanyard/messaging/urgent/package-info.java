/// Messages that somebody must answer in time: announced, delivered, seen, answered, passed on, escalated.
@NullMarked
package lanyard.messaging.urgent;

import org.jspecify.annotations.NullMarked;
