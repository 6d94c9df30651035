package lanyard.messaging.directory;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import lanyard.standards.matrix.ServerName;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Employer;
import lanyard.trust.identity.Person;

/// What a search costs among fifty thousand people, near names included, in time of the processor, so that others on
/// the machine do not count. Run `main` for the numbers, with `practised` as a server does after its start;
/// [DirectorySpeedTest] holds them to the budget. Names are made of first names and surnames by frequency, so that
/// common ones are as common as they are in a large trust.
final class DirectoryMeasure {
    private static final int PEOPLE = 50_000;
    static final String[] TERMS = {
        "",
        "smith",
        "mohammed",
        "mohamed kahn",
        "okafor amara",
        "bob taylor",
        "wojcik",
        "ward 7",
        "staff nurse",
        "nurse",
        "2145",
        "katherine obrien",
        "jones sarah",
        "zzyzx",
        "pharmacst",
        "a"
    };
    private static final String[] SYLLABLES = {
        "ba", "der", "ken", "lo", "mar", "ni", "os", "pra", "rin", "sal", "ter", "ul", "vi", "wen", "yar", "zo", "chi",
        "do", "fer", "gan", "hal", "jin"
    };

    private DirectoryMeasure() {}

    public static void main(String[] arguments) {
        var nicknames = Nicknames.load();
        var people = people(new Random(7));
        var began = cpu();
        var index = new DirectoryIndex(people, nicknames);
        System.out.printf("built in %d ms%n", (cpu() - began) / 1_000_000);
        if (arguments.length > 0 && arguments[0].equals("practised")) {
            var practising = cpu();
            index.practise(Duration.ofSeconds(4));
            System.out.printf("practised in %d ms%n", (cpu() - practising) / 1_000_000);
        }
        for (var round = 0; round < 3; round++) {
            for (var term : TERMS) {
                var start = cpu();
                var found = index.search(term, 20);
                var searched = cpu();
                var near = found.stream()
                        .mapToInt(person -> index.near(person.id()).size())
                        .sum();
                System.out.printf(
                        "round %d %-18s %3d found in %6.1f ms, %5d near in %6.1f ms%n",
                        round,
                        "'" + term + "'",
                        found.size(),
                        (searched - start) / 1e6,
                        near,
                        (cpu() - searched) / 1e6);
            }
        }
        var start = cpu();
        index.replace(List.of(people.getFirst().id()), List.of(people.getFirst()));
        System.out.printf("one changed in %.2f ms%n", (cpu() - start) / 1e6);
        var runtime = Runtime.getRuntime();
        System.gc();
        System.out.printf("memory in use %d MB%n", (runtime.totalMemory() - runtime.freeMemory()) >> 20);
    }

    static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    static List<Person> people(Random random) {
        var first = names(random, 1_500, "Sarah", "Mohammed", "John", "Anne", "Katherine", "Robert", "Amara", "Łukasz");
        var last = names(random, 9_000, "Smith", "Jones", "Khan", "Patel", "Taylor", "O'Brien", "Okafor", "Wójcik");
        var roles = List.of("Staff nurse", "Registrar", "Pharmacist", "Porter", "Healthcare assistant", "Consultant");
        var people = new ArrayList<Person>();
        for (var i = 0; i < PEOPLE; i++) {
            var name = pick(random, first) + " " + pick(random, last);
            people.add(new Person(
                    UserId.of("user" + i, new ServerName("trust.test")),
                    "TEST1",
                    name,
                    roles.get(random.nextInt(roles.size())),
                    "Ward " + random.nextInt(200),
                    "NMC",
                    "00A%04dE".formatted(random.nextInt(10_000)),
                    true,
                    Employer.OWN,
                    i % 10 == 0 ? Integer.toString(1_000 + i / 10) : "",
                    new Person.Confirmed(Optional.empty(), Instant.EPOCH)));
        }
        return people;
    }

    private static List<String> names(Random random, int many, String... common) {
        var names = new ArrayList<>(Arrays.asList(common));
        while (names.size() < many) {
            var name = new StringBuilder();
            for (var i = 0; i < 2 + random.nextInt(2); i++) {
                name.append(SYLLABLES[random.nextInt(SYLLABLES.length)]);
            }
            names.add(Character.toUpperCase(name.charAt(0)) + name.substring(1));
        }
        return names;
    }

    /// The n-th name is about as common as one in n.
    private static String pick(Random random, List<String> names) {
        var place = (int) (Math.pow(names.size(), random.nextDouble()) - 1);
        return names.get(Math.min(names.size() - 1, place));
    }
}
