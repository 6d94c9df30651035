package lanyard.governance.review;

import java.util.Locale;
import java.util.Map;

/// What a file in a pack may be called: of the kinds we know; any other is bytes. What its sender called it could say
/// anything.
record FileKind(String type, String ending) {
    private static final FileKind UNKNOWN = new FileKind("application/octet-stream", "bin");
    private static final FileKind SOUND = new FileKind("audio/x-unknown", "bin");
    private static final FileKind FILM = new FileKind("video/x-unknown", "bin");
    private static final Map<String, String> ENDINGS = Map.of(
            "image/jpeg", "jpg",
            "image/png", "png",
            "image/gif", "gif",
            "image/webp", "webp",
            "application/pdf", "pdf",
            "text/plain", "txt",
            "audio/ogg", "ogg",
            "audio/mp4", "m4a",
            "audio/webm", "weba",
            "video/mp4", "mp4");

    static FileKind of(String claimed) {
        var type = claimed.replaceAll(";.*", "").strip().toLowerCase(Locale.ROOT);
        var ending = ENDINGS.get(type);
        return ending == null ? unknown(type) : new FileKind(type, ending);
    }

    /// Of a recording it is said that it is one, whatever it is recorded in.
    private static FileKind unknown(String type) {
        if (type.startsWith("audio/")) {
            return SOUND;
        }
        return type.startsWith("video/") ? FILM : UNKNOWN;
    }

    /// What is spoken in it is nowhere written.
    boolean isRecording() {
        return isRecording(type);
    }

    static boolean isRecording(String type) {
        return type.startsWith("audio/") || type.startsWith("video/");
    }

    boolean isPicture() {
        return isPicture(type);
    }

    static boolean isPicture(String type) {
        return type.startsWith("image/");
    }
}
