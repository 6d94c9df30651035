/// The one door: limits, routing, error mapping, headers. Only this package sees the HTTP library.
@NullMarked
package lanyard.platform.http;

import org.jspecify.annotations.NullMarked;
