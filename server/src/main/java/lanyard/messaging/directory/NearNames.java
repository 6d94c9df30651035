package lanyard.messaging.directory;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Are two names near enough for a tired person to pick the wrong one? Word order does not count (surname first is
/// common), a short form counts as its name, and one name may have words the other lacks.
///
/// What could go wrong: too shy and a message about a patient goes to the wrong colleague; too eager and the warning
/// is clicked away unread. The pairs that must and must not warn are in `NearNamesTest`; a change here begins there.
final class NearNames {
    /// Below this length one changed letter makes another name, so the sound must agree too.
    private static final int LONG_ENOUGH_FOR_A_TYPO = 4;
    private static final int LONG_ENOUGH_FOR_TWO = 8;
    private static final double ALIKE_ENOUGH_WHEN_SOUNDING_ALIKE = 0.5;

    private final Nicknames nicknames;

    NearNames(Nicknames nicknames) {
        this.nicknames = nicknames;
    }

    boolean areNear(NameTokens one, NameTokens other) {
        if (one.joined().equals(other.joined()) || isNearlyTheSameRunTogether(one, other)) {
            return true;
        }
        if (one.words().size() > other.words().size()) {
            return areNear(other, one);
        }
        var tooLittleToGoOn = one.words().size() < 2 && other.words().size() > 1;
        return !one.words().isEmpty() && !tooLittleToGoOn && allFindAPartner(one.words(), other.words(), false);
    }

    /// MacDonald and Mac Donald, with one slip at most.
    private static boolean isNearlyTheSameRunTogether(NameTokens one, NameTokens other) {
        return one.words().size() != other.words().size()
                && Math.min(one.joined().length(), other.joined().length()) >= LONG_ENOUGH_FOR_TWO
                && Spelling.distance(one.joined(), other.joined()) <= 1;
    }

    /// Each word of the shorter name has its own partner in the longer. At most one pair may be a bare initial.
    private boolean allFindAPartner(List<String> words, List<String> partners, boolean initialUsed) {
        if (words.isEmpty()) {
            return true;
        }
        var word = words.getFirst();
        for (var partner : partners) {
            var initial = isInitialOf(word, partner) || isInitialOf(partner, word);
            if (initial ? !initialUsed : wordsAreNear(word, partner)) {
                var left = new ArrayList<>(partners);
                left.remove(partner);
                if (allFindAPartner(words.subList(1, words.size()), left, initialUsed || initial)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isInitialOf(String initial, String word) {
        return initial.length() == 1 && word.length() > 1 && word.startsWith(initial);
    }

    boolean wordsAreNear(String one, String other) {
        if (one.equals(other) || nicknames.same(one, other)) {
            return true;
        }
        var shorter = Math.min(one.length(), other.length());
        var distance = Spelling.distance(one, other);
        if (distance <= slipsAllowed(shorter)) {
            return true;
        }
        var longer = Math.max(one.length(), other.length());
        return shorter > 1
                && distance <= (1 - ALIKE_ENOUGH_WHEN_SOUNDING_ALIKE) * longer
                && Spelling.soundAlike(one, other);
    }

    private static int slipsAllowed(int letters) {
        if (letters >= LONG_ENOUGH_FOR_TWO) {
            return 2;
        }
        return letters >= LONG_ENOUGH_FOR_A_TYPO ? 1 : 0;
    }

    /// Two names that are near share a key, so that a directory compares each person with a few and not with all.
    Set<String> keys(NameTokens name) {
        var keys = new HashSet<String>();
        keys.add("joined " + name.joined());
        for (var word : name.words()) {
            keys.add("word " + word);
            keys.add("sound " + Spelling.sound(word));
            keys.add("sound " + Spelling.otherSound(word));
            nicknames.groupsOf(word).forEach(group -> keys.add("group " + group));
            for (var i = 0; i < word.length() && word.length() >= LONG_ENOUGH_FOR_A_TYPO; i++) {
                keys.add("word " + word.substring(0, i) + word.substring(i + 1));
            }
        }
        return keys;
    }
}
