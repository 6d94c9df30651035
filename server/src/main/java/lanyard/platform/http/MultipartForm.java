package lanyard.platform.http;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.BufferUtil;

/// A form with files, as a browser sends it: small enough to be held in memory whole.
/// <https://www.rfc-editor.org/rfc/rfc7578>
public record MultipartForm(QueryString fields, Map<String, byte[]> files) {
    public static final String TYPE = "multipart/form-data";
    private static final int MOST_PARTS = 30;
    private static final int LONGEST_HEADERS = 4 * 1024;

    /// What kind of body this is, without its parameters.
    public static String typeOf(Exchange exchange) {
        return exchange.header("Content-Type")
                .map(text -> text.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .orElse("");
    }

    /// Errors: `M_TOO_LARGE`, `M_UNKNOWN` (400) for what is no such form.
    public static MultipartForm read(Exchange exchange, int maximumBytes) {
        var boundary = Optional.ofNullable(MultiPart.extractBoundary(
                        exchange.header("Content-Type").orElse("")))
                .orElseThrow(MultipartForm::unreadable);
        var parser = new MultiPartFormData.Parser(boundary);
        parser.setMaxParts(MOST_PARTS);
        parser.setPartHeadersMaxLength(LONGEST_HEADERS);
        parser.setMaxLength(maximumBytes);
        // Nothing of it touches the disk.
        parser.setMaxMemoryFileSize(-1);
        var body = Content.Source.from(ByteBuffer.wrap(exchange.bytes(maximumBytes)));
        try (var parts = Blocker.<MultiPartFormData.Parts>blockWithPromise(promise -> parser.parse(body, promise))) {
            return of(parts);
        } catch (IOException | RuntimeException e) {
            // The parser has an exception of its own for each way in which a form can be broken.
            throw unreadable();
        }
    }

    private static MultipartForm of(MultiPartFormData.Parts parts) throws IOException {
        var fields = new StringBuilder();
        var files = new HashMap<String, byte[]>();
        for (var part : parts) {
            var name = Optional.ofNullable(part.getName()).orElse("");
            if (part.getFileName() != null) {
                // A browser sends an empty file where none was chosen.
                var bytes = BufferUtil.toArray(Content.Source.asByteBuffer(part.newContentSource(null, 0, -1)));
                if (bytes.length > 0) {
                    files.put(name, bytes);
                }
            } else {
                fields.append(fields.isEmpty() ? "" : "&")
                        .append(encoded(name))
                        .append('=')
                        .append(encoded(part.getContentAsString(StandardCharsets.UTF_8)));
            }
        }
        return new MultipartForm(QueryString.parse(fields.toString()), Map.copyOf(files));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static MatrixException unreadable() {
        return new MatrixException(ErrorCode.M_UNKNOWN, "The form could not be read. Send it again.").status(400);
    }

    @Override
    public String toString() {
        return "MultipartForm[hidden]";
    }
}
