package lanyard.governance.review;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lanyard.standards.nhs.NhsNumber;

/// Suggests what may have to be withheld from a text: details of patients and of staff, by the patterns of the staff
/// app ([Patterns]) and some that catch more. It decides nothing, and what it does not find may be there all the same.
final class Detector {
    /// What something looks like.
    enum Looks {
        NHS_NUMBER("NHS number"),
        PERSON_NUMBER("CHI or health and care number"),
        HOSPITAL_NUMBER("hospital number"),
        BIRTH_DATE("date"),
        POSTCODE("postcode"),
        PHONE("phone number"),
        EMAIL("e-mail address"),
        PATIENT("a linked patient's name"),
        STAFF("a colleague's name"),
        ADDRESS("address"),
        NAME("name");

        private final String words;

        Looks(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /// A place in a text, in code points, and what stands there.
    record Suggestion(int from, int to, Looks looks, String text) {}

    private record Shape(Looks looks, Pattern pattern, Predicate<String> check) {}

    private static final List<Shape> SHAPES = List.of(
            new Shape(
                    Looks.NHS_NUMBER,
                    Pattern.compile("(?<![0-9])(?:[0-9][ \\u00a0-]?){9}[0-9](?![0-9])"),
                    text -> NhsNumber.find(text).isPresent()),
            new Shape(Looks.EMAIL, Pattern.compile("[\\w.+'-]{1,64}@[\\w-]{1,63}(?:\\.[\\w-]{1,63})+"), text -> true),
            new Shape(
                    Looks.POSTCODE,
                    Pattern.compile("(?i)\\b(?:GIR ?0AA|[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][ABD-HJLNP-UW-Z]{2})\\b"),
                    text -> true),
            new Shape(
                    Looks.BIRTH_DATE,
                    Pattern.compile(
                            "\\b(?:[0-3]?[0-9][./-][01]?[0-9][./-](?:[12][0-9])?[0-9]{2}"
                                    + "|[12][0-9]{3}-[01][0-9]-[0-3][0-9]"
                                    + "|[0-3]?[0-9](?:st|nd|rd|th)? (?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*,? [12][0-9]{3})\\b"),
                    text -> true),
            new Shape(
                    Looks.PHONE,
                    Pattern.compile("(?<![0-9])(?:\\+44[ -]?(?:\\(0\\))?|0)[1-9](?:[ ()-]?[0-9]){8,9}(?![0-9])"),
                    text -> true));

    /// NHS numbers and e-mail addresses.
    private static final int SUREST = 2;

    private static final Set<Looks> NAMED = EnumSet.of(Looks.PATIENT, Looks.STAFF, Looks.NAME);
    private static final List<Shape> ALL = all();
    private static final PossibleNames NAMES = new PossibleNames(Patterns.shared());

    private final List<Folded> patients;
    private final List<Folded> staff;

    Detector(Collection<String> patients, Collection<String> staff) {
        this.patients = patients.stream()
                .map(Folded::of)
                .filter(name -> !name.isEmpty())
                .toList();
        this.staff =
                staff.stream().map(Folded::of).filter(name -> !name.isEmpty()).toList();
    }

    /// What is surest first: of two that overlap, the first stays.
    private static List<Shape> all() {
        var all = new ArrayList<Shape>(SHAPES.subList(0, SUREST));
        Patterns.shared()
                .rules()
                .forEach(rule -> all.add(new Shape(
                        rule.looks(),
                        rule.pattern(),
                        text -> !rule.modulus11()
                                || NhsNumber.find(digits(text)).isPresent())));
        all.addAll(SHAPES.subList(SUREST, SHAPES.size()));
        return List.copyOf(all);
    }

    private static String digits(String text) {
        return text.replaceAll("[^0-9]", "");
    }

    /// From the beginning to the end; of two that overlap, the one that was found first stays, but a name is suggested
    /// whole.
    List<Suggestion> suggest(String text) {
        var found = new ArrayList<Suggestion>();
        for (var shape : ALL) {
            var match = shape.pattern().matcher(text);
            while (match.find()) {
                if (shape.check().test(match.group())) {
                    add(found, suggestion(text, match.start(), match.end(), shape.looks()));
                }
            }
        }
        var folded = Folded.of(text);
        names(found, text, folded, patients, Looks.PATIENT);
        names(found, text, folded, staff, Looks.STAFF);
        for (var name : NAMES.find(text)) {
            var bare = suggestion(text, name.name(), name.to(), Looks.NAME);
            // A title alone is nothing to add to a name that is known.
            if (found.stream().noneMatch(other -> covers(other, bare))) {
                addName(found, suggestion(text, name.from(), name.to(), Looks.NAME), text);
            }
        }
        found.sort(Comparator.comparingInt(Suggestion::from));
        return found;
    }

    /// From places in UTF-16 units.
    private static Suggestion suggestion(String text, int start, int end, Looks looks) {
        var from = text.codePointCount(0, start);
        return new Suggestion(from, from + text.codePointCount(start, end), looks, text.substring(start, end));
    }

    private static void names(List<Suggestion> found, String text, Folded folded, List<Folded> names, Looks looks) {
        var points = text.codePoints().toArray();
        for (var name : names) {
            for (var range : folded.find(name)) {
                var said = new String(points, range.from(), range.to() - range.from());
                addName(found, new Suggestion(range.from(), range.to(), looks, said), text);
            }
        }
    }

    private static void add(List<Suggestion> found, Suggestion one) {
        if (found.stream().noneMatch(other -> overlap(one, other))) {
            found.add(one);
        }
    }

    private static boolean overlap(Suggestion one, Suggestion other) {
        return one.from() < other.to() && other.from() < one.to();
    }

    private static boolean covers(Suggestion outer, Suggestion inner) {
        return outer.from() <= inner.from() && inner.to() <= outer.to();
    }

    /// Names that overlap are one: of `Gareth Evans` nobody withholds `Evans` alone because a colleague is called so.
    private static void addName(List<Suggestion> found, Suggestion one, String text) {
        var same = found.stream()
                .filter(other -> NAMED.contains(other.looks()) && overlap(one, other))
                .toList();
        var others = found.stream().filter(other -> overlap(one, other)).count() - same.size();
        if (others == 0 && same.stream().noneMatch(other -> covers(other, one))) {
            found.removeAll(same);
            found.add(same.isEmpty() ? one : whole(one, same, text));
        }
    }

    /// A patient's name with more to it is still a patient's; what has more to it than a colleague's is anybody's.
    private static Suggestion whole(Suggestion one, List<Suggestion> same, String text) {
        var from = Math.min(
                one.from(), same.stream().mapToInt(Suggestion::from).min().orElseThrow());
        var to = Math.max(one.to(), same.stream().mapToInt(Suggestion::to).max().orElseThrow());
        var patient = Stream.concat(Stream.of(one), same.stream()).anyMatch(name -> name.looks() == Looks.PATIENT);
        var looks = patient ? Looks.PATIENT : one.from() == from && one.to() == to ? one.looks() : Looks.NAME;
        var said = text.substring(text.offsetByCodePoints(0, from), text.offsetByCodePoints(0, to));
        return new Suggestion(from, to, looks, said);
    }
}
