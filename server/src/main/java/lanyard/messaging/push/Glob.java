package lanyard.messaging.push;

import java.util.Locale;

/// A glob-style pattern, matched without backtracking: a pattern costs its length for each character, whatever it is.
/// <https://spec.matrix.org/v1.18/appendices/#glob-style-matching>
final class Glob {
    private static final int LONGEST_TEXT = 4_096;

    private final String pattern;
    private final boolean literal;

    Glob(String pattern) {
        this.pattern = pattern.toLowerCase(Locale.ROOT);
        this.literal = pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0;
    }

    /// Whether the whole of `text` matches.
    boolean matches(String text) {
        return literal ? pattern.equalsIgnoreCase(text) : search(text, false);
    }

    /// Whether some part of `text` matches that begins and ends at a word's boundary.
    boolean matchesWords(String text) {
        return search(text, true);
    }

    /// The states of the pattern reached so far, all advanced with each character.
    private boolean search(String original, boolean words) {
        var text =
                original.substring(0, Math.min(original.length(), LONGEST_TEXT)).toLowerCase(Locale.ROOT);
        var reached = new boolean[pattern.length() + 1];
        for (var i = 0; i <= text.length(); i++) {
            var boundary = isBoundary(text, i);
            if (i == 0 || (words && boundary)) {
                reach(reached, 0);
            }
            if (reached[pattern.length()] && (words ? boundary : i == text.length())) {
                return true;
            }
            if (i < text.length()) {
                reached = step(reached, text.charAt(i));
            }
        }
        return false;
    }

    private boolean[] step(boolean[] reached, char c) {
        var next = new boolean[reached.length];
        for (var state = 0; state < pattern.length(); state++) {
            if (reached[state]) {
                var wanted = pattern.charAt(state);
                if (wanted == '*') {
                    reach(next, state);
                } else if (wanted == '?' || wanted == c) {
                    reach(next, state + 1);
                }
            }
        }
        return next;
    }

    /// A star may stand for nothing.
    private void reach(boolean[] states, int state) {
        states[state] = true;
        for (var at = state; at < pattern.length() && pattern.charAt(at) == '*'; at++) {
            states[at + 1] = true;
        }
    }

    private static boolean isBoundary(String text, int at) {
        return at == 0 || at == text.length() || !isWord(text.charAt(at - 1)) || !isWord(text.charAt(at));
    }

    private static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }
}
