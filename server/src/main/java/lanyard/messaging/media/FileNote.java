package lanyard.messaging.media;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import lanyard.platform.json.Json;

/// What the person who uploaded a file said of it: not to be trusted, so it is kept to shapes that can do no harm.
record FileNote(String type, Optional<String> name) {
    static final String UNKNOWN_TYPE = "application/octet-stream";
    private static final int LONGEST_NAME = 255;
    private static final Pattern TYPE =
            Pattern.compile("[\\w!#$&^.+-]{1,60}/[\\w!#$&^.+-]{1,60}(; ?[\\w-]{1,30}=[\\w.+-]{1,60})?");

    /// What a browser may show where it is: <https://spec.matrix.org/v1.18/client-server-api/#serving-inline-content>
    private static final Set<String> INLINE = Set.of(
            "text/css",
            "text/plain",
            "text/csv",
            "application/json",
            "application/ld+json",
            "image/jpeg",
            "image/gif",
            "image/png",
            "image/apng",
            "image/webp",
            "image/avif",
            "video/mp4",
            "video/webm",
            "video/ogg",
            "video/quicktime",
            "audio/mp4",
            "audio/webm",
            "audio/aac",
            "audio/mpeg",
            "audio/ogg",
            "audio/wave",
            "audio/wav",
            "audio/x-wav",
            "audio/x-pn-wav",
            "audio/flac",
            "audio/x-flac");

    static FileNote of(Optional<String> type, Optional<String> name) {
        return new FileNote(
                type.filter(text -> TYPE.matcher(text).matches())
                        .map(text -> text.toLowerCase(Locale.ROOT))
                        .orElse(UNKNOWN_TYPE),
                name.map(FileNote::plain).filter(text -> !text.isBlank()));
    }

    /// No path, no control character, no trick with the direction of writing.
    private static String plain(String name) {
        var last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        var text = last.replaceAll("[\\p{Cntrl}\\p{Cf}\"]", "_").strip();
        var points = text.codePoints().limit(LONGEST_NAME).toArray();
        return new String(points, 0, points.length);
    }

    byte[] bytes() {
        var json = Json.object().put("type", type);
        name.ifPresent(text -> json.put("name", text));
        return Json.bytes(json);
    }

    static FileNote of(byte[] bytes) {
        var json = Json.object(bytes);
        return new FileNote(Json.text(json, "type"), Json.optionalText(json, "name"));
    }

    FileNote named(String other) {
        return of(Optional.of(type), Optional.of(other));
    }

    /// <https://www.rfc-editor.org/rfc/rfc6266>
    String disposition() {
        var kind = INLINE.contains(type.replaceAll(";.*", "")) ? "inline" : "attachment";
        return kind
                + name.map(text ->
                                isPlain(text) ? "; filename=\"" + text + "\"" : "; filename*=utf-8''" + encoded(text))
                        .orElse("");
    }

    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '"' && c != '\\' && c != '%');
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
    }
}
