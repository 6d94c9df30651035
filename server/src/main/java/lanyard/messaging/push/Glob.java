package lanyard.messaging.push;

import java.util.Locale;
import java.util.regex.Pattern;

/// A glob-style pattern, matched without backtracking: the parts between its stars are found one after the other, each
/// as early as it can be, so what has been passed is never looked at again.
/// <https://spec.matrix.org/v1.18/appendices/#glob-style-matching>
final class Glob {
    private static final int LONGEST_TEXT = 4_096;
    private static final Pattern STARS = Pattern.compile("\\*+");

    /// What stands between the stars; the first and the last are empty when the pattern begins or ends with one.
    private final String[] parts;

    Glob(String pattern) {
        this.parts = STARS.split(pattern.toLowerCase(Locale.ROOT), -1);
    }

    /// Whether the whole of `text` matches.
    boolean matches(String text) {
        return search(text, false);
    }

    /// Whether some part of `text` matches that begins and ends at a word's boundary.
    boolean matchesWords(String text) {
        return search(text, true);
    }

    private boolean search(String original, boolean words) {
        var text =
                original.substring(0, Math.min(original.length(), LONGEST_TEXT)).toLowerCase(Locale.ROOT);
        var from = 0;
        for (var part = 0; part < parts.length; part++) {
            var at = find(text, from, part, words);
            if (at < 0) {
                return false;
            }
            from = at + parts[part].length();
        }
        return true;
    }

    /// The first place from `from` on where the part can stand, or -1.
    private int find(String text, int from, int part, boolean words) {
        var length = parts[part].length();
        for (var at = from; at + length <= text.length(); at++) {
            var begins = part > 0 || (words ? isBoundary(text, at) : at == 0);
            var end = at + length;
            var ends = part < parts.length - 1 || (words ? isBoundary(text, end) : end == text.length());
            if (begins && ends && isAt(text, at, parts[part])) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isAt(String text, int at, String part) {
        for (var i = 0; i < part.length(); i++) {
            if (part.charAt(i) != '?' && part.charAt(i) != text.charAt(at + i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBoundary(String text, int at) {
        return at == 0 || at == text.length() || !isWord(text.charAt(at - 1)) || !isWord(text.charAt(at));
    }

    private static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }
}
