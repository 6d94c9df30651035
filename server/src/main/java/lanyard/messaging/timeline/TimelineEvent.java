package lanyard.messaging.timeline;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Position;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.StateKey;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// One event of a room as clients get it. The bytes are rendered once and shared by all receivers; only what
/// differs between them (`unsigned`) is spliced in.
public final class TimelineEvent {
    private static final byte[] UNSIGNED = ",\"unsigned\":{\"membership\":".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NOTHING = {};
    private static final byte[] ROOM_ID = ",\"room_id\":".getBytes(StandardCharsets.UTF_8);

    private final long seq;
    private final Position position;
    private final EventId id;
    private final ObjectNode pdu;
    private final UserId sender;
    private final @Nullable Origin origin;
    private final long notices;
    private final @Nullable StateEvent replaced;
    private final byte[] open;
    private final byte[] unsigned;
    private final boolean hidden;

    /// `pdu` is what may be shown (already redacted if it was); `unsigned` what the server adds. `replaced` is the
    /// state event in whose place a state event came.
    TimelineEvent(
            Placed placed,
            ObjectNode pdu,
            @Nullable Origin origin,
            ObjectNode unsigned,
            @Nullable StateEvent replaced) {
        this.seq = placed.seq();
        this.position = placed.position();
        this.id = placed.id();
        this.notices = placed.notices();
        this.pdu = pdu;
        this.sender = new UserId(pdu.get("sender").stringValue());
        this.origin = origin;
        this.replaced = replaced;
        this.open = open(pdu, id);
        this.hidden = unsigned.has("redacted_because");
        this.unsigned = unsigned.isEmpty() ? NOTHING : inner(Json.bytes(unsigned));
    }

    private static byte[] inner(byte[] braces) {
        return java.util.Arrays.copyOfRange(braces, 1, braces.length - 1);
    }

    /// Where an event stands: in its room, in the stream, and how many noticeable events there were up to it.
    record Placed(long seq, Position position, EventId id, long notices) {}

    public long seq() {
        return seq;
    }

    public Position position() {
        return position;
    }

    public EventId id() {
        return id;
    }

    public ObjectNode pdu() {
        return pdu;
    }

    public long notices() {
        return notices;
    }

    public Place place() {
        return new Place(seq, notices);
    }

    /// Whether the room's counter counts it: what the usual push rules notify everybody of.
    public boolean isNotice() {
        return Notices.counts(pdu);
    }

    /// The root of the thread it is in; empty in none.
    public String thread() {
        var relation = pdu.get("content").path("m.relates_to");
        return relation.path("rel_type").asString("").equals("m.thread")
                ? relation.path("event_id").asString("")
                : "";
    }

    Placed placed() {
        return new Placed(seq, position, id, notices);
    }

    @Nullable
    Origin origin() {
        return origin;
    }

    public String type() {
        return pdu.get("type").stringValue();
    }

    public UserId sender() {
        return sender;
    }

    boolean isHidden() {
        return hidden;
    }

    public boolean isState() {
        return pdu.has("state_key");
    }

    public StateKey stateKey() {
        return new StateKey(type(), pdu.get("state_key").stringValue());
    }

    /// Empty for a message, and for a state event that was the first in its place.
    public Optional<StateEvent> replaced() {
        return Optional.ofNullable(replaced);
    }

    public long timestamp() {
        return pdu.get("origin_server_ts").longValue();
    }

    /// The event as `reader` gets it: with what they were in the room when it happened, and the transaction id for the
    /// sending device only. `relations` are the events about it, bundled.
    public byte[] render(Reader reader, RoomState room, @Nullable ObjectNode relations) {
        var out = opened();
        out.writeBytes(ROOM_ID);
        out.writeBytes(quoted(room.id().value()));
        return closed(out, reader, room, relations);
    }

    /// The same where it stands under its room's id.
    public byte[] renderWithin(Reader reader, RoomState room, @Nullable ObjectNode relations) {
        return closed(opened(), reader, room, relations);
    }

    private ByteArrayOutputStream opened() {
        var out = new ByteArrayOutputStream(open.length + 160);
        out.writeBytes(open);
        return out;
    }

    private byte[] closed(ByteArrayOutputStream out, Reader reader, RoomState room, @Nullable ObjectNode relations) {
        out.writeBytes(UNSIGNED);
        out.writeBytes(quoted(room.membershipAt(reader.user(), seq)));
        if (unsigned.length > 0) {
            out.write(',');
            out.writeBytes(unsigned);
        }
        if (origin != null && reader.is(origin)) {
            field(out, "transaction_id", quoted(origin.transaction()));
        }
        if (relations != null) {
            field(out, "m.relations", Json.bytes(relations));
        }
        out.write('}');
        out.write('}');
        return out.toByteArray();
    }

    private static void field(ByteArrayOutputStream out, String name, byte[] value) {
        out.write(',');
        out.writeBytes(quoted(name));
        out.write(':');
        out.writeBytes(value);
    }

    private static byte[] quoted(String text) {
        return Json.bytes(tools.jackson.databind.node.StringNode.valueOf(text));
    }

    /// The client's form of a PDU, without the closing brace.
    private static byte[] open(ObjectNode pdu, EventId id) {
        var client = Json.object();
        for (var field : new String[] {"type", "state_key", "sender", "content", "origin_server_ts", "redacts"}) {
            var value = pdu.get(field);
            if (value != null) {
                client.set(field, value);
            }
        }
        // Room version 11 moved `redacts` into the content; clients of before read it at the top.
        if (pdu.get("type").stringValue().equals("m.room.redaction")
                && !client.has("redacts")
                && pdu.get("content").has("redacts")) {
            client.set("redacts", pdu.get("content").get("redacts"));
        }
        client.put("event_id", id.value());
        var bytes = Json.bytes(client);
        return java.util.Arrays.copyOf(bytes, bytes.length - 1);
    }
}
