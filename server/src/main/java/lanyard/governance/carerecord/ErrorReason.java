package lanyard.governance.carerecord;

import java.util.Locale;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;

/// Why a decision should never have been in the record.
enum ErrorReason {
    WRONG_PATIENT("it was filed about the wrong patient"),
    WRONG_WORDS("it does not say what was decided"),
    NOT_DECIDED("this was not decided"),
    DUPLICATE("it was filed twice"),
    /// Told in the words that come with it.
    OTHER("of another reason");

    private final String sentence;

    ErrorReason(String sentence) {
        this.sentence = sentence;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String sentence() {
        return sentence;
    }

    /// Errors: `M_INVALID_PARAM`.
    static ErrorReason of(String word) {
        for (var reason : values()) {
            if (reason.word().equals(word)) {
                return reason;
            }
        }
        throw new MatrixException(
                ErrorCode.M_INVALID_PARAM,
                "The reason is one of wrong_patient, wrong_words, not_decided, duplicate and other.");
    }
}
