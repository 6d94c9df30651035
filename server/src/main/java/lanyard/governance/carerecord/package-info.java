/// A decision becomes an entry in the health record, acknowledged; then its originals may go.
@NullMarked
package lanyard.governance.carerecord;

import org.jspecify.annotations.NullMarked;
