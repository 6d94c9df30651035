package lanyard.messaging.timeline;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// Makes stored events a third smaller: most of an event is base64, which carries six bits in eight, and field names.
/// Packed bytes begin with a version, which no JSON does; what was stored before is taken as it is.
/// <https://www.rfc-editor.org/rfc/rfc1951.html>
final class Packing {
    private static final byte VERSION = 1;
    /// The likeliest last. It may never change under the same version.
    private static final byte[] DICTIONARY = """
            "m.room.history_visibility","m.room.power_levels","m.room.join_rules","org.lanyard.decision""\"
            "avatar_url":"mxc://","displayname":"","membership":"invite","membership":"join"},"type":"m.room.member"
            "type":"m.reaction","rel_type":"m.annotation","rel_type":"m.thread","m.in_reply_to":{"event_id":"$
            "redacts":"$","reason":"","type":"m.room.redaction","format":"org.matrix.custom.html","formatted_body":"
            {"auth_events":["$","$","$"],"content":{"body":"","m.mentions":{},"msgtype":"m.text"},"depth":
            {"auth_events":["$","$","$"],"content":{"algorithm":"m.megolm.v1.aes-sha2","ciphertext":"AwgA","device_id":"
            ","sender_key":"","session_id":""},"m.relates_to":{"event_id":"$"},"depth":,"hashes":{"sha256":""},\
            "origin_server_ts":17,"prev_events":["$"],"room_id":"!","sender":"@:","state_key":"","type":"m.room.message"}\
            ,"type":"m.room.encrypted"}""".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] NO_ROOM = {};

    private static final int SPARE = 8;

    /// Their memory is outside the heap, so they are used again.
    private final BlockingQueue<Deflater> deflaters = new ArrayBlockingQueue<>(SPARE);
    private final BlockingQueue<Inflater> inflaters = new ArrayBlockingQueue<>(SPARE);

    /// What packed bytes may have beyond those that went in: the version, and a few for what cannot be made smaller.
    private static final int MOST_MORE = 64;

    ByteBuffer pack(byte[] json) {
        var spare = deflaters.poll();
        var deflater = spare == null ? new Deflater(Deflater.BEST_SPEED, true) : spare;
        deflater.setDictionary(DICTIONARY);
        deflater.setInput(json);
        deflater.finish();
        var packed = new byte[json.length + MOST_MORE];
        packed[0] = VERSION;
        var length = 1;
        while (!deflater.finished()) {
            packed = roomy(packed, length);
            length += deflater.deflate(packed, length, packed.length - length);
        }
        deflater.reset();
        if (!deflaters.offer(deflater)) {
            deflater.end();
        }
        return ByteBuffer.wrap(packed, 0, length);
    }

    private static byte[] roomy(byte[] bytes, int length) {
        return length < bytes.length ? bytes : Arrays.copyOf(bytes, 2 * length);
    }

    byte[] unpack(byte[] stored) {
        return unpack(stored, NO_ROOM);
    }

    /// The same by way of `room`, where it is large enough: for many in a row.
    byte[] unpack(byte[] stored, byte[] room) {
        if (stored.length == 0 || stored[0] != VERSION) {
            return stored;
        }
        var spare = inflaters.poll();
        var inflater = spare == null ? new Inflater(true) : spare;
        try {
            inflater.setDictionary(DICTIONARY);
            inflater.setInput(stored, 1, stored.length - 1);
            return inflated(inflater, room.length < 2 * stored.length ? new byte[2 * stored.length] : room);
        } catch (DataFormatException e) {
            throw new IllegalStateException("a stored event opens but does not unpack", e);
        } finally {
            inflater.reset();
            if (!inflaters.offer(inflater)) {
                inflater.end();
            }
        }
    }

    private static byte[] inflated(Inflater inflater, byte[] room) throws DataFormatException {
        var json = room;
        var length = 0;
        while (!inflater.finished()) {
            json = roomy(json, length);
            var count = inflater.inflate(json, length, json.length - length);
            if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                throw new DataFormatException("cut short");
            }
            length += count;
        }
        return Arrays.copyOf(json, length);
    }
}
