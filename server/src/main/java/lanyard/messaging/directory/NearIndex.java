package lanyard.messaging.directory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Which names of a directory are near one another. Names that are near share a key ([NearNames#keys]); many people
/// share a name, so names are compared and not people.
final class NearIndex {
    private final NearNames nearNames;
    private final List<NameTokens> names = new ArrayList<>();
    private final Map<NameTokens, Slots> places = new HashMap<>();
    private final Map<String, List<NameTokens>> byKey = new HashMap<>();
    private final Map<NameTokens, List<NameTokens>> known = new ConcurrentHashMap<>();

    NearIndex(Nicknames nicknames) {
        nearNames = new NearNames(nicknames);
    }

    /// Places are added in their order.
    void add(int place, NameTokens name) {
        names.add(name);
        places.computeIfAbsent(name, _ -> {
                    nearNames
                            .keys(name)
                            .forEach(key -> byKey.computeIfAbsent(key, _ -> new ArrayList<>())
                                    .add(name));
                    known.clear();
                    return new Slots();
                })
                .add(place);
    }

    /// Those of other people, also of people who have gone.
    Set<Integer> near(int place) {
        var found = new HashSet<Integer>();
        for (var name : known.computeIfAbsent(names.get(place), this::find)) {
            places.getOrDefault(name, new Slots()).forEach(found::add);
        }
        found.remove(place);
        return found;
    }

    private List<NameTokens> find(NameTokens name) {
        var candidates = new HashSet<NameTokens>();
        nearNames.keys(name).forEach(key -> candidates.addAll(byKey.getOrDefault(key, List.of())));
        return candidates.stream()
                .filter(other -> nearNames.areNear(name, other))
                .toList();
    }
}
