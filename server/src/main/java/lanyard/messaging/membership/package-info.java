/// Who is in a conversation, by whose word and why; its owner; its regular review.
@NullMarked
package lanyard.messaging.membership;

import org.jspecify.annotations.NullMarked;
