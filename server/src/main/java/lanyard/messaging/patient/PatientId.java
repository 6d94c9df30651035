package lanyard.messaging.patient;

import java.util.UUID;
import java.util.regex.Pattern;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;

/// How the register calls a patient: random, so that it says nothing about them and may stand in an audit entry.
public record PatientId(String value) {
    private static final Pattern GRAMMAR = Pattern.compile("[0-9a-f-]{36}");

    public PatientId {
        if (!GRAMMAR.matcher(value).matches()) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "That is not a patient of the register. Find them again.");
        }
    }

    static PatientId of(UUID random) {
        return new PatientId(random.toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
