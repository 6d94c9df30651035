/// The NHS's own words as types: the NHS number and the code of an organisation. No I/O.
@NullMarked
package lanyard.standards.nhs;

import org.jspecify.annotations.NullMarked;
