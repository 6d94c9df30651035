package lanyard.trust.handset;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import lanyard.trust.identity.Organization;
import lanyard.trust.identity.Person;

/// A draft for the data protection officer, who edits and owns it. It says what is known and what is not, and counts
/// the 72 hours of UK GDPR Article 33 from the report. <https://ico.org.uk/for-organisations/report-a-breach/>
///
/// What could go wrong: it claims more than is known, and the officer tells patients that nothing could be read. The
/// principle: each sentence is one kind of evidence with its time, and every list of rooms is without what was said.
record BreachNote(
        Organization organization, Person person, LostPhones.Known phone, Loss loss, List<ReadableRoom> rooms) {
    static final Duration CLOCK = Duration.ofDays(3);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMMM uuuu 'at' HH:mm z", Locale.UK).withZone(ZoneId.of("Europe/London"));

    private record Part(String title, List<String> lines) {}

    Instant due() {
        return loss.reportedAt().plus(CLOCK);
    }

    String text() {
        return parts().stream()
                .map(part -> part.title() + "\n" + String.join("\n", part.lines()))
                .collect(Collectors.joining("\n\n", "", "\n"));
    }

    String html() {
        return parts().stream()
                .map(part -> "<h2>" + escaped(part.title()) + "</h2>\n"
                        + part.lines().stream()
                                .map(line -> "<p>" + escaped(line) + "</p>")
                                .collect(Collectors.joining("\n")))
                .collect(Collectors.joining("\n", "<article lang=\"en-GB\">\n", "\n</article>\n"));
    }

    private List<Part> parts() {
        return List.of(
                new Part(
                        "DRAFT: lost or stolen phone, possible personal data breach",
                        List.of("Made by Lanyard for the data protection officer to check, change and decide on."
                                + " Nothing has been sent to anybody.")),
                new Part("The clock", clock()),
                new Part("Whose phone", whose()),
                new Part("What was done", done()),
                new Part("What could be read, and until when", readable()),
                new Part("Conversations the phone could show", conversations()),
                new Part("What is not known", unknown()));
    }

    private List<String> clock() {
        return List.of(
                "Reported to Lanyard: " + time(loss.reportedAt()) + ".",
                "72 hours from the report end: " + time(due())
                        + " (UK GDPR, Article 33). If your organisation knew of the loss earlier, count from then.");
    }

    private List<String> whose() {
        var handset = phone.handset();
        return List.of(
                "Organisation: " + organization.name() + " (" + organization.odsCode() + ").",
                "Person: " + person.displayName() + (person.role().isEmpty() ? "" : ", " + person.role())
                        + (person.ward().isEmpty() ? "" : ", " + person.ward()) + ".",
                "Phone: " + handset.name() + ", " + handset.platform() + " (as the phone reports itself), "
                        + (handset.owner() == Handset.Owner.TRUST ? "the organisation's" : "the person's own")
                        + " (as the person says).",
                "Enrolled: " + time(handset.enrolledAt()) + ".");
    }

    private List<String> done() {
        var lines = new ArrayList<String>();
        loss.lockedAt().ifPresent(at -> lines.add("Access stopped (locked): " + time(at) + "."));
        loss.wipeRequestedAt().ifPresent(at -> {
            lines.add("Wipe requested: " + time(at)
                    + ". Tokens, push, waiting messages and the server's shares of the phone's key went at once.");
            lines.add(loss.deliveredAt()
                    .map(delivered -> "Instruction delivered: " + time(delivered) + ", when the phone next called.")
                    .orElse("Instruction not delivered: the phone has not called since."));
            loss.appReportedAt()
                    .ifPresent(reported -> lines.add("The app reported that it deleted its data: " + time(reported)
                            + ". This is the app's own word; nobody has checked it."));
        });
        if (lines.isEmpty()) {
            lines.add("The phone was reported as found again; access is open.");
        }
        phone.evidence()
                .filter(it -> it.kind() == Evidence.Kind.UNREADABLE)
                .ifPresent(
                        it -> lines.add("What was stored on the phone is unreadable since " + time(it.since()) + "."));
        lines.add("Only Lanyard's own data is concerned. Nothing else on the phone was touched.");
        return lines;
    }

    private List<String> readable() {
        var until = loss.readableUntil();
        var lines = new ArrayList<String>();
        lines.add("Last opened with the server's consent before the report: " + time(loss.lastOpenedAt()) + ".");
        if (until.isAfter(loss.accessStoppedAt().orElse(loss.reportedAt()))) {
            lines.add("The phone holds an offline allowance. What was stored on it is unreadable once the allowance"
                    + " has ended; until then assume readable: " + time(until) + ".");
        } else {
            lines.add("No offline allowance was left: locked, the phone cannot be opened without the server's consent,"
                    + " which ended at " + time(until) + ".");
        }
        lines.add("If the app was open and unlocked when access stopped and had no network, what it held could be read"
                + " until it locked itself.");
        return lines;
    }

    private List<String> conversations() {
        var lines = new ArrayList<String>();
        var byKind = rooms.stream().collect(Collectors.groupingBy(ReadableRoom::kind, Collectors.counting()));
        lines.add("Number: " + loss.rooms().size() + counts(byKind)
                + ". What was said in them is not known to the server.");
        rooms.forEach(room -> lines.add("- " + room.kind() + ": "
                + (room.purpose().isEmpty() ? "(no purpose given)" : room.purpose()) + ", " + room.members()
                + (room.members() == 1 ? " member" : " members")));
        return lines;
    }

    private static String counts(Map<String, Long> byKind) {
        return byKind.isEmpty()
                ? ""
                : byKind.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(kind -> kind.getValue() + " " + kind.getKey())
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    private static List<String> unknown() {
        return List.of(
                "When the phone was lost, and whether anybody tried to open it.",
                "Which messages had been fetched to the phone; at most those of the conversations above that were still"
                        + " kept.",
                "Whether the phone itself was locked: a web app cannot see that.",
                "Screenshots, and what was read over a shoulder.");
    }

    private static String time(Instant at) {
        return TIME.format(at);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
