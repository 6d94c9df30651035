package lanyard.governance.review;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import lanyard.governance.custodian.OpenedEvent;
import lanyard.governance.disclosure.CaseKind;
import lanyard.governance.disclosure.Opinion;
import lanyard.governance.review.Withholding.Where;
import lanyard.messaging.patient.PatientLink;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.console.Choice;
import lanyard.trust.identity.Person;

/// What the pages of a review show.
final class ReviewViews {
    private final Reviews reviews;

    ReviewViews(Reviews reviews) {
        this.reviews = reviews;
    }

    public record Found(String event, Instant at, String sender, String text, boolean hidden) {}

    public record Line(int number, Instant at, String sender, String state, boolean withheld) {}

    public record PackLine(int number, Instant at, long bytes, String sha256) {}

    public record Decision(String note, String what, String reason) {}

    public record DeskView(
            String id,
            List<Line> lines,
            long reviewed,
            List<Choice> people,
            List<Choice> reasons,
            List<Decision> names,
            String waiting,
            List<PackLine> packs) {}

    public record Text(Instant at, String text, boolean edit) {}

    public record MessageView(
            int number,
            int of,
            String sender,
            boolean left,
            String conversation,
            List<Text> versions,
            List<Text> shown,
            String file,
            boolean fileKept,
            List<String> around,
            List<Choice> suggestions,
            List<Choice> reasons,
            List<Decision> decisions,
            boolean reviewed,
            Health health) {}

    /// What is known of it as data concerning health.
    ///
    /// @param counts whether it is health data
    /// @param known why the person who asks knows it already; empty when nobody says so
    /// @param suggested why it reads like health data where nobody has marked it
    /// @param finding what a health professional has found of it
    public record Health(
            boolean counts, String markNote, String known, String knownNote, String suggested, String finding) {}

    Found found(OpenedEvent event) {
        return new Found(
                event.id().value(),
                Instant.ofEpochMilli(event.ts()),
                name(event.sender()),
                Said.text(event.type(), event.content()),
                event.hidden());
    }

    private String name(UserId user) {
        return reviews.parts()
                .others()
                .identity()
                .people()
                .find(user)
                .map(Person::displayName)
                .orElse(user.localpart());
    }

    DeskView desk(Reviews.Desk desk) {
        var withheld = new Withheld(desk.items(), desk.notes().withholdings());
        var people = new LinkedHashMap<String, Choice>();
        desk.items().stream()
                .flatMap(Withheld::people)
                .forEach(one ->
                        people.putIfAbsent(one.id().value(), new Choice(one.id().value(), one.name())));
        var lines =
                desk.items().stream().map(item -> line(desk, withheld, item)).toList();
        return new DeskView(
                desk.about().id().value(),
                lines,
                desk.items().stream()
                        .filter(item -> desk.notes().isReviewed(item))
                        .count(),
                List.copyOf(people.values()),
                reasons(desk),
                decisions(desk, Optional.empty()),
                waiting(desk),
                desk.packs().stream()
                        .map(pack -> new PackLine(
                                pack.number(), Instant.ofEpochMilli(pack.madeTs()), pack.bytes(), pack.sha256()))
                        .toList());
    }

    /// Which messages wait for a health professional's opinion; of a subject access request alone.
    private String waiting(Reviews.Desk desk) {
        return desk.about().kind() == CaseKind.SUBJECT_ACCESS
                ? Numbers.text(reviews.health(desk).waiting().stream()
                        .map(Item::number)
                        .toList())
                : "";
    }

    private static Line line(Reviews.Desk desk, Withheld withheld, Item item) {
        var state = desk.notes().isReviewed(item) ? "Reviewed" : "To review";
        var some = withheld.whole(item).isPresent()
                || withheld.file(item).isPresent()
                || item.versions().stream()
                        .anyMatch(version ->
                                !withheld.text(item, version).reasons().isEmpty());
        return new Line(
                item.number(), Instant.ofEpochMilli(item.ts()), item.sender().name(), state, some);
    }

    private static List<Choice> reasons(Reviews.Desk desk) {
        var reasons = new ArrayList<Choice>();
        reasons.add(new Choice("", "Choose a reason"));
        Reason.listFor(Reviews.law(desk.about()))
                .forEach(reason -> reasons.add(new Choice(
                        reason.code(), reason.code() + ": " + reason.words() + " (" + reason.clause() + ")")));
        return reasons;
    }

    /// Those about one message, or about people where none is given.
    private List<Decision> decisions(Reviews.Desk desk, Optional<Item> about) {
        return desk.notes().withholdings().stream()
                .filter(one -> switch (one.where()) {
                    case Where.Name(var person) -> about.isEmpty();
                    case Where.Words words ->
                        about.filter(item -> item.has(words.event())).isPresent();
                    case Where.Whole(var event) ->
                        about.filter(item -> item.has(event)).isPresent();
                    case Where.File(var event) ->
                        about.filter(item -> item.has(event)).isPresent();
                })
                .map(one -> new Decision(
                        one.id(), what(one.where(), about), one.reason().code()))
                .toList();
    }

