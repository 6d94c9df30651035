package lanyard.messaging.directory;

import java.util.ArrayList;
import java.util.List;
import lanyard.messaging.directory.DirectoryIndex.Entry;

/// How well a person fits what was typed. Every word typed must fit a word of their name, role or ward; the order does
/// not matter, the last letters may be missing, one slip is forgiven, and so is a short form of a first name.
final class TermMatch {
    private static final double SAME = 1;
    private static final double BEGINS = 0.9;
    private static final double NICKNAME = 0.8;
    private static final double SLIP = 0.6;
    private static final double SOUNDS = 0.5;
    /// A name that fits is worth more than a ward that does.
    private static final double NAME_WEIGHT = 2;

    private static final int LONG_ENOUGH_FOR_A_SLIP = 4;
    private static final double ALIKE_ENOUGH = 0.5;
    private static final int MOST_WORDS = 8;

    private final Nicknames nicknames;

    TermMatch(Nicknames nicknames) {
        this.nicknames = nicknames;
    }

    /// Zero when some word fits nowhere. Nothing typed fits everybody.
    double score(List<String> wanted, Entry entry) {
        var total = 1.0;
        for (var word : wanted.subList(0, Math.min(wanted.size(), MOST_WORDS))) {
            var best = Math.max(NAME_WEIGHT * bestOfName(word, entry), bestOf(word, entry.work()));
            if (best == 0) {
                return 0;
            }
            total += best;
        }
        return total;
    }

    private double bestOfName(String wanted, Entry entry) {
        var names = new ArrayList<>(entry.name().words());
        for (var i = 0; i + 1 < entry.name().words().size(); i++) {
            names.add(entry.name().words().get(i) + entry.name().words().get(i + 1));
        }
        names.addAll(NameTokens.of(entry.person().id().localpart()).words());
        var best = bestOf(wanted, names);
        var isShortForm = best < NICKNAME && names.stream().anyMatch(name -> nicknames.same(wanted, name));
        return isShortForm ? NICKNAME : best;
    }

    private static double bestOf(String wanted, List<String> words) {
        return words.stream().mapToDouble(word -> fit(wanted, word)).max().orElse(0);
    }

    private static double fit(String wanted, String word) {
        if (word.equals(wanted)) {
            return SAME;
        }
        if (word.startsWith(wanted)) {
            return BEGINS;
        }
        if (wanted.length() < LONG_ENOUGH_FOR_A_SLIP || word.length() < LONG_ENOUGH_FOR_A_SLIP) {
            return 0;
        }
        var beginning = word.substring(0, Math.min(word.length(), wanted.length()));
        if (Spelling.distance(wanted, word) <= 1 || Spelling.distance(wanted, beginning) <= 1) {
            return SLIP;
        }
        var sounds = Spelling.soundAlike(wanted, word) && Spelling.likeness(wanted, word) >= ALIKE_ENOUGH;
        return sounds ? SOUNDS : 0;
    }
}
