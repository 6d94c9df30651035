package lanyard.governance.review;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import lanyard.standards.nhs.NhsNumber;

/// Suggests what may have to be withheld from a text: details of patients and of staff. It decides nothing, and what
/// it does not find may be there all the same.
final class Detector {
    /// What something looks like.
    enum Looks {
        NHS_NUMBER("NHS number"),
        BIRTH_DATE("date"),
        POSTCODE("postcode"),
        PHONE("phone number"),
        EMAIL("e-mail address"),
        PATIENT("a linked patient's name"),
        STAFF("a colleague's name");

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

    /// From the beginning to the end; of two that overlap, the one that was found first stays.
    List<Suggestion> suggest(String text) {
        var found = new ArrayList<Suggestion>();
        for (var shape : SHAPES) {
            var match = shape.pattern().matcher(text);
            while (match.find()) {
                if (shape.check().test(match.group())) {
                    var from = text.codePointCount(0, match.start());
                    var to =
                            from + match.group().codePointCount(0, match.group().length());
                    add(found, new Suggestion(from, to, shape.looks(), match.group()));
                }
            }
        }
        var folded = Folded.of(text);
        names(found, text, folded, patients, Looks.PATIENT);
        names(found, text, folded, staff, Looks.STAFF);
        found.sort(Comparator.comparingInt(Suggestion::from));
        return found;
    }

    private static void names(List<Suggestion> found, String text, Folded folded, List<Folded> names, Looks looks) {
        var points = text.codePoints().toArray();
        for (var name : names) {
            for (var range : folded.find(name)) {
                var said = new String(points, range.from(), range.to() - range.from());
                add(found, new Suggestion(range.from(), range.to(), looks, said));
            }
        }
    }

    private static void add(List<Suggestion> found, Suggestion one) {
        if (found.stream().noneMatch(other -> one.from() < other.to() && other.from() < one.to())) {
            found.add(one);
        }
    }
}
