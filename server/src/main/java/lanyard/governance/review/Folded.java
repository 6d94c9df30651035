package lanyard.governance.review;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// A text as it is compared: letters, digits and symbols alone, without case, accents, spaces and punctuation, each
/// with the place it has in the text as it was typed. `Müller-Lyer`, `MU\u0308LLER LYER` and the two of them broken
/// over quoted lines are the same.
final class Folded {
    /// What is shorter is found as a whole word only: `Lee` is not in `sleep`.
    static final int SHORTEST_PART = 6;

    /// How far apart two letters that belong together may stand: an accent, a hyphen, a new quoted line.
    private static final int WIDEST_GAP = 8;

    /// After the last letter of Latin alphabets.
    private static final int LATIN_ENDS = 0x250;

    private static final int SHORTEST_FOUND = 3;

    private final int[] points;
    private final String bare;
    private final int[] at;

    private Folded(int[] points, String bare, int[] at) {
        this.points = points;
        this.bare = bare;
        this.at = at;
    }

    /// Where something stands in a text, in code points; `to` is after its last.
    record Range(int from, int to) {}

    static Folded of(String text) {
        var points = text.codePoints().toArray();
        var bare = new StringBuilder(points.length);
        var at = IntStream.builder();
        for (var i = 0; i < points.length; i++) {
            var plain = plain(points[i]);
            bare.append(plain);
            for (var k = 0; k < plain.length(); k++) {
                at.add(i);
            }
        }
        return new Folded(points, bare.toString(), at.build().toArray());
    }

    private static String plain(int point) {
        if (point < 128) {
            return isBare(point) ? Character.toString(Character.toLowerCase(point)) : "";
        }
        var text = Normalizer.normalize(Character.toString(point), Normalizer.Form.NFKD);
        var lower = text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(lower, Normalizer.Form.NFKD)
                .codePoints()
                .filter(Folded::isBare)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isBare(int point) {
        return Character.isLetterOrDigit(point) || Character.getType(point) == Character.OTHER_SYMBOL;
    }

    String bare() {
        return bare;
    }

    boolean isEmpty() {
        return bare.isEmpty();
    }

    /// Every place in which `needle` stands here, letter by letter.
    List<Range> find(Folded needle) {
        var found = new ArrayList<Range>();
        if (needle.isEmpty()) {
            return found;
        }
        for (var from = bare.indexOf(needle.bare); from >= 0; from = bare.indexOf(needle.bare, from + 1)) {
            var to = from + needle.bare.length();
            if (isTogether(from, to) && (needle.bare.length() >= SHORTEST_PART || isWord(from, to))) {
                found.add(new Range(at[from], at[to - 1] + 1));
            }
        }
        return found;
    }

    /// Whether `needle` stands here with nothing between its letters that it has not itself, and without a letter of
    /// ours before or after: in bytes that are no text, others stand anywhere.
    boolean standsAlone(Folded needle) {
        for (var from = bare.indexOf(needle.bare); from >= 0; from = bare.indexOf(needle.bare, from + 1)) {
            var first = at[from];
            var last = at[from + needle.bare.length() - 1];
            var strict = needle.bare.length() <= SHORTEST_FOUND;
            if (letters(first, last) <= needle.points.length
                    && isClear(first - 1, strict)
                    && isClear(last + 1, strict)) {
                return true;
            }
        }
        return false;
    }

    /// From one place to the other, accents not counted.
    private long letters(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .filter(i -> Character.getType(points[i]) != Character.NON_SPACING_MARK)
                .count();
    }

    /// Whether no letter of ours is there; three letters stand by chance in some megabytes, so beside them there is to
    /// be what stands beside words.
    private boolean isClear(int place, boolean strict) {
        if (place < 0 || place >= points.length) {
            return true;
        }
        var point = points[place];
        var separates = point == 0 || (point >= ' ' && point <= '~' && !Character.isLetterOrDigit(point));
        return strict ? separates : point >= LATIN_ENDS || !Character.isLetter(point);
    }

    private boolean isTogether(int from, int to) {
        return IntStream.range(from + 1, to).allMatch(i -> at[i] - at[i - 1] <= WIDEST_GAP);
    }

    private boolean isWord(int from, int to) {
        var before = at[from] - 1;
        var after = at[to - 1] + 1;
        return (before < 0 || !Character.isLetterOrDigit(points[before]))
                && (after >= points.length || !Character.isLetterOrDigit(points[after]));
    }

    /// Every place in which at least `shortest` letters in a row are also in `other`: what is left of words that were
    /// changed by an edit.
    List<Range> common(Folded other, int shortest) {
        var found = new ArrayList<Range>();
        for (var from = 0; from + shortest <= bare.length(); ) {
            var to = from + shortest;
            if (!other.bare.contains(bare.substring(from, to))) {
                from++;
                continue;
            }
            while (to < bare.length() && other.bare.contains(bare.substring(from, to + 1))) {
                to++;
            }
            found.add(new Range(at[from], at[to - 1] + 1));
            from = to;
        }
        return found;
    }
}
