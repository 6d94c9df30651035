/// Who is on call, and who is there: on-call roles with their rota, and people's availability.
@NullMarked
package lanyard.messaging.oncall;

import org.jspecify.annotations.NullMarked;
