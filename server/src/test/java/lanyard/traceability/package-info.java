/// What each test is there for: rules of the guidance, hazards of the safety case, operations of the specification.
@NullMarked
package lanyard.traceability;

import org.jspecify.annotations.NullMarked;
