/// The console: pages for those who have a duty of information governance, made by the server, which work without
/// JavaScript where they can.
@NullMarked
package lanyard.trust.console;

import org.jspecify.annotations.NullMarked;
