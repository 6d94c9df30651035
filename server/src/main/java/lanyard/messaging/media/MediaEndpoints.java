package lanyard.messaging.media;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.RateLimit;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;

/// <https://spec.matrix.org/v1.18/client-server-api/#content-repository>
final class MediaEndpoints {
    private static final String MEDIA = "/_matrix/client/v1/media/";
    private static final String FROZEN = "/_matrix/media/v3/";
    private static final String ONE = "{serverName}/{mediaId}";
    /// Whatever a file is, it can do nothing where it is opened.
    private static final String SANDBOX =
            "sandbox; default-src 'none'; script-src 'none'; plugin-types application/pdf; "
                    + "style-src 'unsafe-inline'; object-src 'self'";
    private static final int UPLOADS_AT_ONCE = 30;
    private static final int UPLOADS_A_MINUTE = 30;

    private final Media media;
    private final Thumbnails thumbnails;
    private final MediaParts parts;
    private final RateLimit uploads;

    MediaEndpoints(Media media, Thumbnails thumbnails, MediaParts parts) {
        this.media = media;
        this.thumbnails = thumbnails;
        this.parts = parts;
        this.uploads =
                new RateLimit(parts.clockwork().limited(), UPLOADS_AT_ONCE, UPLOADS_A_MINUTE, Duration.ofMinutes(1));
    }

    void addTo(Routes routes) {
        routes.add("POST /_matrix/media/v3/upload", this::uploadContent);
        routes.add("GET " + MEDIA + "config", this::getConfigAuthed);
        routes.add("GET " + MEDIA + "download/" + ONE, this::getContentAuthed);
        routes.add("GET " + MEDIA + "download/" + ONE + "/{fileName}", this::getContentOverrideNameAuthed);
        routes.add("GET " + MEDIA + "thumbnail/" + ONE, this::getContentThumbnailAuthed);
        routes.add("GET " + FROZEN + "download/" + ONE, this::getContent);
        routes.add("GET " + FROZEN + "download/" + ONE + "/{fileName}", this::getContentOverrideName);
        routes.add("GET " + FROZEN + "thumbnail/" + ONE, this::getContentThumbnail);
    }

    /// Without a sign-in there are no files:
    /// <https://spec.matrix.org/v1.18/client-server-api/#content-repo-client-behaviour>
    private Reply getContent(Exchange x) {
        throw Media.notFound();
    }

    private Reply getContentOverrideName(Exchange x) {
        throw Media.notFound();
    }

    private Reply getContentThumbnail(Exchange x) {
        throw Media.notFound();
    }

    private Reply getConfigAuthed(Exchange x) {
        parts.identity().caller(x);
        return Reply.json(
                Json.object().put("m.upload.size", parts.clockwork().settings().largestBytes()));
    }

    private Reply uploadContent(Exchange x) {
        var caller = parts.identity().caller(x);
        uploads.take(caller.user().value());
        var note = FileNote.of(x.header("Content-Type"), x.query("filename"));
        var stored = media.upload(caller, x.stream(parts.clockwork().settings().largestBytes()), note);
        return Reply.json(
                Json.object().put("content_uri", "mxc://" + caller.user().server() + "/" + stored.id()));
    }

    private StoredMedia get(Exchange x) {
        return media.get(parts.identity().caller(x), x.param("serverName"), x.param("mediaId"));
    }

    private Reply getContentAuthed(Exchange x) {
        var stored = get(x);
        return content(x, stored, media.note(stored));
    }

    private Reply getContentOverrideNameAuthed(Exchange x) {
        var stored = get(x);
        return content(x, stored, media.note(stored).named(x.param("fileName")));
    }

    private Reply content(Exchange x, StoredMedia stored, FileNote note) {
        var range = ranged(x, stored.bytes());
        var wanted = range.orElseGet(() -> new ByteRange(0, stored.bytes() - 1));
        var reply = Reply.streamed(range.isPresent() ? 206 : 200, wanted.length(), out -> copy(stored, wanted, out));
        if (range.isPresent()) {
            reply = reply.header(
                    "Content-Range", "bytes %d-%d/%d".formatted(wanted.first(), wanted.last(), stored.bytes()));
        }
        return safe(reply, note).header("Accept-Ranges", "bytes");
    }

    private static Optional<ByteRange> ranged(Exchange x, long length) {
        try {
            return ByteRange.of(x.header("Range"), length);
        } catch (MatrixException refusal) {
            x.replyHeader("Content-Range", "bytes */" + length);
            throw refusal;
        }
    }

    private void copy(StoredMedia stored, ByteRange wanted, OutputStream out) throws IOException {
        try (var in = media.open(stored, wanted.first())) {
            var buffer = new byte[64 * 1024];
            var left = wanted.length();
            while (left > 0) {
                var count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (count < 0) {
                    throw new IOException("the file ends early");
                }
                out.write(buffer, 0, count);
                left -= count;
            }
        }
    }

    private static Reply safe(Reply reply, FileNote note) {
        return reply.header("Content-Type", note.type())
                .header("Content-Disposition", note.disposition())
                .header("Content-Security-Policy", SANDBOX)
                .header("Cross-Origin-Resource-Policy", "cross-origin");
    }

    private Reply getContentThumbnailAuthed(Exchange x) {
        var stored = get(x);
        var wanted = ThumbnailSize.closest(
                size(x, "width"), size(x, "height"), x.query("method").orElse("scale"));
        var thumbnail = thumbnails.of(stored, wanted, () -> media.open(stored, 0));
        var type = thumbnail[0] == (byte) 0x89 ? "image/png" : "image/jpeg";
        var name = type.equals("image/png") ? "thumbnail.png" : "thumbnail.jpg";
        return safe(Reply.bytes(type, thumbnail), new FileNote(type, Optional.of(name)));
    }

    private static int size(Exchange x, String field) {
        var text = x.query(field)
                .orElseThrow(
                        () -> new MatrixException(ErrorCode.M_MISSING_PARAM, "Say the thumbnail's " + field + "."));
        if (!text.matches("[1-9][0-9]{0,5}")) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "The " + field + " of a thumbnail is a number of pixels.");
        }
        return Integer.parseInt(text);
    }
}
