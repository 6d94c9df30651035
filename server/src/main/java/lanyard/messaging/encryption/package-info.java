/// Public keys of devices and people, one-time keys, key backup and to-device messages.
@NullMarked
package lanyard.messaging.encryption;

import org.jspecify.annotations.NullMarked;
