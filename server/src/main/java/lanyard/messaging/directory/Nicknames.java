package lanyard.messaging.directory;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// Which first names stand for one another, from `nicknames.txt`.
final class Nicknames {
    private final Map<String, Set<Integer>> groups;

    private Nicknames(Map<String, Set<Integer>> groups) {
        this.groups = groups;
    }

    static Nicknames load() {
        var groups = new HashMap<String, Set<Integer>>();
        var resource = Objects.requireNonNull(Nicknames.class.getResourceAsStream("nicknames.txt"), "nicknames.txt");
        try (var lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            var number = 0;
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    number++;
                    for (var name : line.strip().split(" +", -1)) {
                        groups.computeIfAbsent(name, _ -> new HashSet<>()).add(number);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Nicknames(groups);
    }

    boolean same(String one, String other) {
        return groupsOf(one).stream().anyMatch(groupsOf(other)::contains);
    }

    /// Every name that stands for `name`, itself too; none for a name that has no other.
    Set<String> sameAs(String name) {
        var own = groupsOf(name);
        return own.isEmpty()
                ? Set.of()
                : groups.keySet().stream().filter(other -> same(name, other)).collect(Collectors.toSet());
    }

    Set<Integer> groupsOf(String name) {
        return groups.getOrDefault(name, Set.of());
    }
}
