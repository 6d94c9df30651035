/// Strict JSON in, plain JSON out, on Jackson's tree.
@NullMarked
package lanyard.platform.json;

import org.jspecify.annotations.NullMarked;
