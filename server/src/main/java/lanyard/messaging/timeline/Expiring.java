package lanyard.messaging.timeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lanyard.platform.db.Tx;
import lanyard.platform.sealing.DestroyedKeyException;
import lanyard.platform.sealing.Hashes;
import lanyard.standards.matrix.CanonicalJson;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;

/// Destroys what was said, many messages at a time and without an event: for `governance.retention`.
///
/// What could go wrong: a message goes that is held or that the record does not have; a reader is shown for ever what
/// is gone; senders wait for the sweep. The principles: this class decides nothing, whoever calls it says in the same
/// transaction what must stay; rows that somebody else has in hand are left for the next time, so nobody waits in a
/// ring; and memory is read afresh, on the writer's thread, after the commit ([#forget]).
public final class Expiring {
    private static final String EDIT = "m.replace";
    /// A room is gone through in stretches: a step then costs what it takes, however much of the room is left.
    private static final int FEWEST_LOOKED_AT = 100;

    private final Timeline timeline;
    private final ExpiringStore store = new ExpiringStore();

    public Expiring(Timeline timeline) {
        this.timeline = timeline;
    }

    /// What may go: said until `upTo`, and after the `after`th event of the room.
    ///
    /// @param kept spans of time of which nothing goes, both ends kept
    /// @param spared events that stay, with what relates to them
    public record Wish(Instant upTo, long after, List<Kept> kept, Set<EventId> spared, int most) {
        public Wish {
            kept = List.copyOf(kept);
            spared = Set.copyOf(spared);
        }

        /// The same of what came after the `further`th event.
        public Wish after(long further) {
            return new Wish(upTo, further, kept, spared, most);
        }

        public Wish atMost(int fewer) {
            return new Wish(upTo, after, kept, spared, fewer);
        }
    }

    /// What somebody said between two moments, in milliseconds since 1970, both included.
    public record Said(UserId sender, long from, long to) {
        public boolean has(UserId by, long at) {
            return by.equals(sender) && at >= from && at <= to;
        }
    }

    /// A span of time, in milliseconds since 1970.
    public record Kept(long from, long to) {}

    /// A message whose content is gone: `sha256` is of the canonical bytes that were stored, and empty where nobody can
    /// read them any more.
    public record Gone(EventId id, UserId sender, long seq, long timestamp, byte[] sha256) {}

    /// Before a transaction that destroys: the key under which stubs are kept is durable.
    public void prepare(RoomState room) {
        timeline.bodies().prepareLasting(room.head().nid());
    }

    /// What went, by its place in the room, and up to which event the room has been gone through.
    public record Went(List<Gone> gone, long upTo) {
        public Went {
            gone = List.copyOf(gone);
        }
    }

    /// Destroys up to `most` messages, the oldest first, and their edits. Nothing, when nothing more may go.
    public Went destroy(Tx tx, RoomState room, Wish wish) {
        var window = (long) Math.max(FEWEST_LOOKED_AT, wish.most());
        for (var from = wish.after(); from < room.seq(); from += window, window *= 2) {
            var stretch = new ExpiringStore.Stretch(from, from + window);
            var rows = new ArrayList<>(store.list(tx, room.head().nid(), wish, stretch));
            if (!rows.isEmpty()) {
                var upTo = rows.getLast().seq();
                rows.addAll(edits(tx, room, wish, rows));
                rows.sort(Comparator.comparingLong(ExpiringStore.Row::seq));
                return new Went(pruned(tx, room, stubs(room, rows)), upTo);
            }
        }
        return new Went(List.of(), wish.after());
    }

    private List<ExpiringStore.Row> edits(Tx tx, RoomState room, Wish wish, List<ExpiringStore.Row> originals) {
        Map<String, String> senders = new HashMap<>();
        originals.forEach(row -> senders.put(row.id().value(), row.sender()));
        return store.listEdits(tx, room.head().nid(), wish, EDIT, senders.keySet()).stream()
                .filter(edit -> edit.sender().equals(senders.get(edit.relatesTo())))
                .filter(edit -> !senders.containsKey(edit.id().value()))
                .toList();
    }

