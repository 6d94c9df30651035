package lanyard.messaging.directory;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// A name as the eye compares it: lower case, without accents, titles or punctuation, in words.
record NameTokens(List<String> words) {
    private static final Set<String> TITLES = Set.of("dr", "mr", "mrs", "ms", "miss", "mx", "prof", "professor", "sir");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    /// An apostrophe is inside a name (O'Brien), every other mark is between names.
    private static final Pattern INSIDE = Pattern.compile("['’ʼ`´.]");
    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");
    /// Letters that Unicode does not take apart into a base and a mark.
    private static final Map<Character, String> WHOLE_LETTERS = Map.ofEntries(
            Map.entry('ł', "l"),
            Map.entry('ø', "o"),
            Map.entry('đ', "d"),
            Map.entry('ð', "d"),
            Map.entry('þ', "th"),
            Map.entry('ß', "ss"),
            Map.entry('æ', "ae"),
            Map.entry('œ', "oe"),
            Map.entry('ı', "i"),
            Map.entry('ħ', "h"));

    NameTokens {
        words = List.copyOf(words);
    }

    static NameTokens of(String name) {
        var words = Arrays.stream(BETWEEN.split(fold(INSIDE.matcher(name).replaceAll(""))))
                .filter(word -> !word.isEmpty())
                .toList();
        var untitled = words.stream().filter(word -> !TITLES.contains(word)).toList();
        return new NameTokens(untitled.isEmpty() ? words : untitled);
    }

    String joined() {
        return String.join("", words);
    }

    private static String fold(String text) {
        var plain = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
        var folded = new StringBuilder(plain.length());
        plain.chars().forEach(c -> folded.append(WHOLE_LETTERS.getOrDefault((char) c, String.valueOf((char) c))));
        return folded.toString();
    }
}
