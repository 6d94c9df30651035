/// FHIR R4's own words as types, only those a decision's document needs, to and from JSON trees. No I/O.
/// <https://hl7.org/fhir/R4/>
@NullMarked
package lanyard.standards.fhir;

import org.jspecify.annotations.NullMarked;
