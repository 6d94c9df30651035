package lanyard.governance.carerecord;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import lanyard.standards.fhir.Narrative;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.StringNode;

/// What somebody signs for the record. It hides its words. `patientVersion` is the version of the patient link
/// that the signer saw, if their app says. `follows` is the decision that this replaces, withdraws or confirms;
/// messages may be gone by then, so it alone may name none. `images` are files of which the signer has put a copy
/// for the record.
record NewDecision(
        RoomId room,
        String requestId,
        List<EventId> sources,
        EventId summaryEvent,
        String summary,
        Instant decided,
        UserId decider,
        Optional<UserId> adviser,
        Optional<UUID> follows,
        Optional<Integer> patientVersion,
        List<String> images) {
    private static final int MOST_SOURCES = 50;
    private static final int LONGEST_SUMMARY = 4_000;
    private static final int LONGEST_REQUEST_ID = 255;

    NewDecision {
        sources = List.copyOf(sources);
        if (requestId.isBlank() || requestId.length() > LONGEST_REQUEST_ID) {
            throw refused("The request id has 1 to 255 characters.");
        }
        if ((sources.isEmpty() && follows.isEmpty()) || sources.size() > MOST_SOURCES) {
            throw refused("Choose 1 to 50 messages that the decision was taken in.");
        }
        if (new HashSet<>(sources).size() != sources.size() || sources.contains(summaryEvent)) {
            throw refused("Each message is named once, and the summary is not one of them.");
        }
        images = List.copyOf(images);
        if (images.size() > DecisionImages.MOST || new HashSet<>(images).size() != images.size()) {
            throw refused("A decision takes up to five pictures into the record, each named once.");
        }
        if (summary.isBlank() || summary.length() > LONGEST_SUMMARY || !Narrative.canCarry(summary)) {
            throw refused("The summary has 1 to 4000 characters and no control characters.");
        }
    }

    /// What could go wrong: the answer to a signature is lost, its words are changed, and their author is told that the
    /// changed ones are in the record. Errors: `M_BAD_STATE`.
    void mustBe(Decision signed) {
        if (!signed.summaryEvent().equals(summaryEvent)) {
            throw new MatrixException(
                            ErrorCode.M_BAD_STATE,
                            "This was signed already, in the words that were sent first. Close this and open its"
                                    + " receipt; if it has to say something else, replace it there.")
                    .with("decision_id", StringNode.valueOf(signed.id().toString()));
        }
    }

    private static MatrixException refused(String sentence) {
        return new MatrixException(ErrorCode.M_INVALID_PARAM, sentence);
    }

    @Override
    public String toString() {
        return "NewDecision[" + room + "]";
    }
}
