package lanyard.standards.nhs;

import java.util.Locale;
import java.util.regex.Pattern;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;

/// An organisation's code in the Organisation Data Service (ODS), e.g. `RR8` for a trust or `A81001` for a practice.
/// <https://digital.nhs.uk/services/organisation-data-service>
public record OdsCode(String value) {
    private static final Pattern GRAMMAR = Pattern.compile("[A-Z0-9]{3,12}");

    public OdsCode {
        value = value.strip().toUpperCase(Locale.ROOT);
        if (!GRAMMAR.matcher(value).matches()) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "An ODS code has 3 to 12 letters and digits, for example RR8.");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
