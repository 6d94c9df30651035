package lanyard.governance.review;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Numbers of messages as people write them: `3, 12-15`.
final class Numbers {
    private static final Pattern PART = Pattern.compile("([0-9]{1,5})(?:[-\u2013]([0-9]{1,5}))?");

    private Numbers() {}

    /// In order, those that follow each other as a range.
    static String text(Collection<Integer> numbers) {
        var parts = new ArrayList<String>();
        var left = new TreeSet<>(numbers);
        while (!left.isEmpty()) {
            var from = left.removeFirst();
            var to = from;
            while (left.remove(to + 1)) {
                to++;
            }
            parts.add(from.equals(to) ? "" + from : from + "-" + to);
        }
        return String.join(", ", parts);
    }

    /// Those of `known` that are written. Empty when something else is.
    static List<Integer> read(String text, Set<Integer> known) {
        var numbers = new TreeSet<Integer>();
        for (var part : text.strip().split("[ ,;]+", -1)) {
            if (part.isEmpty()) {
                continue;
            }
            var match = PART.matcher(part);
            if (!match.matches()) {
                return List.of();
            }
            var from = Integer.parseInt(match.group(1));
            var to = match.group(2) == null ? from : Integer.parseInt(match.group(2));
            for (var number = from; number <= to; number++) {
                if (!known.contains(number)) {
                    return List.of();
                }
                numbers.add(number);
            }
            if (to < from) {
                return List.of();
            }
        }
        return List.copyOf(numbers);
    }
}
