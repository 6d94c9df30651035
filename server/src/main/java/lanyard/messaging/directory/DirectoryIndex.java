package lanyard.messaging.directory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Person;

/// The staff of one organisation as they were when it was built, ready to be searched and compared.
final class DirectoryIndex {
    private final NearNames nearNames;
    private final TermMatch termMatch;
    private final List<Entry> entries;
    private final Map<UserId, Integer> places = new HashMap<>();
    private final Map<String, List<Integer>> byNearKey = new HashMap<>();
    private final Map<UserId, List<Person>> near = new ConcurrentHashMap<>();

    /// One person with what of them is compared.
    record Entry(Person person, NameTokens name, List<String> work) {
        static Entry of(Person person) {
            var work = Stream.of(person.role(), person.ward(), person.professionalBody())
                    .flatMap(text -> NameTokens.of(text).words().stream())
                    .toList();
            return new Entry(person, NameTokens.of(person.displayName()), work);
        }
    }

    private record Scored(Entry entry, double score) {}

    DirectoryIndex(List<Person> people, Nicknames nicknames) {
        nearNames = new NearNames(nicknames);
        termMatch = new TermMatch(nicknames);
        entries = people.stream().map(Entry::of).toList();
        for (var i = 0; i < entries.size(); i++) {
            places.put(entries.get(i).person().id(), i);
            for (var key : nearNames.keys(entries.get(i).name())) {
                byNearKey.computeIfAbsent(key, _ -> new ArrayList<>()).add(i);
            }
        }
    }

    /// Best first; at most `limit` and one more, by which the caller knows that there are others.
    List<Person> search(String term, int limit) {
        var wanted = NameTokens.of(term).words();
        return entries.stream()
                .map(entry -> new Scored(entry, termMatch.score(wanted, entry)))
                .filter(scored -> scored.score() > 0)
                .sorted(Comparator.comparingDouble(Scored::score)
                        .reversed()
                        .thenComparing(scored -> scored.entry().person().displayName()))
                .limit(limit + 1L)
                .map(scored -> scored.entry().person())
                .toList();
    }

    /// Other people whose names are near this person's, in the order of their names.
    List<Person> near(UserId user) {
        return Optional.ofNullable(places.get(user))
                .map(place -> near.computeIfAbsent(user, _ -> findNear(place)))
                .orElse(List.of());
    }

    private List<Person> findNear(int place) {
        var name = entries.get(place).name();
        var candidates = new HashSet<Integer>();
        nearNames.keys(name).forEach(key -> candidates.addAll(byNearKey.getOrDefault(key, List.of())));
        candidates.remove(place);
        return candidates.stream()
                .sorted()
                .map(entries::get)
                .filter(other -> nearNames.areNear(name, other.name()))
                .map(Entry::person)
                .toList();
    }
}
