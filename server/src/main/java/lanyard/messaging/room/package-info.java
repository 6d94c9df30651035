/// Rooms: creation, kinds, membership, state.
@NullMarked
package lanyard.messaging.room;

import org.jspecify.annotations.NullMarked;
