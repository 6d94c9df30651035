package lanyard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What must be true of every table: its comment says who owns it and how long its rows are kept, and only its owner's
/// SQL names it.
final class Tables {
    private static final Pattern COMMENT = Pattern.compile("owner: ([a-z.]+); retention: (.+)");
    private static final Set<String> STATEMENTS =
            Set.of("select", "insert", "update", "delete", "with", "merge", "lock", "truncate", "copy");
    private static final Set<String> BEFORE_A_TABLE =
            Set.of("from", "join", "into", "update", "table", "only", "using", "truncate", "copy");

    private Tables() {}

    /// One sentence for each thing that is wrong. `comments` is each table's (empty where it has none), `literals` the
    /// string literals of each package.
    static List<String> violations(Map<String, String> comments, Map<String, List<String>> literals) {
        var found = new ArrayList<String>();
        comments.forEach((table, comment) -> {
            var owner = owner(comment);
            if (owner.isEmpty()) {
                found.add("Table " + table + " needs the comment 'owner: <package>; retention: <line>'.");
                return;
            }
            var users = users(table, literals);
            users.stream()
                    .filter(user -> !user.equals(owner.get()))
                    .map(user ->
                            "Table " + table + " is " + owner.get() + "'s, but " + user + " has SQL that names it.")
                    .forEach(found::add);
            if (users.isEmpty() && !mentions(table, literals.getOrDefault(owner.get(), List.of()))) {
                found.add("Table " + table + " is said to be " + owner.get() + "'s, which never names it.");
            }
        });
        return found;
    }

    private static Optional<String> owner(String comment) {
        var match = COMMENT.matcher(comment);
        return match.matches() ? Optional.of(match.group(1)) : Optional.empty();
    }

    private static Set<String> users(String table, Map<String, List<String>> literals) {
        var users = new TreeSet<String>();
        literals.forEach((name, texts) -> {
            if (texts.stream().anyMatch(text -> namesInSql(table, text))) {
                users.add(name);
            }
        });
        return users;
    }

    private static boolean mentions(String table, List<String> texts) {
        return texts.stream().anyMatch(text -> words(text).contains(table));
    }

    private static boolean namesInSql(String table, String text) {
        var words = words(text);
        if (words.stream().noneMatch(STATEMENTS::contains)
                || Character.isUpperCase(text.stripLeading().charAt(0))) {
            return false;
        }
        for (var i = 1; i < words.size(); i++) {
            if (words.get(i).equals(table) && BEFORE_A_TABLE.contains(words.get(i - 1))) {
                return true;
            }
        }
        return false;
    }

    private static List<String> words(String text) {
        return Pattern.compile("\\w+")
                .matcher(text)
                .results()
                .map(match -> match.group())
                .toList();
    }
}
