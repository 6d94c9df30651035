package lanyard.governance.retention;

import java.util.Arrays;
import java.util.Locale;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;

/// What the owner of a clinical room answers once, before its first disposal.
enum Choice {
    /// Every decision taken here is in the record.
    ALL_RECORDED,
    /// These messages stay until the record has acknowledged a decision taken in them.
    RECORD_THESE,
    /// Nothing was decided here.
    NOTHING_TO_RECORD;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Errors: `M_INVALID_PARAM`.
    static Choice of(String word) {
        return Arrays.stream(values())
                .filter(choice -> choice.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new MatrixException(
                        ErrorCode.M_INVALID_PARAM, "Say all_recorded, record_these or nothing_to_record."));
    }
}
