package lanyard.governance.review;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// The pack for people: one well-formed XHTML page that is read in a browser as it is, and made into a PDF. It loads
/// nothing, and nothing that people typed is markup in it.
final class SheetPage {
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMMM uuuu 'at' HH:mm:ss z", Locale.UK)
            .withZone(LONDON);
    private static final String STYLE = """
            @page { size: A4; margin: 20mm 18mm 22mm; @bottom-center { content: "Page " counter(page) " of " counter(pages); font-size: 10pt; font-family: "Pack Sans", sans-serif; } }
            body { font-family: "Pack Sans", Arial, sans-serif; font-size: 11pt; line-height: 1.45; color: #212b32; max-width: 46em; }
            h1 { font-size: 22pt; } h2 { font-size: 16pt; margin-top: 18pt; } h3 { font-size: 12.5pt; margin: 14pt 0 2pt; border-top: 1pt solid #768692; padding-top: 6pt; }
            table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: 4pt 6pt 4pt 0; border-bottom: 0.5pt solid #768692; }
            p { margin: 3pt 0; } .said { border-left: 3pt solid #005eb8; padding-left: 8pt; white-space: pre-wrap; word-wrap: break-word; }
            .small { font-size: 9.5pt; color: #425563; } .withheld { background-color: #212b32; color: #ffffff; padding: 0 2pt; }
            """;

    private static final String RECORDING = ". A recording, not transcribed: what is said in it is in no text of this"
            + " pack, and no search found it by its words";

    private static final String PICTURE =
            ". What was hidden beside the picture, such as where it was taken, is left out";

    private final Sheet sheet;
    private final UnaryOperator<String> letters;
    private final StringBuilder out = new StringBuilder();

    private SheetPage(Sheet sheet, UnaryOperator<String> letters) {
        this.sheet = sheet;
        this.letters = letters;
    }

    static String of(Sheet sheet) {
        return of(sheet, UnaryOperator.identity());
    }

    /// `letters` replaces what a font cannot show.
    static String of(Sheet sheet, UnaryOperator<String> letters) {
        return new SheetPage(sheet, letters).page();
    }

    private String page() {
        var head = sheet.head();
        var title = "Disclosure " + head.caseId() + ", pack " + head.number();
        out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n")
                .append("<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en-GB\" xml:lang=\"en-GB\"><head>")
                .append("<meta charset=\"UTF-8\"/><title>")
                .append(escape(title))
                .append("</title><meta name=\"description\" content=\"")
                .append(escape("What is disclosed for " + head.caseId()))
                .append("\"/><style>\n")
                .append(STYLE)
                .append("</style></head><body>\n");
        tag("h1", title);
        summary(head);
        schedule();
        out.append("<h2 id=\"messages\">Messages</h2>\n");
        sheet.entries().forEach(this::entry);
        log();
        return out.append("</body></html>\n").toString();
    }

    private void summary(Sheet.Head head) {
        var whole = sheet.entries().stream()
                .filter(entry -> entry.gone().isPresent())
                .count();
        out.append("<h2 id=\"summary\">Summary</h2>\n<table>\n");
        row("Request", head.request());
        row("Organisation", head.organization());
        row("Made", time(head.madeTs()));
        row("Messages that match", Integer.toString(sheet.entries().size()));
        row("Withheld whole", Long.toString(whole));
        out.append("</table>\n");
    }

    private void row(String name, String value) {
        out.append("<tr><th scope=\"row\">")
                .append(escape(name))
                .append("</th><td>")
                .append(escape(value))
                .append("</td></tr>\n");
    }

    private void schedule() {
        out.append("<h2 id=\"withheld\">What is withheld</h2>\n");
        if (sheet.schedule().isEmpty()) {
            tag("p", "Nothing is withheld.");
            return;
        }
        out.append("<table><thead><tr>");
        List.of("Code", "Reason", "Provision", "Whole messages", "Parts of messages")
                .forEach(name -> out.append("<th scope=\"col\">").append(name).append("</th>"));
        out.append("</tr></thead><tbody>\n");
        for (var line : sheet.schedule()) {
            var reason = line.reason();
            out.append("<tr>");
            List.of(reason.code(), reason.words(), reason.clause(), numbers(line.whole()), numbers(line.parts()))
                    .forEach(cell -> out.append("<td>").append(escape(cell)).append("</td>"));
            out.append("</tr>\n");
        }
        out.append("</tbody></table>\n");
    }

    private static String numbers(List<Integer> numbers) {
        return numbers.isEmpty()
                ? "none"
                : numbers.stream().map(number -> Integer.toString(number)).collect(Collectors.joining(", "));
    }

