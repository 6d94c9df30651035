package lanyard.governance.retention;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.RoomId;
import org.jspecify.annotations.Nullable;

/// What is certified of a disposal that is not the schedule's, which has its [Order].
///
/// @param id the decision's, or the order's of the files
/// @param room where it was said; null for files, of which no server knows where they were shown
/// @param reference where the record has what mattered of it, or by which policy it went
/// @param tally of messages; of files their number, and the same chain over nothing but their ids, in order
record Certificate(
        String id,
        Kind kind,
        String organization,
        @Nullable RoomId room,
        String authority,
        String reference,
        Tally tally,
        Instant ended,
        String by) {
    static final String FACTS = "certificate";

    enum Kind {
        DECISION,
        FILE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /// As the list outside the database has it.
    GoneList.Facts facts() {
        var said = Json.object()
                .put("kind", kind.word())
                .put("organization", organization)
                .put("authority", authority)
                .put("reference", reference)
                .put("messages", tally.messages())
                .put("lines_sha256", HexFormat.of().formatHex(tally.chain()))
                .put("ended_ts", ended.toEpochMilli())
                .put("ended_by", by);
        Optional.ofNullable(room).ifPresent(in -> said.put("room_id", in.value()));
        Optional.ofNullable(tally.firstTs()).ifPresent(ts -> said.put("first_ts", ts));
        Optional.ofNullable(tally.lastTs()).ifPresent(ts -> said.put("last_ts", ts));
        return new GoneList.Facts(FACTS, id, said);
    }

    static Certificate of(GoneList.Facts facts) {
        var said = facts.said();
        var tally = new Tally(
                said.path("messages").longValue(),
                said.has("first_ts") ? (Long) said.path("first_ts").longValue() : null,
                said.has("last_ts") ? (Long) said.path("last_ts").longValue() : null,
                HexFormat.of().parseHex(said.path("lines_sha256").stringValue()));
        return new Certificate(
                facts.id(),
                Kind.of(said.path("kind").stringValue()),
                said.path("organization").stringValue(),
                said.has("room_id") ? new RoomId(said.path("room_id").stringValue()) : null,
                said.path("authority").stringValue(),
                said.path("reference").stringValue(),
                tally,
                Instant.ofEpochMilli(said.path("ended_ts").longValue()),
                said.path("ended_by").stringValue());
    }
}