    private String what(Where where, Optional<Item> about) {
        return switch (where) {
            case Where.Name(var person) -> "The name " + name(person);
            case Where.Whole whole -> "The whole message";
            case Where.File file -> "The file";
            case Where.Words words ->
                "“"
                        + about.stream()
                                .flatMap(item -> item.versions().stream())
                                .filter(version -> version.event().equals(words.event()))
                                .map(version -> cut(version.text(), words))
                                .findFirst()
                                .orElse("")
                        + "”";
        };
    }

    private static String cut(String text, Where.Words words) {
        var points = text.codePoints().toArray();
        var to = Math.min(words.to(), points.length);
        var from = Math.min(words.from(), to);
        return new String(points, from, to - from);
    }

    MessageView message(Reviews.Desk desk, Item item) {
        var withheld = new Withheld(desk.items(), desk.notes().withholdings());
        var said = new ArrayList<Text>();
        var shown = new ArrayList<Text>();
        for (var version : item.versions()) {
            var at = Instant.ofEpochMilli(version.ts());
            said.add(new Text(at, version.text(), !said.isEmpty()));
            shown.add(new Text(at, withheld.text(item, version).plain(), !shown.isEmpty()));
        }
        return new MessageView(
                item.number(),
                desk.items().size(),
                item.sender().name(),
                item.around().left(),
                item.room().name(),
                said,
                shown,
                item.file().map(Item.Attachment::name).orElse(""),
                item.file().filter(file -> !file.blob().isEmpty()).isPresent(),
                around(item),
                suggestions(desk, item),
                reasons(desk),
                decisions(desk, Optional.of(item)),
                desk.notes().isReviewed(item),
                health(desk, item));
    }

    private Health health(Reviews.Desk desk, Item item) {
        var rule = reviews.health(desk);
        var mark = Optional.ofNullable(desk.notes().health().get(item.id()));
        var known = desk.notes().known(item);
        var suggested = rule.isHealth(item)
                ? Optional.<String>empty()
                : HealthSigns.find(new Detector(patients(desk, true), staff(desk)), item.versions());
        return new Health(
                rule.isHealth(item),
                mark.map(Notes.Mark::id).orElse(""),
                known.map(one -> one.why().isEmpty() ? "No reason was given." : one.why())
                        .orElse(""),
                known.map(Notes.Mark::id).orElse(""),
                suggested.orElse(""),
                rule.finding(item).map(Opinion.Finding::title).orElse(""));
    }

    private static List<String> around(Item item) {
        var lines = new ArrayList<String>();
        var around = item.around();
        if (item.file().filter(file -> FileKind.of(file.type()).isRecording()).isPresent()) {
            lines.add("A recording, not transcribed: listen to all of it. No search finds what is said in it, no"
                    + " suggestion is made for it, and it is disclosed whole or withheld.");
        }
        around.deleted()
                .ifPresent(one ->
                        lines.add("Deleted by " + one.by().name() + (one.why().isEmpty() ? "" : ": " + one.why())));
        around.reactions().forEach(one -> lines.add("Reaction by " + one.by().name() + ": " + one.key()));
        around.reads()
                .forEach(
                        one -> lines.add("Read by " + one.by().name() + ", at the latest " + SheetPage.time(one.ts())));
        lines.add("In the conversation then: "
                + String.join(
                        ", ", around.members().stream().map(Item.Named::name).toList()));
        return lines;
    }

    private List<Choice> suggestions(Reviews.Desk desk, Item item) {
        var detector = new Detector(patients(desk, false), staff(desk));
        var suggestions = new ArrayList<Choice>();
        for (var version : item.versions()) {
            for (var one : detector.suggest(version.text())) {
                var value = version.event().value() + " " + one.from() + " " + one.to();
                suggestions.add(new Choice(
                        value, one.text(), "Looks like " + one.looks().words()));
            }
        }
        return suggestions;
    }

    private List<String> staff(Reviews.Desk desk) {
        return reviews
                .parts()
                .others()
                .identity()
                .people()
                .listStaff(desk.about().organization())
                .stream()
                .map(Person::displayName)
                .toList();
    }

    /// Patients linked to the conversations, with those whom the case is about or without.
    private List<String> patients(Reviews.Desk desk, boolean all) {
        var rooms = new HashSet<RoomId>();
        desk.items().forEach(item -> rooms.add(item.room().id()));
        var register = reviews.parts().conversations().patients();
        var about = desk.about();
        return reviews.parts()
                .ground()
                .database()
                .read(tx -> rooms.stream()
                        .flatMap(room -> register.linkedTo(tx, room).stream())
                        .map(PatientLink::patient)
                        .filter(patient -> all || !about.scope().patients().contains(patient))
                        .distinct()
                        .map(patient ->
                                register.get(tx, about.organization(), patient).name())
                        .toList());
    }
}
