package lanyard.governance.review;

import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import lanyard.governance.disclosure.Case;
import lanyard.governance.disclosure.Cases;
import lanyard.governance.disclosure.Requester;
import lanyard.governance.disclosure.Searching;

/// The disclosure log of a pack: when the request came, what was searched for and found, what was left out and why,
/// what was taken, asked, made and fetched. It says of nobody who they are.
///
/// What could go wrong: the log names who asks, or whom else somebody searched for, or repeats what is withheld. The
/// principle: our own words have numbers and days alone; what people entered has the requester's name and address taken
/// out here, everything withheld taken out like from any message, and is looked at by the gate with the rest.
final class PackLog {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.UK);
    static final String REQUESTER = "[the requester]";
    private static final int SHORTEST_NAME = 3;

    private final Cases cases;

    PackLog(Cases cases) {
        this.cases = cases;
    }

    /// A line before what is withheld is taken out of it.
    ///
    /// @param words what was searched for
    /// @param entered what else people entered, the requester taken out
    record Line(long ts, String what, List<String> words, String entered) {
        Line {
            words = List.copyOf(words);
        }

        Line(long ts, String what) {
            this(ts, what, List.of(), "");
        }
    }

    /// Oldest first.
    List<Line> of(Case about) {
        var lines = new ArrayList<Line>();
        cases.listDone(about.id()).forEach(done -> line(about, done).ifPresent(lines::add));
        cases.searching().list(about.id()).forEach(search -> lines.add(search(about.requester(), search)));
        lines.sort(Comparator.comparingLong(Line::ts));
        return lines;
    }

    private static Optional<Line> line(Case about, Cases.Done done) {
        var details = done.details();
        var events = details.path("events").asInt();
        var what = switch (done.action()) {
            case "case.opened" ->
                "The request was logged; it was received on "
                        + DAY.format(about.clock().received());
            case "case.approval_used" -> "Two officers were asked to unseal what a second person had approved";
            case "case.messages_taken" -> "Messages and edits taken for review: " + events;
            case "case.opinion_given" ->
                "A health professional gave an opinion; messages and edits it is about: " + events;
            case "case.opinion_added" ->
                "A health professional's opinion was recorded from paper; messages and edits it is about: " + events;
            case "case.pack_made" ->
                "Pack " + details.path("pack").asInt() + " was made; SHA-256 of its archive "
                        + details.path("sha256").asString("");
            case "case.pack_fetched" -> "Pack " + details.path("pack").asInt() + " was fetched to be sent";
            default -> "";
        };
        return what.isEmpty()
                ? Optional.empty()
                : Optional.of(new Line(done.at().toEpochMilli(), what));
    }

    private static Line search(Requester requester, Searching.Past search) {
        var what = switch (search.what()) {
            case METADATA -> "Who wrote when and where was searched; messages found: ";
            case CONTENT -> "What was said was searched; messages found: ";
        };
        var entered = "Not searched: " + search.leftOut() + ". Why that is enough: " + search.why() + ".";
        return new Line(
                search.at().toEpochMilli(),
                what + search.hits(),
                search.words().stream().map(one -> without(requester, one)).toList(),
                without(requester, entered));
    }

    /// The last line: this pack.
    static Sheet.Deed made(Sheet.Head head, int messages, List<Sheet.Line> schedule) {
        var withheld = schedule.stream()
                .map(line -> line.reason().code() + ": " + line.whole().size() + " whole, "
                        + line.parts().size() + " in part")
                .collect(Collectors.joining("; "));
        var what = "Pack " + head.number() + " was made of messages: " + messages + ". Withheld: "
                + (withheld.isEmpty() ? "nothing" : withheld);
        return new Sheet.Deed(head.madeTs(), what, Passage.EMPTY);
    }

    /// The text without who asks.
    static String without(Requester requester, String text) {
        var names = new ArrayList<String>();
        names.add(requester.name());
        names.add(requester.contact());
        for (var name : requester.name().split("[^\\p{L}\\p{M}]+", -1)) {
            if (name.length() >= SHORTEST_NAME) {
                names.add(name);
            }
        }
        var left = text;
        for (var name : names) {
            left = without(Folded.of(name), left);
        }
        return left;
    }

    private static String without(Folded name, String text) {
        var points = text.codePoints().toArray();
        var left = new StringBuilder();
        var at = 0;
        for (var range : Folded.of(text).find(name)) {
            if (range.from() >= at) {
                left.append(new String(points, at, range.from() - at)).append(REQUESTER);
                at = range.to();
            }
        }
        return left.append(new String(points, at, points.length - at)).toString();
    }
}
