package lanyard.messaging.membership;

import java.util.Arrays;
import java.util.Locale;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;

/// How somebody was chosen as a member: for themselves, or by a rule.
enum Way {
    ONE,
    WARD,
    ROTA;

    /// Errors: `M_INVALID_PARAM`.
    static Way of(String word) {
        return Arrays.stream(values())
                .filter(way -> way.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new MatrixException(
                        ErrorCode.M_INVALID_PARAM, "People are added one at a time, by ward or by rota."));
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
