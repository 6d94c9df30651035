package lanyard.governance.review;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.GregorianCalendar;
import java.util.Locale;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDMetadata;

/// The pack's page as a PDF: tagged (PDF/UA), with its font inside, and the same bytes for the same page. It loads
/// nothing from anywhere. The font is Liberation Sans, which comes with PDFBox (SIL Open Font License).
final class PackPdf {
    private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
    private static final String BOOKMARKS = """
            <bookmarks><bookmark name="Summary" href="#summary"/><bookmark name="What is withheld" href="#withheld"/>\
            <bookmark name="Messages" href="#messages"/><bookmark name="Disclosure log" href="#log"/></bookmarks></head>""";
    private static final String DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2})";

    static {
        // It would say on the error stream what it lays out, and how long that takes.
        XRLog.setLoggingEnabled(false);
    }

    private PackPdf() {}

    static byte[] of(Sheet sheet) {
        var at = Instant.ofEpochMilli(sheet.head().madeTs());
        var page = SheetPage.of(sheet, shown(letters())).replace("</head>", BOOKMARKS);
        var builder = new PdfRendererBuilder()
                .withHtmlContent(page, null)
                .usePdfUaAccessibility(true)
                .usePdfVersion(1.7f)
                .withProducer("Lanyard")
                .useExternalResourceAccessControl(
                        (uri, type) -> false, ExternalResourceControlPriority.RUN_BEFORE_RESOLVING_URI)
                .useFont(PackPdf::font, "Pack Sans", 400, FontStyle.NORMAL, true);
        try (var renderer = builder.buildPdfRenderer();
                var document = renderer.createPDFKeepOpen()) {
            fix(document, at);
            var out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What depends on when and where it was made, and not on what it says.
    private static void fix(PDDocument document, Instant at) throws IOException {
        var calendar = GregorianCalendar.from(at.atZone(ZoneOffset.UTC));
        var about = document.getDocumentInformation();
        about.setCreationDate(calendar);
        about.setModificationDate(calendar);
        document.setDocumentId(at.toEpochMilli());
        var metadata = document.getDocumentCatalog().getMetadata();
        if (metadata != null) {
            var xml = new String(metadata.toByteArray(), StandardCharsets.UTF_8).replaceAll(DATE, at.toString());
            document.getDocumentCatalog()
                    .setMetadata(
                            new PDMetadata(document, new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8))));
        }
    }

    private static InputStream font() {
        var font = PackPdf.class.getResourceAsStream(FONT);
        if (font == null) {
            throw new IllegalStateException("PDFBox came without its font");
        }
        return font;
    }

    private static CmapLookup letters() {
        try (var in = font();
                var font = new TTFParser().parse(new RandomAccessReadBuffer(in))) {
            return font.getUnicodeCmapLookup();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What the font has no letter for stands by its Unicode name: a screen reader can say it, and nothing is lost.
    private static java.util.function.UnaryOperator<String> shown(CmapLookup letters) {
        return text -> {
            var shown = new StringBuilder(text.length());
            text.codePoints().forEach(point -> {
                var known = Character.isWhitespace(point) || letters.getGlyphId(point) != 0;
                if (known) {
                    shown.appendCodePoint(point);
                } else if (Character.getType(point) != Character.FORMAT
                        && Character.getType(point) != Character.CONTROL) {
                    var name = Character.getName(point);
                    shown.append('[')
                            .append(name == null ? "U+" + Integer.toHexString(point) : name.toLowerCase(Locale.ROOT))
                            .append(']');
                }
            });
            return shown.toString();
        };
    }
}
