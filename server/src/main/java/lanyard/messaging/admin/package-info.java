/// The part of Synapse's administration interface that operators' tools call. Nothing of what people say is in it.
@NullMarked
package lanyard.messaging.admin;

import org.jspecify.annotations.NullMarked;
