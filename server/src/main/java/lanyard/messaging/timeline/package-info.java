/// The ordered events of a room: appending, redacting, reading back; receipts and typing.
@NullMarked
package lanyard.messaging.timeline;

import org.jspecify.annotations.NullMarked;
