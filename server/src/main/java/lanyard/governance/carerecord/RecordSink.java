package lanyard.governance.carerecord;

import java.util.Optional;
import java.util.UUID;

/// Where decisions are kept for good. Delivering the same document again is always safe: it is there once afterwards.
public interface RecordSink {
    Kind kind();

    /// Blocks, within limits of its own. `document` is a FHIR document whose identifier is the decision's.
    Outcome deliver(UUID decision, byte[] document);

    /// A picture of a decision, before the decision itself; as safe to repeat. A record that takes none says so.
    default Outcome deliverImage(UUID decision, RecordImage image) {
        return new Outcome.Refused("This health record takes no pictures.");
    }

    /// Where in the health record whoever empties this sink into it says that something is, which the sink calls
    /// `kept`.
    /// Only a folder is ever told, be it one of before: [AfterFolder].
    default Optional<String> findFiled(String kept) {
        return Optional.empty();
    }

    enum Kind {
        /// A health record: what it acknowledges may go from the conversation.
        FHIR("fhir"),
        /// A folder, which is not the health record: nothing goes until somebody says that it was entered there.
        FOLDER("folder"),
        /// A person, who copies it into the health record and vouches for that.
        PASTE("paste");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /// As our interface and the database spell it.
        public String word() {
            return word;
        }

        static Kind of(String word) {
            for (var kind : values()) {
                if (kind.word.equals(word)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("no such sink");
        }
    }

    sealed interface Outcome {
        /// It is there, and it is what was sent. `reference` is how the keeper calls it.
        record Kept(String reference) implements Outcome {}

        /// A person copies it into the record and says where it is: [Pasting].
        record ByHand() implements Outcome {}

        /// A person must look at this. `reason` may hold the other server's words: it hides itself.
        record Refused(String reason) implements Outcome {
            @Override
            public String toString() {
                return "Refused[hidden]";
            }
        }

        /// Not known to be there: to be tried again. `why` is our own words, without anything from the document.
        ///
        /// @param nothingWent nothing of it can be there from this time: there was nobody to send it to
        record NotReached(String why, boolean nothingWent) implements Outcome {
            public NotReached(String why) {
                this(why, false);
            }
        }
    }
}
