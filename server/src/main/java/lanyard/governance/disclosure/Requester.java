package lanyard.governance.disclosure;

import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;

/// Who asks, how to reach them, and in their words what for. It hides itself.
///
/// @param relation what they are to whom it is about: "themselves", "parent", "coroner's officer"
public record Requester(String name, String contact, String relation, String words) {
    private static final int LONGEST_LINE = 300;
    private static final int LONGEST_WORDS = 8_000;

    public Requester {
        name = checked(name, LONGEST_LINE, "Give the requester's name, in at most 300 characters.");
        contact = contact.strip();
        relation = relation.strip();
        words = checked(words, LONGEST_WORDS, "Say what is asked for, in at most 8000 characters.");
        if (contact.length() > LONGEST_LINE || relation.length() > LONGEST_LINE) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "A contact has at most 300 characters.");
        }
    }

    static String checked(String text, int longest, String sentence) {
        if (text.isBlank() || text.length() > longest) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, sentence);
        }
        return text.strip();
    }

    @Override
    public String toString() {
        return "Requester[hidden]";
    }
}
