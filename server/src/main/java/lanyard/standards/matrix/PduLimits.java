package lanyard.standards.matrix;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The size and shape that an event must have before anything else looks at it.
/// <https://spec.matrix.org/v1.18/client-server-api/#size-limits>
/// <https://spec.matrix.org/v1.18/rooms/v12/#event-format-1>
public final class PduLimits {
    public static final int MAXIMUM_BYTES = 65_536;
    public static final int MAXIMUM_KEY_BYTES = 255;
    public static final int MAXIMUM_PREV_EVENTS = 20;
    public static final int MAXIMUM_AUTH_EVENTS = 10;

    /// The depth of room versions 6 and later stays within canonical JSON's integers.
    public static final long MAXIMUM_DEPTH = CanonicalJson.MAXIMUM_INTEGER;

    /// An event is signed when it first leaves the server, so one without signatures must leave room for them.
    private static final int ROOM_FOR_A_SIGNATURE = 512;

    private PduLimits() {}

    /// Checks a whole PDU and answers its canonical bytes, so that they are made once. Errors: `M_BAD_JSON` for a
    /// wrong shape, `M_TOO_LARGE` for a size.
    public static byte[] canonicalBytes(ObjectNode event, RoomVersion version) {
        checkFields(event, version);
        var bytes = CanonicalJson.bytes(event);
        var signed = event.path("signatures").isEmpty() ? bytes.length + ROOM_FOR_A_SIGNATURE : bytes.length;
        if (signed > MAXIMUM_BYTES) {
            throw new MatrixException(
                    ErrorCode.M_TOO_LARGE,
                    "This event is larger than 64 KiB. Shorten it, or send the long part as a file.");
        }
        return bytes;
    }

    private static void checkFields(ObjectNode event, RoomVersion version) {
        var type = shortText(event, "type");
        require(UserId.isLegalInEvents(shortText(event, "sender")), "sender", "a user id");
        if (!version.roomIdIsCreateHash() || !type.equals("m.room.create")) {
            require(shortText(event, "room_id").startsWith("!"), "room_id", "a room id");
        }
        if (event.has("state_key")) {
            shortText(event, "state_key");
        }
        require(event.path("content").isObject(), "content", "an object");
        require(event.path("hashes").path("sha256").isString(), "hashes", "an object with the SHA-256 of the event");
        require(event.path("origin_server_ts").isIntegralNumber(), "origin_server_ts", "a whole number");
        require(isDepth(event.path("depth")), "depth", "a whole number from 0 to 2^53 - 1");
        eventIds(event, "prev_events", MAXIMUM_PREV_EVENTS);
        eventIds(event, "auth_events", MAXIMUM_AUTH_EVENTS);
        for (var optional : new String[] {"signatures", "unsigned"}) {
            require(!event.has(optional) || event.path(optional).isObject(), optional, "an object");
        }
    }

    private static boolean isDepth(JsonNode depth) {
        return depth.isIntegralNumber()
                && depth.canConvertToLong()
                && depth.longValue() >= 0
                && depth.longValue() <= MAXIMUM_DEPTH;
    }

    private static String shortText(ObjectNode event, String field) {
        var value = event.path(field);
        require(value.isString(), field, "a string");
        var text = value.stringValue();
        // At most three bytes for each char: most texts need no encoding to be found short.
        if (text.length() * 3 > MAXIMUM_KEY_BYTES && text.getBytes(StandardCharsets.UTF_8).length > MAXIMUM_KEY_BYTES) {
            throw new MatrixException(
                    ErrorCode.M_TOO_LARGE, "The field " + field + " of an event is at most 255 bytes long.");
        }
        return text;
    }

    private static void eventIds(ObjectNode event, String field, int maximum) {
        var ids = event.path(field);
        require(ids.isArray() && ids.size() <= maximum, field, "a list of at most " + maximum + " event ids");
        for (var i = 0; i < ids.size(); i++) {
            require(EventId.isValid(ids.get(i).stringValue("")), field, "a list of event ids");
        }
    }

    private static void require(boolean holds, String field, String shape) {
        if (!holds) {
            throw new MatrixException(
                    ErrorCode.M_BAD_JSON, "The field " + field + " of an event must be " + shape + ".");
        }
    }
}
