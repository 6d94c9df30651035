package lanyard.messaging.directory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Person;

/// The staff of one organisation, ready to be searched and compared. What is typed is compared with the directory's
/// words, each once, and never with every person: fifty thousand people have some ten thousand words.
///
/// Somebody who changes gets a new place and leaves the old one empty; words keep pointing at empty places until the
/// whole is built anew.
final class DirectoryIndex {
    private static final int MOST_WORDS = 8;
    private static final int PRACTICE = 64;
    private static final int MOST_PRACTISED = 20;
    /// A name that fits is worth more than a ward that does.
    private static final double NAME_WEIGHT = 2;

    private static final Comparator<Person> BY_NAME = Comparator.comparing(Person::displayName)
            .thenComparing(person -> person.id().value());

    private final Nicknames nicknames;
    private final NearIndex nearIndex;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final List<Optional<Entry>> entries = new ArrayList<>();
    private final Map<UserId, Integer> places = new HashMap<>();
    private final Map<String, IndexWord> words = new HashMap<>();
    private final List<IndexWord> listed = new ArrayList<>();
    private final Map<String, List<IndexWord>> bySound = new HashMap<>();

    /// One person with what of them is compared.
    record Entry(Person person, NameTokens name) {
        static Entry of(Person person) {
            return new Entry(person, NameTokens.of(person.displayName()));
        }

        Stream<String> names() {
            var own = name.words();
            var together =
                    Stream.iterate(0, i -> i + 1 < own.size(), i -> i + 1).map(i -> own.get(i) + own.get(i + 1));
            var user = NameTokens.of(person.id().localpart()).words();
            return Stream.of(own.stream(), together, user.stream()).flatMap(each -> each);
        }

        Stream<String> work() {
            var employer = person.employer();
            var bleep = person.bleep().isEmpty() ? "" : "bleep " + person.bleep();
            return Stream.of(
                            person.role(),
                            person.ward(),
                            person.professionalBody(),
                            employer.name(),
                            employer.ods(),
                            bleep)
                    .flatMap(text -> NameTokens.of(text).words().stream());
        }
    }

    DirectoryIndex(List<Person> people, Nicknames nicknames) {
        this.nicknames = nicknames;
        this.nearIndex = new NearIndex(nicknames);
        people.forEach(this::add);
    }

    private void add(Person person) {
        var entry = Entry.of(person);
        var place = entries.size();
        entries.add(Optional.of(entry));
        places.put(person.id(), place);
        entry.names().forEach(text -> word(text).inNames.add(place));
        entry.work().forEach(text -> word(text).inWork.add(place));
        nearIndex.add(place, entry.name());
    }

    private IndexWord word(String text) {
        return words.computeIfAbsent(text, _ -> {
            var fresh = new IndexWord(text);
            listed.add(fresh);
            sounds(text)
                    .forEach(sound -> bySound.computeIfAbsent(sound, _ -> new ArrayList<>())
                            .add(fresh));
            return fresh;
        });
    }

    private static Set<String> sounds(String text) {
        var sounds = new HashSet<>(List.of(Spelling.sound(text), Spelling.otherSound(text)));
        sounds.remove("");
        return sounds;
    }

