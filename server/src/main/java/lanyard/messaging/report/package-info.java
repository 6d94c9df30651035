/// Somebody says that something is wrong: reports of rooms, messages and people.
@NullMarked
package lanyard.messaging.report;

import org.jspecify.annotations.NullMarked;
