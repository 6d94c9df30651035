/// PostgreSQL: the only truth. Only this package speaks java.sql.
@NullMarked
package lanyard.platform.db;

import org.jspecify.annotations.NullMarked;
