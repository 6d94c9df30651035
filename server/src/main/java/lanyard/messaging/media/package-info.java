/// Files that people send: sealed as they come in, each with a key that can be destroyed.
@NullMarked
package lanyard.messaging.media;

import org.jspecify.annotations.NullMarked;
