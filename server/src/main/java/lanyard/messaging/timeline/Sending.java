package lanyard.messaging.timeline;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import org.jspecify.annotations.Nullable;

/// What a device sends: each transaction id makes one event, however often it is sent, also after a restart.
public final class Sending {
    private static final int REMEMBERED = 1000;
    private static final int DEVICES = 20_000;

    private final Timeline timeline;
    private final BiConsumer<Commit, Origin> mustBeThere;
    private final Cache<Reader, Map<ByteBuffer, EventId>> sent =
            Caffeine.newBuilder().maximumSize(DEVICES).build();

    public Sending(Timeline timeline) {
        this(timeline, (commit, origin) -> {});
    }

    /// `mustBeThere` throws for a device that has ended since it was let in; it is asked when its turn has come.
    Sending(Timeline timeline, BiConsumer<Commit, Origin> mustBeThere) {
        this.timeline = timeline;
        this.mustBeThere = mustBeThere;
    }

    /// Sends an event and answers its id, the same one for the same transaction. Errors: `M_FORBIDDEN`, `M_TOO_LARGE`,
    /// `M_LIMIT_EXCEEDED`.
    public EventId send(Draft draft) {
        return write(draft, null);
    }

    /// Hides `target` by a redaction event; what it said stays in the store until it is disposed of. Errors:
    /// `M_FORBIDDEN` for an event of somebody else without the power to redact, `M_NOT_FOUND`.
    public EventId redact(Draft redaction, EventId target) {
        return write(redaction, target);
    }

    /// What this draft's transaction has made already. A repeat is answered with it, whatever has been decided since.
    Optional<EventId> findRepeated(Draft draft) {
        return draft.sentFrom().map(Keyed::new).flatMap(this::findSent);
    }

    private EventId write(Draft draft, @Nullable EventId target) {
        timeline.getRoomOf(draft.sender(), draft.room());
        var origin = draft.sentFrom();
        var keyed = origin.map(Keyed::new);
        var before = keyed.flatMap(this::findSent);
        if (before.isPresent()) {
            return before.get();
        }
        var stored = target == null
                ? Optional.<EventRecord>empty()
                : Optional.of(timeline.getRecord(draft.sender(), draft.room(), target));
        return timeline.parts().writer().write(commit -> {
            origin.ifPresent(sent -> mustBeThere.accept(commit, sent));
            // A retry may have been waiting beside the first attempt.
            var meanwhile = keyed.flatMap(this::findSent)
                    .or(() -> origin.flatMap(key -> commit.staged(key).map(EventId.class::cast)));
            if (meanwhile.isPresent()) {
                return meanwhile.get();
            }
            var room = timeline.getRoom(commit, draft.room());
            stored.ifPresent(event -> Redactions.check(room, draft.sender(), timeline.open(room, event)));
            var event = timeline.append(commit, draft);
            stored.ifPresent(
                    hidden -> timeline.hide(commit, room, hidden.placed().id(), event));
            keyed.ifPresent(key -> {
                commit.stage(key.origin(), event.id());
                commit.afterCommit(() -> remember(key, event.id()));
            });
            return event.id();
        });
    }

    /// Its key is made once: it takes two hashes.
    private record Keyed(Origin origin, ByteBuffer key) {
        Keyed(Origin origin) {
            this(origin, ByteBuffer.wrap(origin.key()));
        }

        Reader device() {
            return new Reader(origin.user(), origin.device());
        }
    }

    private Optional<EventId> findSent(Keyed origin) {
        var ofDevice = sent.get(origin.device(), this::load);
        synchronized (ofDevice) {
            return Optional.ofNullable(ofDevice.get(origin.key()));
        }
    }

    private void remember(Keyed origin, EventId event) {
        var device = origin.device();
        var there = sent.getIfPresent(device);
        if (there == null) {
            // A reading that is under way may have begun before the commit: this waits for it.
            sent.asMap().compute(device, (key, known) -> known == null ? null : with(known, origin, event));
        } else {
            with(there, origin, event);
        }
    }

    private static Map<ByteBuffer, EventId> with(Map<ByteBuffer, EventId> known, Keyed origin, EventId event) {
        synchronized (known) {
            known.put(origin.key(), event);
        }
        return known;
    }

    /// A device's first message since the start asks the database once what it sent before.
    private Map<ByteBuffer, EventId> load(Reader device) {
        Map<ByteBuffer, EventId> known = new Bounded();
        var rows = timeline.parts()
                .database()
                .read(tx -> timeline.store().listSent(tx, device.user(), device.device(), REMEMBERED));
        rows.reversed().forEach(row -> known.put(ByteBuffer.wrap(row.key()), row.event()));
        return known;
    }

    /// Remembers the newest of a device's transactions.
    private static final class Bounded extends LinkedHashMap<ByteBuffer, EventId> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, EventId> eldest) {
            return size() > REMEMBERED;
        }
    }

    static MatrixException notFound() {
        return new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such message in this conversation.");
    }

    /// A redaction as rooms of this version carry it.
    public static Draft redaction(RoomState room, UserId sender, EventId target, Optional<String> reason) {
        var content = Json.object();
        reason.ifPresent(text -> content.put("reason", text));
        content.put("redacts", target.value());
        return Draft.message(room.id(), sender, "m.room.redaction", content);
    }

    RoomState room(UserId user, RoomId id) {
        return timeline.getRoomOf(user, id);
    }
}
