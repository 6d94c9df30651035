package lanyard.trust.identity;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/// Passwords that are tried first: the commonest ones, with digits in front or behind, with letters written as digits,
/// said twice; runs along the keyboard; the person's own names. Looked up in a list that is shipped, so that no
/// password leaves the server. <https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver>
final class CommonPasswords {
    private static final String LIST = "common-passwords.txt";
    private static final int FEWEST_CHARACTERS = 5;
    private static final int SHORTEST_NAME = 3;
    /// What is left once names are taken out must still be something to guess.
    private static final int SHORTEST_REST = 6;

    private static final List<String> ROWS = List.of(
            "abcdefghijklmnopqrstuvwxyz",
            "01234567890",
            "qwertyuiop[]",
            "asdfghjkl;'",
            "zxcvbnm,./",
            "qwertzuiop",
            "azertyuiop",
            "1qaz2wsx3edc4rfv5tgb6yhn7ujm");

    private CommonPasswords() {}

    /// `names` are the person's and the organisation's.
    static boolean isCommon(String password, Collection<String> names) {
        var plain = Normalizer.normalize(password, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .strip();
        var core = lettersOf(plain);
        return plain.chars().distinct().count() < FEWEST_CHARACTERS
                || isRun(plain)
                || isMadeOf(core, names)
                || isListed(List.of(plain, unit(plain), core, unit(core)));
    }

    /// Without digits and signs around it, and with those inside it read as the letters they stand for.
    private static String lettersOf(String plain) {
        return plain.replaceAll("^[^\\p{L}]+|[^\\p{L}]+$", "")
                .replace('0', 'o')
                .replace('1', 'i')
                .replace('3', 'e')
                .replace('4', 'a')
                .replace('@', 'a')
                .replace('5', 's')
                .replace('$', 's')
                .replace('7', 't')
                .replace('!', 'i');
    }

    /// What is said again and again, once.
    private static String unit(String text) {
        for (var length = 1; length <= text.length() / 2; length++) {
            var unit = text.substring(0, length);
            if (text.length() % length == 0
                    && unit.repeat(text.length() / length).equals(text)) {
                return unit;
            }
        }
        return text;
    }

    /// Three quarters of its steps go to a neighbour, or nowhere.
    private static boolean isRun(String plain) {
        var steps = 0;
        for (var i = 1; i < plain.length(); i++) {
            steps += areNeighbours(plain.charAt(i - 1), plain.charAt(i)) ? 1 : 0;
        }
        return steps * 4 >= (plain.length() - 1) * 3;
    }

    private static boolean areNeighbours(char a, char b) {
        return a == b || ROWS.stream().anyMatch(row -> row.contains("" + a + b) || row.contains("" + b + a));
    }

    private static boolean isMadeOf(String core, Collection<String> names) {
        var rest = core;
        for (var name : wordsOf(names)) {
            rest = rest.replace(name, "");
        }
        return rest.length() < core.length()
                && rest.chars().filter(Character::isLetter).count() < SHORTEST_REST;
    }

    /// The longest first, so that a short one within it does not break it up.
    private static List<String> wordsOf(Collection<String> names) {
        return names.stream()
                .flatMap(name -> List.of(name.toLowerCase(Locale.ROOT).split("[^\\p{L}]+", -1)).stream())
                .filter(word -> word.length() >= SHORTEST_NAME)
                .distinct()
                .sorted((a, b) -> b.length() - a.length())
                .toList();
    }

    /// Read each time: people change passwords rarely, and the list need not stay in memory.
    private static boolean isListed(List<String> wanted) {
        var left = new HashSet<>(wanted);
        try (var stream = CommonPasswords.class.getResourceAsStream(LIST)) {
            if (stream == null) {
                throw new IllegalStateException("the list of common passwords is part of this jar");
            }
            var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8)).lines();
            return lines.filter(line -> !line.startsWith("# ")).anyMatch(left::contains);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Collection<String> namesOf(Person person) {
        return List.of(person.id().localpart(), person.displayName(), person.ward(), "lanyard", "nhs");
    }
}
