package lanyard.governance.review;

import java.util.Locale;
import java.util.Map;

/// What a file in a pack may be called: of the kinds we know; any other is bytes. What its sender called it could say
/// anything.
record FileKind(String type, String ending) {
    private static final FileKind UNKNOWN = new FileKind("application/octet-stream", "bin");
    private static final Map<String, String> ENDINGS = Map.of(
            "image/jpeg", "jpg",
            "image/png", "png",
            "image/gif", "gif",
            "image/webp", "webp",
            "application/pdf", "pdf",
            "text/plain", "txt",
            "audio/ogg", "ogg",
            "audio/mp4", "m4a",
            "video/mp4", "mp4");

    static FileKind of(String claimed) {
        var type = claimed.toLowerCase(Locale.ROOT);
        var ending = ENDINGS.get(type);
        return ending == null ? UNKNOWN : new FileKind(type, ending);
    }

    boolean isPicture() {
        return type.startsWith("image/");
    }
}