    private void entry(Sheet.Entry entry) {
        tag("h3", "Message " + entry.number());
        entry.gone()
                .ifPresent(reason ->
                        out.append("<p>").append(mark(reason)).append(" The whole message is withheld.</p>\n"));
        entry.told().ifPresent(this::told);
    }

    private void told(Sheet.Told told) {
        out.append("<p>From ").append(html(told.sender())).append(told.left() ? " (has since left)" : "");
        out.append(" in “").append(html(told.conversation())).append("”</p>\n");
        told.context().repliesTo().ifPresent(number -> tag("p", "In reply to message " + number));
        for (var i = 0; i < told.versions().size(); i++) {
            var version = told.versions().get(i);
            small((i == 0 ? "Sent " : "Edited ") + time(version.ts()));
            out.append("<p class=\"said\">").append(html(version.text())).append("</p>\n");
        }
        told.file().ifPresent(this::file);
        context(told.context());
    }

    private void file(Sheet.File file) {
        out.append("<p>File: ").append(html(file.name()));
        if (file.path().isEmpty()) {
            out.append(", not in this pack: ").append(escape(file.why()));
        } else {
            out.append(", in this pack as ")
                    .append(escape(file.path()))
                    .append(" (")
                    .append(escape(file.type()))
                    .append(", ")
                    .append(file.bytes())
                    .append(" bytes)")
                    .append(FileKind.isRecording(file.type()) ? RECORDING : "")
                    .append(FileKind.isPicture(file.type()) ? PICTURE : "");
        }
        out.append("</p>\n");
    }

    private void context(Sheet.Context context) {
        context.deleted().ifPresent(mark -> line("Deleted", mark));
        context.reactions().forEach(mark -> line("Reaction", mark));
        context.reads().forEach(mark -> line("Read", mark, "at the latest "));
        if (!context.members().isEmpty()) {
            out.append("<p class=\"small\">In the conversation then: ")
                    .append(context.members().stream().map(this::html).collect(Collectors.joining(", ")))
                    .append("</p>\n");
        }
    }

    private void line(String what, Sheet.Mark mark) {
        line(what, mark, "");
    }

    private void line(String what, Sheet.Mark mark, String before) {
        var said = html(mark.what());
        out.append("<p class=\"small\">")
                .append(what)
                .append(" by ")
                .append(html(mark.by()))
                .append(", ")
                .append(before)
                .append(escape(time(mark.ts())))
                .append(said.isEmpty() ? "" : ": ")
                .append(said)
                .append("</p>\n");
    }

    private void log() {
        out.append("<h2 id=\"log\">Disclosure log</h2>\n<ol>\n");
        for (var deed : sheet.log()) {
            var said = html(deed.said());
            out.append("<li>")
                    .append(escape(time(deed.ts()) + ": " + deed.what()))
                    .append(said.isEmpty() ? "" : ". ")
                    .append(said)
                    .append("</li>\n");
        }
        out.append("</ol>\n");
    }

    private void tag(String name, String text) {
        out.append('<')
                .append(name)
                .append('>')
                .append(escape(text))
                .append("</")
                .append(name)
                .append(">\n");
    }

    private void small(String text) {
        out.append("<p class=\"small\">").append(escape(text)).append("</p>\n");
    }

    private String html(Passage passage) {
        return passage.pieces().stream()
                .map(piece -> switch (piece) {
                    case Passage.Piece.Said(var text) -> escape(text);
                    case Passage.Piece.Gone(var reason) -> mark(reason);
                })
                .collect(Collectors.joining());
    }

    private String mark(Reason reason) {
        return "<span class=\"withheld\">" + escape(Passage.mark(reason)) + "</span>";
    }

    static String time(long ts) {
        return TIME.format(Instant.ofEpochMilli(ts));
    }

    /// XML's own characters, and none that XML or a reader's eye cannot have: controls, and those that turn the
    /// direction of what follows.
    private String escape(String text) {
        var safe = new StringBuilder(text.length());
        letters.apply(text).codePoints().forEach(point -> {
            switch (point) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"' -> safe.append("&quot;");
                case '\n', '\t' -> safe.append((char) point);
                default -> safe.appendCodePoint(isShown(point) ? point : ' ');
            }
        });
        return safe.toString();
    }

    private static boolean isShown(int point) {
        return !Character.isISOControl(point)
                && !(point >= 0x202A && point <= 0x202E)
                && !(point >= 0x2066 && point <= 0x2069)
                && !(point >= 0xD800 && point <= 0xDFFF)
                && (point & 0xFFFE) != 0xFFFE;
    }
}
