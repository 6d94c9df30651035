/// Saying as little about patients as will do: the induction, what the nudge did, broken glass.
@NullMarked
package lanyard.governance.minimise;

import org.jspecify.annotations.NullMarked;
