package lanyard.governance.custodian;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/// Text as a search compares it: without case, accents and apostrophes, every other sign a space. A long number is
/// found however it is spaced, as an NHS number is typed in three ways.
record Folded(String text, String digits) {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern APOSTROPHES = Pattern.compile("['\u2018\u2019\u02bc`\u00b4]");
    private static final Pattern SIGNS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern NO_DIGITS = Pattern.compile("[^0-9]+");
    private static final Pattern SPACED_NUMBER = Pattern.compile("[0-9][0-9 ]{4,}[0-9]");
    private static final int LONG_NUMBER = 6;

    static Folded of(String raw) {
        var plain =
                MARKS.matcher(Normalizer.normalize(raw, Normalizer.Form.NFKD)).replaceAll("");
        var lower = plain.toLowerCase(Locale.ROOT)
                .replace('\u0142', 'l')
                .replace('\u00f8', 'o')
                .replace('\u0111', 'd')
                .replace('\u0131', 'i')
                .replace("\u00df", "ss")
                .replace("\u00e6", "ae")
                .replace("\u0153", "oe");
        var joined = APOSTROPHES.matcher(lower).replaceAll("");
        var text = SIGNS.matcher(joined).replaceAll(" ").strip();
        return new Folded(text, longNumbers(text));
    }

    private static String longNumbers(String text) {
        var numbers = new StringBuilder();
        var spaced = SPACED_NUMBER.matcher(text);
        while (spaced.find()) {
            numbers.append(NO_DIGITS.matcher(spaced.group()).replaceAll("")).append(' ');
        }
        return numbers.toString();
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    /// Whether every word of `entry` occurs here; a long number, however it is spaced.
    boolean has(Folded entry) {
        var number = NO_DIGITS.matcher(entry.text).replaceAll("");
        if (number.length() >= LONG_NUMBER
                && number.length() == entry.text.replace(" ", "").length()) {
            return digits.contains(number);
        }
        return Arrays.stream(entry.text.split(" ", -1)).allMatch(text::contains);
    }

    @Override
    public String toString() {
        return "Folded[hidden]";
    }
}
