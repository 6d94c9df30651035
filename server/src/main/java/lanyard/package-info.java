/// Lanyard: secure messaging for health and care.
@NullMarked
package lanyard;

import org.jspecify.annotations.NullMarked;
