/// The patient a conversation is about: an organisation's register, sealed at rest, and which room is linked to whom.
@NullMarked
package lanyard.messaging.patient;

import org.jspecify.annotations.NullMarked;
