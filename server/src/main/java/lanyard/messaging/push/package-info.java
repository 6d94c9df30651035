/// What deserves a person's attention: push rules, unread counts, notifications, pushers.
@NullMarked
package lanyard.messaging.push;

import org.jspecify.annotations.NullMarked;
