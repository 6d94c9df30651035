package lanyard.governance.review;

import java.util.List;
import java.util.Optional;

/// What a pack says, before it has a form: made of [Passage]s, so that whatever is written from it holds nothing that
/// is withheld.
record Sheet(Head head, List<Entry> entries, List<Line> schedule, List<Deed> log) {
    /// @param number which pack of the case it is
    record Head(String caseId, String request, String organization, long madeTs, int number) {}

    /// One message; `gone` when it is withheld whole, and then nothing else of it is here.
    record Entry(int number, Optional<Reason> gone, Optional<Told> told) {}

    record Told(
            Passage conversation,
            Passage sender,
            boolean left,
            List<Version> versions,
            Optional<File> file,
            Context context) {}

    record Version(long ts, Passage text) {}

    /// @param path within the pack; empty when it is not in it, and `why` says why
    record File(Passage name, String type, long bytes, String path, String why) {}

    record Context(
            List<Passage> members,
            List<Mark> reactions,
            List<Mark> reads,
            Optional<Mark> deleted,
            Optional<Integer> repliesTo) {}

    /// Somebody did something at a time.
    record Mark(Passage by, long ts, Passage what) {}

    /// What is withheld for one reason.
    ///
    /// @param whole which messages are withheld whole
    /// @param parts of which messages parts are
    record Line(Reason reason, List<Integer> whole, List<Integer> parts) {}

    /// A line of the disclosure log.
    ///
    /// @param what in the words that every pack has, with numbers
    /// @param said what people entered about it
    record Deed(long ts, String what, Passage said) {}

    Sheet {
        entries = List.copyOf(entries);
        schedule = List.copyOf(schedule);
        log = List.copyOf(log);
    }

    /// What the pack says of itself, whatever was said in the messages.
    Sheet frame() {
        var mark = new Mark(Passage.EMPTY, 0, Passage.said("-"));
        var context =
                new Context(List.of(Passage.EMPTY), List.of(mark), List.of(mark), Optional.of(mark), Optional.of(0));
        var told = new Told(
                Passage.EMPTY,
                Passage.EMPTY,
                true,
                List.of(new Version(0, Passage.EMPTY), new Version(0, Passage.EMPTY)),
                Optional.of(new File(Passage.EMPTY, FileKind.of("").type(), 0, "", "")),
                context);
        var shown = shown(FileKind.of(""), context);
        var recording = shown(FileKind.of("audio/ogg"), context);
        var picture = shown(FileKind.of("image/png"), context);
        var entries = List.of(
                new Entry(0, Optional.of(Reason.OUT_OF_SCOPE), Optional.empty()),
                new Entry(0, Optional.empty(), Optional.of(told)),
                new Entry(0, Optional.empty(), Optional.of(shown)),
                new Entry(0, Optional.empty(), Optional.of(recording)),
                new Entry(0, Optional.empty(), Optional.of(picture)));
        // What people entered may be what is withheld: it is no part of the form.
        var deeds = log.stream()
                .map(deed -> new Deed(deed.ts(), deed.what(), Passage.EMPTY))
                .toList();
        return new Sheet(head, entries, schedule, deeds);
    }

    private static Told shown(FileKind kind, Context context) {
        var file = new File(Passage.EMPTY, kind.type(), 0, "files/0000." + kind.ending(), "");
        return new Told(Passage.EMPTY, Passage.EMPTY, false, List.of(), Optional.of(file), context);
    }
}