    /// `users` are now as `people` says; whoever is not among those has gone.
    void replace(Collection<UserId> users, List<Person> people) {
        lock.writeLock().lock();
        try {
            for (var user : users) {
                Optional.ofNullable(places.remove(user)).ifPresent(place -> entries.set(place, Optional.empty()));
            }
            people.forEach(this::add);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /// Whether so many places are empty that building it anew is worth while.
    boolean isWorn() {
        lock.readLock().lock();
        try {
            return entries.size() > 1_000 && entries.size() > 2 * places.size();
        } finally {
            lock.readLock().unlock();
        }
    }

    /// Best first; at most `limit` and one more, by which the caller knows that there are others. Nothing typed fits
    /// everybody.
    List<Person> search(String term, int limit) {
        var wanted = NameTokens.of(term).words();
        lock.readLock().lock();
        try {
            var scores = new double[entries.size()];
            Arrays.fill(scores, 1);
            wanted.stream().limit(MOST_WORDS).forEach(word -> addScores(word, scores));
            return best(scores, limit + 1);
        } finally {
            lock.readLock().unlock();
        }
    }

    /// Searches for what is in it and for slips of that, near names included. Java compiles what has been done often
    /// enough: done here, a search is as quick for whoever comes first as for those who come later.
    void practise(Duration longest) {
        var until = System.nanoTime() + longest.toNanos();
        for (var term : practice()) {
            if (System.nanoTime() > until) {
                return;
            }
            search(term, MOST_PRACTISED).forEach(person -> near(person.id()));
        }
    }

    private List<String> practice() {
        lock.readLock().lock();
        try {
            var step = Math.max(1, entries.size() / PRACTICE);
            return Stream.iterate(0, place -> place < entries.size(), place -> place + step)
                    .flatMap(place -> entries.get(place).stream())
                    .map(Entry::person)
                    .flatMap(person -> Stream.of(
                            person.displayName(),
                            person.displayName().replaceFirst("(?<=..)[a-z]", ""),
                            person.role(),
                            person.ward()))
                    .toList();
        } finally {
            lock.readLock().unlock();
        }
    }

    /// A person is out as soon as one word fits nothing of theirs.
    private void addScores(String typed, double[] scores) {
        var match = new TermMatch(typed, nicknames);
        var best = new double[scores.length];
        for (var word : listed) {
            var fit = match.fit(word.text);
            raise(best, word.inNames, NAME_WEIGHT * match.ofName(word.text, fit));
            raise(best, word.inWork, fit);
        }
        for (var sound : sounds(typed)) {
            for (var word : bySound.getOrDefault(sound, List.of())) {
                var fit = match.ofSound(word.text);
                raise(best, word.inNames, NAME_WEIGHT * fit);
                raise(best, word.inWork, fit);
            }
        }
        for (var i = 0; i < scores.length; i++) {
            scores[i] = best[i] == 0 ? 0 : scores[i] == 0 ? 0 : scores[i] + best[i];
        }
    }

    private static void raise(double[] best, Slots slots, double score) {
        if (score > 0) {
            slots.forEach(place -> best[place] = Math.max(best[place], score));
        }
    }

    private record Scored(Person person, double score) {}

    private List<Person> best(double[] scores, int most) {
        var bestFirst = Comparator.comparingDouble(Scored::score).reversed().thenComparing(Scored::person, BY_NAME);
        var kept = new PriorityQueue<>(bestFirst.reversed());
        for (var i = 0; i < scores.length; i++) {
            var entry = entries.get(i);
            var worst = kept.size() == most ? kept.peek() : null;
            if (scores[i] == 0 || entry.isEmpty() || (worst != null && scores[i] < worst.score())) {
                continue;
            }
            var scored = new Scored(entry.get().person(), scores[i]);
            if (worst == null) {
                kept.add(scored);
            } else if (bestFirst.compare(scored, worst) < 0) {
                kept.remove();
                kept.add(scored);
            }
        }
        return kept.stream().sorted(bestFirst).map(Scored::person).toList();
    }

    /// Other people whose names are near this person's: those who can be reached first, then in the order of their
    /// names.
    List<Person> near(UserId user) {
        lock.readLock().lock();
        try {
            var place = places.get(user);
            if (place == null) {
                return List.of();
            }
            return nearIndex.near(place).stream()
                    .flatMap(other -> entries.get(other).stream())
                    .map(Entry::person)
                    .sorted(Comparator.comparing(Person::reachable).reversed().thenComparing(BY_NAME))
                    .toList();
        } finally {
            lock.readLock().unlock();
        }
    }
}
