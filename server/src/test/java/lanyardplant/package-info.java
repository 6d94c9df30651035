/// Violations planted on purpose: each wall must be seen to fail. Only `PlantedViolationsTest` reads them.
@NullMarked
package lanyardplant;

import org.jspecify.annotations.NullMarked;
