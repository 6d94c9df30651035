/// Matrix's own words as types: identifiers, errors, canonical JSON. No I/O.
@NullMarked
package lanyard.standards.matrix;

import org.jspecify.annotations.NullMarked;
