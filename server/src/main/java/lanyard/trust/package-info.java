/// What every action asks first: who is this, which phone, may this happen, must this be kept; and the log that says
/// it happened.
@NullMarked
package lanyard.trust;

import org.jspecify.annotations.NullMarked;
