/// Policy is data (D13): one signed, versioned document per organisation, with floors nobody can lower.
@NullMarked
package lanyard.trust.policy;

import org.jspecify.annotations.NullMarked;
