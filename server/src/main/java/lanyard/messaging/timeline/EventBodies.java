package lanyard.messaging.timeline;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.KeyName;
import lanyard.platform.sealing.KeyStore;
import lanyard.platform.sealing.KeyStoreFault;
import lanyard.platform.sealing.SealingKey;
import lanyard.platform.stream.NotReadyException;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.PduLimits;
import lanyard.standards.matrix.Redaction;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.RoomVersion;
import lanyard.standards.matrix.UserId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Event bodies at rest: canonical JSON, packed and sealed. What is said is sealed by the room's key of the month, so
/// that destroying the key destroys every copy of it, in backups too. What must stay as long as its room, state and the
/// stubs of what was disposed of, is sealed by the room's lasting key, so that no month's key is ever missed. The
/// stored form is six characters, the month (`yyyyMM`) or `always`, and the sealed bytes.
final class EventBodies {
    private static final int PREFIX = 6;
    private static final int ROOM_FOR_MOST = 8 * 1024;
    private static final byte[] NO_ROOM = {};
    private static final String LASTING = "always";

    private final KeyStore keys;
    private final InstantSource clock;
    private final Packing packing = new Packing();

    EventBodies(KeyStore keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /// Errors: `NotReadyException` when the room has no such key yet: making one costs two fsyncs, for which the writer
    /// does not wait.
    byte[] seal(long room, RoomVersion version, EventId id, ObjectNode pdu) {
        var prefix = pdu.has("state_key") ? LASTING : prefix(month());
        return new Series(room, NO_ROOM).seal(prefix, id, PduLimits.canonicalBytes(pdu, version));
    }

    /// Makes this month's key of a room and its lasting one durable. Not within a deed.
    void prepare(long room) {
        prepareLasting(room);
        keys.key(monthKey(room, month()));
    }

    /// Makes the key durable under which stubs are kept. Not within a deed.
    void prepareLasting(long room) {
        keys.key(keyName(room, LASTING));
    }

    private YearMonth month() {
        return YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC));
    }

    /// How the stored form of what was sealed in that month begins.
    static String prefix(YearMonth month) {
        return String.valueOf(month.getYear() * 100 + month.getMonthValue());
    }

    static KeyName monthKey(long room, YearMonth month) {
        return keyName(room, prefix(month));
    }

    private static KeyName keyName(long room, String prefix) {
        return prefix.equals(LASTING)
                ? new KeyName("room-lasting", Long.toString(room))
                : new KeyName("room-month", room + "/" + prefix);
    }

    /// For many events of one room in a row.
    Series inSeries(long room) {
        return new Series(room, new byte[ROOM_FOR_MOST]);
    }

    /// One thread's, and only as long as one deed or step ([SealingKey.Series]).
    final class Series {
        private final long room;
        private final byte[] workspace;
        private final Map<String, SealingKey.Series> byPrefix = new HashMap<>();

        private Series(long room, byte[] workspace) {
            this.room = room;
            this.workspace = workspace;
        }

        private byte[] seal(String prefix, EventId id, byte[] canonical) {
            var key = byPrefix.computeIfAbsent(prefix, this::sealing);
            return key.seal(prefix.getBytes(StandardCharsets.US_ASCII), packing.pack(canonical), associated(id));
        }

        private SealingKey.Series sealing(String prefix) {
            var name = keyName(room, prefix);
            return keys.find(name)
                    .orElseThrow(() -> new NotReadyException(() -> keys.key(name)))
                    .inSeries();
        }

        /// The canonical bytes of a stored body, whether or not they may be shown.
        byte[] open(EventId id, byte[] stored) {
            var prefix = new String(stored, 0, PREFIX, StandardCharsets.US_ASCII);
            return packing.unpack(
                    byPrefix.computeIfAbsent(prefix, this::opening).open(stored, PREFIX, associated(id)), workspace);
        }

        private SealingKey.Series opening(String prefix) {
            var name = keyName(room, prefix);
            // What is read was sealed: a key that is not there is a fault, and a new one in its place would hide it.
            return keys.find(name)
                    .orElseThrow(() -> new KeyStoreFault("The key \"" + name
                            + "\" is missing from the key store: restore the key store's own backup."))
                    .inSeries();
        }

        /// What is left of an event once what it said is gone, under the lasting key.
        byte[] sealStub(RoomVersion version, EventId id, byte[] canonical) {
            var stub = Redaction.redactCanonical(canonical, version)
                    .orElseGet(
                            () -> PduLimits.canonicalBytes(Redaction.redact(Json.object(canonical), version), version));
            return seal(LASTING, id, stub);
        }

        /// The same body under the lasting key.
        byte[] lasting(EventId id, byte[] stored) {
            return seal(LASTING, id, open(id, stored));
        }
    }

    private static byte[] associated(EventId id) {
        return id.value().getBytes(StandardCharsets.UTF_8);
    }

    private ObjectNode unseal(long room, EventId id, byte[] stored) {
        return Json.object(new Series(room, NO_ROOM).open(id, stored));
    }

    /// The canonical bytes as they are stored, whether or not they may be shown.
    byte[] bytes(EventRecord stored) {
        return new Series(stored.room(), NO_ROOM).open(stored.placed().id(), stored.body());
    }

    /// What was stored, hidden or not.
    ObjectNode original(EventRecord stored) {
        return unseal(stored.room(), stored.placed().id(), stored.body());
    }

    /// The event as it may be shown: redacted, with the redaction as its reason, if it was.
    TimelineEvent open(RoomVersion version, EventRecord stored) {
        var pdu = unseal(stored.room(), stored.placed().id(), stored.body());
        var unsigned = Json.object();
        var redactedBy = stored.redactedBy();
        var because = stored.because();
        var replaced = replaced(version, stored);
        if (redactedBy != null && because != null) {
            pdu = Redaction.redact(pdu, version);
            unsigned.set("redacted_because", because(unseal(stored.room(), redactedBy, because), redactedBy));
        } else if (replaced != null) {
            unsigned.setAll(Notices.previous(replaced));
        }
        return new TimelineEvent(stored.placed(), pdu, origin(stored, pdu), unsigned, replaced);
    }

    private @Nullable StateEvent replaced(RoomVersion version, EventRecord stored) {
        var replaced = stored.replaced();
        if (replaced == null) {
            return null;
        }
        var pdu = unseal(stored.room(), replaced.id(), replaced.body());
        return new StateEvent(replaced.id(), replaced.seq(), replaced.hidden() ? Redaction.redact(pdu, version) : pdu);
    }

    TimelineEvent hidden(RoomVersion version, TimelineEvent event, TimelineEvent redaction) {
        var unsigned = Json.object();
        unsigned.set("redacted_because", because(redaction.pdu(), redaction.id()));
        return new TimelineEvent(
                event.placed(),
                Redaction.redact(event.pdu(), version),
                event.origin(),
                unsigned,
                event.replaced().orElse(null));
    }

    /// What stands in the place of an event that nobody can read any more.
    static ObjectNode shell(RoomId room, String type, UserId sender, long timestamp) {
        var shell = Json.object()
                .put("type", type)
                .put("room_id", room.value())
                .put("sender", sender.value())
                .put("origin_server_ts", timestamp)
                .put("depth", 0);
        shell.putArray("auth_events");
        shell.putArray("prev_events");
        shell.putObject("content");
        shell.putObject("hashes").put("sha256", "");
        return shell;
    }

    private static ObjectNode because(ObjectNode redaction, EventId id) {
        var because = Json.object();
        for (var field : new String[] {"type", "sender", "content", "origin_server_ts"}) {
            because.set(field, redaction.get(field));
        }
        return because.put("event_id", id.value());
    }

    private static @Nullable Origin origin(EventRecord stored, ObjectNode pdu) {
        var device = stored.device();
        var transaction = stored.transaction();
        return device == null || transaction == null
                ? null
                : new Origin(new UserId(pdu.get("sender").stringValue()), new DeviceId(device), "", transaction);
    }
}
