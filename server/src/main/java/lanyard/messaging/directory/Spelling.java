package lanyard.messaging.directory;

import org.apache.commons.codec.language.DoubleMetaphone;

/// How far two words are apart on the page and whether they sound alike.
final class Spelling {
    /// Words are cut here before comparing, so that a hostile term costs no more than a long name.
    private static final int LONGEST = 40;
    private static final DoubleMetaphone SOUND = new DoubleMetaphone();

    private Spelling() {}

    /// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
    static int distance(String one, String other) {
        var a = cut(one);
        var b = cut(other);
        var before = new int[b.length() + 1];
        var above = new int[b.length() + 1];
        var row = new int[b.length() + 1];
        for (var j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (var i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (var j = 1; j <= b.length(); j++) {
                var same = a.charAt(i - 1) == b.charAt(j - 1);
                row[j] = Math.min(Math.min(row[j - 1], above[j]) + 1, above[j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], before[j - 2] + 1);
                }
            }
            var spare = before;
            before = above;
            above = row;
            row = spare;
        }
        return above[b.length()];
    }

    /// Whether the distance is one at most, found in one walk.
    static boolean isOneSlip(String one, String other) {
        if (one.length() > other.length()) {
            return isOneSlip(other, one);
        }
        if (other.length() - one.length() > 1) {
            return false;
        }
        var i = 0;
        while (i < one.length() && one.charAt(i) == other.charAt(i)) {
            i++;
        }
        if (one.length() < other.length()) {
            return sameFrom(one, i, other, i + 1);
        }
        var swapped = i + 1 < one.length()
                && one.charAt(i) == other.charAt(i + 1)
                && one.charAt(i + 1) == other.charAt(i)
                && sameFrom(one, i + 2, other, i + 2);
        return i == one.length() || swapped || sameFrom(one, i + 1, other, i + 1);
    }

    private static boolean sameFrom(String one, int from, String other, int otherFrom) {
        var length = one.length() - from;
        return length == other.length() - otherFrom && one.regionMatches(from, other, otherFrom, length);
    }

    /// 1 for the same word, 0 for words with nothing in common.
    static double likeness(String one, String other) {
        var longer = Math.max(cut(one).length(), cut(other).length());
        return longer == 0 ? 1 : 1 - (double) distance(one, other) / longer;
    }

    static boolean soundAlike(String one, String other) {
        var a = sound(one);
        var b = sound(other);
        return !a.isEmpty()
                && !b.isEmpty()
                && (a.equals(b) || a.equals(otherSound(other)) || b.equals(otherSound(one)));
    }

    static String sound(String word) {
        return spoken(word, false);
    }

    static String otherSound(String word) {
        return spoken(word, true);
    }

    private static String spoken(String word, boolean alternate) {
        var sound = SOUND.doubleMetaphone(cut(word), alternate);
        return sound == null ? "" : sound;
    }

    private static String cut(String word) {
        return word.length() <= LONGEST ? word : word.substring(0, LONGEST);
    }
}
