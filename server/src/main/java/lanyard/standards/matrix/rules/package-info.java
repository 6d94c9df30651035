/// Matrix's rules as pure functions, in the specification's order: who may do what in a room, and which state a room
/// has when its history forks. No I/O.
///
/// A clause's number stands above the code that carries it out. Numbers are those of room version 12,
/// <https://spec.matrix.org/v1.18/rooms/v12/#authorisation-rules>. In versions 10 and 11 there is no rule 2, so rules 3
/// to 11 are numbered one lower, and 10.5 to 10.10 are 9.4 to 9.9:
/// <https://spec.matrix.org/v1.18/rooms/v10/#authorisation-rules>,
/// <https://spec.matrix.org/v1.18/rooms/v11/#authorisation-rules>.
@NullMarked
package lanyard.standards.matrix.rules;

import org.jspecify.annotations.NullMarked;
