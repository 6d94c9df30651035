package lanyard.trust.policy;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// One figure of the retention schedule, in days: between what it may lie, and where that comes from.
///
/// What could go wrong: a schedule empties conversations before anybody could ask for them, or keeps a second record
/// of care for ever. So no schedule is signed outside these bounds, whoever asks for it; and whoever sets one is told
/// which bound is a law's and which is only ours.
public enum ScheduleFigure {
    CLINICAL(30, 2_928, Source.MESSAGES),
    OPERATIONAL(30, 2_928, Source.MESSAGES),
    SOCIAL(7, 2_928, Source.MESSAGES),
    FILES(
            7,
            2_928,
            "At least as long as the messages of every kind, or a message would show nothing. The most is that of"
                    + " messages."),
    UNDO(1, 30, "Lanyard's own bounds: time to see a mistake, or to place a hold, before anything goes."),
    ASK(
            7,
            90,
            "The NHS Records Management Code lets an original go where the record has it, or a summary that will do:"
                    + " so owners are asked first, and without an answer nothing goes. How many days is Lanyard's"
                    + " own."),
    BACKUPS(
            0,
            365,
            "Lanyard's own bound: what has gone may be in a backup until then, and UK GDPR, Article 5(1)(e), has"
                    + " personal data kept no longer than is necessary.");

    /// Why a figure of a schedule cannot be, in a sentence.
    public record Refusal(ScheduleFigure figure, String sentence) {}

    private static final class Source {
        /// The longest a record of care is kept by the Records Management Code's general rule for adults is eight
        /// years.
        private static final String MESSAGES =
                "The least is Lanyard's own, so that a request for information finds what was said: no law sets a"
                        + " number of days for messages. The most is eight years, as the NHS Records Management Code"
                        + " has it for an adult's record.";
    }

    private final int least;
    private final int most;
    private final String source;

    ScheduleFigure(int least, int most, String source) {
        this.least = least;
        this.most = most;
        this.source = source;
    }

    /// As forms and documents call it; of messages, the kind of their room.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// In days.
    public int least() {
        return least;
    }

    /// In days.
    public int most() {
        return most;
    }

    /// By whose word, for whoever sets it.
    public String source() {
        return source;
    }

    /// By [#word].
    public static ScheduleFigure of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /// Why a schedule cannot be; empty when it can. `kinds` are those that there are.
    public static Optional<Refusal> refusal(Map<String, RoomRule> kinds, DisposalRules rules) {
        return Stream.concat(
                        kinds.entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(kind -> refusalOfMessages(kind.getKey(), kind.getValue())
                                        .or(() -> refusalOfFiles(kind.getKey(), kind.getValue()))),
                        Stream.of(refusalOfDisposal(rules)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Refusal> refusalOfMessages(String kind, RoomRule rule) {
        var figure = of(kind);
        if (rule.keepFor().toDays() < figure.least) {
            return figure.no("Messages of " + kind + " rooms must be kept at least " + figure.least
                    + " days, or a request for information could find nothing.");
        }
        return figure.exceeded(rule.keepFor()) ? figure.no(notTheRecord(kind, figure)) : Optional.empty();
    }

    private static Optional<Refusal> refusalOfFiles(String kind, RoomRule rule) {
        if (rule.keepFilesFor().compareTo(rule.keepFor()) < 0) {
            return FILES.no("Files of " + kind + " rooms must be kept as long as the messages that show them.");
        }
        return FILES.exceeded(rule.keepFilesFor()) ? FILES.no(notTheRecord(kind, FILES)) : Optional.empty();
    }

    private static String notTheRecord(String kind, ScheduleFigure figure) {
        return "Messaging is not the record: " + kind + " rooms keep nothing for more than " + figure.most + " days.";
    }

    private static Optional<Refusal> refusalOfDisposal(DisposalRules rules) {
        if (UNDO.isOutside(rules.undo())) {
            return UNDO.no("What is marked for disposal must wait " + UNDO.least + " to " + UNDO.most
                    + " days, so that a mistake can be called off.");
        }
        if (ASK.isOutside(rules.askAhead())) {
            return ASK.no("Owners of clinical rooms must be asked " + ASK.least + " to " + ASK.most
                    + " days before the first disposal.");
        }
        return BACKUPS.isOutside(rules.backups())
                ? BACKUPS.no("Backups may be kept for at most " + BACKUPS.most + " days.")
                : Optional.empty();
    }

    private boolean exceeded(Duration time) {
        return time.compareTo(Duration.ofDays(most)) > 0;
    }

    private boolean isOutside(Duration time) {
        return time.compareTo(Duration.ofDays(least)) < 0 || exceeded(time);
    }

    private Optional<Refusal> no(String sentence) {
        return Optional.of(new Refusal(this, sentence));
    }
}
