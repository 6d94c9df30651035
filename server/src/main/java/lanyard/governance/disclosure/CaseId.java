package lanyard.governance.disclosure;

import java.util.regex.Pattern;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;

/// Names a case: random, so that it says nothing about anybody and may stand in an audit entry and a key's name.
public record CaseId(String value) {
    private static final Pattern GRAMMAR = Pattern.compile("case-[0-9a-f]{16}");

    /// Errors: `M_NOT_FOUND`, as for a case that does not exist.
    public CaseId {
        if (!isValid(value)) {
            throw new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such case.");
        }
    }

    public static boolean isValid(String text) {
        return GRAMMAR.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