    /// Destroys these events again, as they were before a backup was restored; nothing, in a room that the backup
    /// does not have. Before the server serves anybody, and before the room is read: what the events said may be
    /// sealed by keys that were destroyed since, and nothing but a line of who and when is left of those.
    public List<Gone> destroyAgain(Tx tx, RoomId id, long[] seqs) {
        var head = new RoomLoadStore().listHeads(tx, List.of(id));
        if (head.isEmpty()) {
            return List.of();
        }
        var room = RoomState.empty(head.getFirst());
        timeline.bodies().prepareLasting(room.head().nid());
        var stubs = store.listAt(tx, room.head().nid(), seqs).stream()
                .sorted(Comparator.comparingLong(ExpiringStore.Row::seq))
                .map(row -> stubOrShell(tx, room, row))
                .toList();
        return pruned(tx, room, stubs);
    }

    private Stub stubOrShell(Tx tx, RoomState room, ExpiringStore.Row row) {
        try {
            return stubs(room, List.of(row)).getFirst();
        } catch (DestroyedKeyException e) {
            var sender = new UserId(row.sender());
            var type = store.type(tx, room.head().nid(), row.seq());
            var shell = CanonicalJson.bytes(EventBodies.shell(room.id(), type, sender, row.ts()));
            return new Stub(
                    new Gone(row.id(), sender, row.seq(), row.ts(), new byte[0]),
                    timeline.bodies().inSeries(room.head().nid()).sealStub(room.version(), row.id(), shell));
        }
    }

    private List<Gone> pruned(Tx tx, RoomState room, List<Stub> stubs) {
        var nid = room.head().nid();
        if (!stubs.isEmpty()) {
            var seqs = stubs.stream().mapToLong(stub -> stub.gone().seq()).toArray();
            var bodies = stubs.stream().map(Stub::body).toArray(byte[][]::new);
            store.prune(
                    tx,
                    nid,
                    new ExpiringStore.Stubs(seqs, bodies),
                    timeline.parts().clock().millis());
        }
        return stubs.stream().map(Stub::gone).toList();
    }

    private record Stub(Gone gone, byte[] body) {}

    private List<Stub> stubs(RoomState room, List<ExpiringStore.Row> rows) {
        var bodies = timeline.bodies().inSeries(room.head().nid());
        Map<String, UserId> senders = new HashMap<>();
        var stubs = new ArrayList<Stub>(rows.size());
        for (var row : rows) {
            var was = bodies.open(row.id(), row.body());
            var sender = senders.computeIfAbsent(row.sender(), UserId::new);
            stubs.add(new Stub(
                    new Gone(row.id(), sender, row.seq(), row.ts(), Hashes.sha256(was)),
                    bodies.sealStub(room.version(), row.id(), was)));
        }
        return stubs;
    }

    /// What is left of the messages of these people in these times.
    public List<EventId> listSaid(Tx tx, RoomState room, List<Said> said) {
        return store.listSaid(tx, room.head().nid(), said);
    }

    /// Whether anything may go.
    public boolean anything(Tx tx, RoomState room, Wish wish) {
        return store.exists(tx, room.head().nid(), wish);
    }

    /// How much of what was said until then is left, and how much of that in those spans of time.
    public Left countLeft(Tx tx, RoomState room, Instant upTo, List<Kept> spans) {
        return store.countLeft(tx, room.head().nid(), upTo.toEpochMilli(), spans);
    }

    /// How many of these events were said until then and are left.
    public long countAmong(Tx tx, RoomState room, Instant upTo, Set<EventId> among) {
        return store.countAmong(tx, room.head().nid(), upTo.toEpochMilli(), among);
    }

    /// Messages that are left.
    public record Left(long all, long kept) {}

    /// When the database last swept up what updates left behind of stored events.
    public Optional<Instant> vacuumed(Tx tx) {
        return store.vacuumed(tx).map(Instant::ofEpochMilli);
    }

    /// When the oldest message that is left was said.
    public Optional<Instant> oldest(Tx tx, RoomState room) {
        return store.oldest(tx, room.head().nid()).map(Instant::ofEpochMilli);
    }

    /// Has the room read afresh by whoever asks next.
    public void forget(RoomId room) {
        timeline.parts().writer().write(commit -> {
            commit.afterCommit(() -> timeline.forgetLog(room));
            return room;
        });
    }
}
