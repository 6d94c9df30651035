/// Wake-ups for parked requests. Hints only: a lost one costs a second, never a message.
@NullMarked
package lanyard.platform.notify;

import org.jspecify.annotations.NullMarked;
