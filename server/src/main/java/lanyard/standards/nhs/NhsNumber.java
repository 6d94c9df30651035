package lanyard.standards.nhs;

import java.util.Optional;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;

/// A patient's NHS number: ten digits, the last of which checks the others (modulus 11). It hides itself in `toString`,
/// and no refusal repeats what was typed.
/// <https://www.datadictionary.nhs.uk/attributes/nhs_number.html>
///
/// A number that passes is well formed; that it is the right patient's is for two people's eyes to say.
public final class NhsNumber {
    private static final int DIGITS = 10;
    private static final int LONGEST_INPUT = 32;

    private final String value;

    private NhsNumber(String value) {
        this.value = value;
    }

    /// Reads what a person types or pastes: digits, with spaces or hyphens anywhere. Errors: `M_INVALID_PARAM`.
    public static NhsNumber of(String typed) {
        var digits = digits(typed);
        if (digits.length() != DIGITS) {
            throw refused("An NHS number has 10 digits. Check what you typed.");
        }
        if (!passesCheck(digits)) {
            throw refused(
                    "This NHS number fails its check digit: at least one digit is wrong. Check it at the source.");
        }
        return new NhsNumber(digits);
    }

    /// The same for text that may well be something else.
    public static Optional<NhsNumber> find(String typed) {
        var digits = digits(typed);
        return digits.length() == DIGITS && passesCheck(digits) ? Optional.of(new NhsNumber(digits)) : Optional.empty();
    }

    /// Ten digits, as FHIR and the record want it.
    public String value() {
        return value;
    }

    /// As it is read and read out: `999 123 4567`.
    /// <https://service-manual.nhs.uk/content/formatting-dates-times-and-numbers>
    public String spaced() {
        return value.substring(0, 3) + " " + value.substring(3, 6) + " " + value.substring(6);
    }

    /// Numbers from 999 are set aside for testing and never given to a patient.
    public boolean isForTesting() {
        return value.startsWith("999");
    }

    /// The digits alone, or an empty text if there is anything but digits, spaces and hyphens.
    private static String digits(String typed) {
        if (typed.length() > LONGEST_INPUT) {
            return "";
        }
        var digits = new StringBuilder(DIGITS);
        for (var i = 0; i < typed.length(); i++) {
            var c = typed.charAt(i);
            if (c >= '0' && c <= '9') {
                digits.append(c);
            } else if (!isSeparator(c)) {
                return "";
            }
        }
        return digits.toString();
    }

    /// Copied text brings no-break spaces, typographic hyphens and a line end with it.
    private static boolean isSeparator(char c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.getType(c) == Character.DASH_PUNCTUATION;
    }

    /// Weights 10 to 2; eleven less the remainder is the check digit, where 11 stands for 0 and 10 cannot be. Ten equal
    /// digits satisfy the sum but are what people type to get past a field.
    private static boolean passesCheck(String digits) {
        var sum = 0;
        for (var i = 0; i < DIGITS - 1; i++) {
            sum += (DIGITS - i) * (digits.charAt(i) - '0');
        }
        var check = (11 - sum % 11) % 11;
        return check == digits.charAt(DIGITS - 1) - '0'
                && digits.chars().distinct().count() > 1;
    }

    private static MatrixException refused(String sentence) {
        return new MatrixException(ErrorCode.M_INVALID_PARAM, sentence);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NhsNumber that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "NhsNumber[hidden]";
    }
}
