package lanyard.governance.review;

import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.UserId;

/// One decision to withhold something, and why.
record Withholding(String id, Where where, Reason reason, UserId by, long ts) {
    /// What is withheld. A span counts code points of what was typed; `to` is after the last.
    sealed interface Where {
        /// Some words of what one event says.
        record Words(EventId event, int from, int to) implements Where {}

        /// A message whole, with its versions, its file, and who sent it.
        record Whole(EventId event) implements Where {}

        /// The file that a message carries, and its name.
        record File(EventId event) implements Where {}

        /// The name of a person, wherever it stands.
        record Name(UserId person) implements Where {}
    }
}
