package lanyard.governance.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Finds what reads like somebody's name, of whom nothing is known: after a title, a relation or a bed, or by the names
/// that are common here. As `web/src/nudge/people.ts` does, but colleagues are suggested as well.
final class PossibleNames {
    /// In UTF-16 units of the text.
    ///
    /// @param name where the name itself begins, after a title
    record Place(int from, int name, int to) {}

    private record Word(String written, String folded, int start, int end) {
        boolean hasCapital() {
            return Character.isUpperCase(written.codePointAt(0));
        }
    }

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}]+(?:['\u2019\u02bc`\u00b4][\\p{L}\\p{M}]+)*");
    private static final Pattern POSSESSIVE = Pattern.compile("['\u2019]s$", Pattern.CASE_INSENSITIVE);
    private static final Pattern ADJOINS = Pattern.compile("[\\s,\u2010\u2011\u2013-]{1,3}");
    private static final Pattern HYPHEN = Pattern.compile("[\u2010\u2011\u2013-]");
    private static final Pattern AFTER_TITLE = Pattern.compile("[ .]{1,2}");
    private static final Set<String> TITLES = Set.of(
            "mr",
            "mrs",
            "miss",
            "ms",
            "mx",
            "master",
            "baby",
            "dr",
            "doctor",
            "prof",
            "professor",
            "sister",
            "nurse",
            "matron",
            "sir",
            "lady",
            "rev");
    private static final Pattern CUE = Pattern.compile(
            "(?:\\b(?:bed|bay|side room|sr|room|cubicle|trolley|chair|gwely|ystafell)[ ]?[0-9]{1,2}[a-z]?[,:]? "
                    + "|\\b[0-9]{1,3} ?(?:yo|yr|yrs|y|f|m|f/|m/)[, ]+"
                    + "|\\b(?:pt|patient|resident|claf)(?: called| named)?:? |\\bname(?: is|:|['\u2019]s)? |\\bcalled "
                    + "|\\b(?:daughter|dtr|son|wife|husband|hubby|mum|mother|dad|father|nok|partner|carer|brother|niece"
                    + "|nephew|friend|neighbour|grandson|granddaughter)(?:,| is|:)? ?\\(?)$",
            Pattern.CASE_INSENSITIVE);
    private static final int REACH = 28;
    private static final int LONGEST_RUN = 4;
    private static final int LONGEST_ABBREVIATION = 5;

    private final Patterns known;

    PossibleNames(Patterns known) {
        this.known = known;
    }

    List<Place> find(String text) {
        var words = words(text);
        var found = new ArrayList<Place>();
        for (var at = 0; at < words.size(); at++) {
            var run = run(text, words, at);
            if (!run.isEmpty()) {
                var title = titleBefore(text, words, at);
                if (title >= 0 || isSomebody(text, run)) {
                    var from = title >= 0 ? title : run.getFirst().start();
                    found.add(new Place(from, run.getFirst().start(), withoutPossessive(run.getLast())));
                }
                at += run.size() - 1;
            }
        }
        return found;
    }

    private static List<Word> words(String text) {
        return WORD.matcher(text)
                .results()
                .map(match -> new Word(
                        match.group(),
                        Folded.of(POSSESSIVE.matcher(match.group()).replaceFirst(""))
                                .bare(),
                        match.start(),
                        match.end()))
                .toList();
    }

    /// The words from `at` on that could be one name.
    private List<Word> run(String text, List<Word> words, int at) {
        var run = new ArrayList<Word>();
        for (var word : words.subList(at, Math.min(words.size(), at + LONGEST_RUN))) {
            var hyphened = false;
            if (!run.isEmpty()) {
                var between = text.substring(run.getLast().end(), word.start());
                if (!joins(between, run.getLast(), word)) {
                    break;
                }
                hyphened = HYPHEN.matcher(between).matches();
            }
            if (!couldBeName(word) && !(hyphened && word.hasCapital())) {
                break;
            }
            run.add(word);
        }
        return run;
    }

    /// `EVANS, John` is one name; `Tom, Ella` are two.
    private boolean joins(String between, Word left, Word right) {
        return ADJOINS.matcher(between).matches()
                && (!between.contains(",")
                        || (known.surnames().contains(left.folded())
                                && known.given().contains(right.folded())));
    }

    /// In small letters only what is a name and no other word.
    private boolean couldBeName(Word word) {
        if (word.written().length() < 2 || known.noNames().contains(word.folded()) || TITLES.contains(word.folded())) {
            return false;
        }
        return word.hasCapital() ? !isAbbreviation(word) : known.isOnlyName(word.folded());
    }

    /// `AF`, `NBM`. A name so written is in the lexicon.
    private boolean isAbbreviation(Word word) {
        return word.written().length() <= LONGEST_ABBREVIATION
                && word.written().equals(word.written().toUpperCase(Locale.ROOT))
                && !known.isName(word.folded());
    }

    /// Where a title before the name begins, or -1: `Mrs A Fletcher` has it before the initial.
    private static int titleBefore(String text, List<Word> words, int at) {
        for (var name = at; name > 0; name--) {
            var before = words.get(name - 1);
            if (!AFTER_TITLE
                    .matcher(text.substring(before.end(), words.get(name).start()))
                    .matches()) {
                return -1;
            }
            if (TITLES.contains(before.folded())) {
                return before.start();
            }
            if (before.written().length() > 1) {
                return -1;
            }
        }
        return -1;
    }

    private boolean isSomebody(String text, List<Word> run) {
        var first = run.getFirst();
        var cue = CUE.matcher(text.substring(Math.max(0, first.start() - REACH), first.start()));
        if (first.hasCapital() && cue.find()) {
            return true;
        }
        if (run.size() == 1) {
            return known.isOnlyName(first.folded());
        }
        return run.stream().anyMatch(word -> known.isOnlyName(word.folded()))
                || (known.given().contains(first.folded())
                        && known.surnames().contains(run.getLast().folded()));
    }

    private static int withoutPossessive(Word word) {
        return POSSESSIVE.matcher(word.written()).find() ? word.end() - 2 : word.end();
    }
}
