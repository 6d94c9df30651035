package lanyard.messaging.directory;

import java.util.Set;

/// How well a word of the directory fits a word that was typed: the last letters may be missing, one slip is forgiven,
/// and so is a short form of a first name. Numbers are taken at their word.
final class TermMatch {
    private static final double SAME = 1;
    private static final double BEGINS = 0.9;
    private static final double NICKNAME = 0.8;
    private static final double SLIP = 0.6;
    private static final double SOUNDS = 0.5;

    private static final int LONG_ENOUGH_FOR_A_SLIP = 4;
    private static final double ALIKE_ENOUGH = 0.5;

    private final String wanted;
    private final Set<String> shortForms;
    private final boolean mayBeMistyped;

    TermMatch(String wanted, Nicknames nicknames) {
        this.wanted = wanted;
        this.shortForms = nicknames.sameAs(wanted);
        this.mayBeMistyped =
                wanted.length() >= LONG_ENOUGH_FOR_A_SLIP && wanted.chars().noneMatch(Character::isDigit);
    }

    /// Of a word of a name that fits by its letters as `fit` says.
    double ofName(String word, double fit) {
        return fit < NICKNAME && !shortForms.isEmpty() && shortForms.contains(word) ? NICKNAME : fit;
    }

    /// Zero when it does not fit.
    double fit(String word) {
        if (word.startsWith(wanted)) {
            return word.length() == wanted.length() ? SAME : BEGINS;
        }
        if (!mayBeMistyped || word.length() < LONG_ENOUGH_FOR_A_SLIP || !beginsAlike(word)) {
            return 0;
        }
        var beginning = word.substring(0, Math.min(word.length(), wanted.length()));
        return Spelling.isOneSlip(wanted, word) || Spelling.isOneSlip(wanted, beginning) ? SLIP : 0;
    }

    /// With one slip some letter of the first two is where it should be, or beside it.
    private boolean beginsAlike(String word) {
        return word.charAt(0) == wanted.charAt(0)
                || word.charAt(1) == wanted.charAt(1)
                || word.charAt(1) == wanted.charAt(0)
                || word.charAt(0) == wanted.charAt(1);
    }

    /// Of a word that sounds like what was typed.
    double ofSound(String word) {
        return mayBeMistyped
                        && word.length() >= LONG_ENOUGH_FOR_A_SLIP
                        && Spelling.likeness(wanted, word) >= ALIKE_ENOUGH
                ? SOUNDS
                : 0;
    }
}
