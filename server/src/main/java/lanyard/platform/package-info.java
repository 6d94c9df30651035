/// Technical ground: knows no feature.
@NullMarked
package lanyard.platform;

import org.jspecify.annotations.NullMarked;
