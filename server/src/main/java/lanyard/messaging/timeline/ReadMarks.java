package lanyard.messaging.timeline;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import lanyard.platform.CrashPoint;
import lanyard.platform.db.CommitUnknownException;
import lanyard.platform.db.ConnectionLostException;
import lanyard.platform.stream.SyncToken;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who has received and read how far. In a clinical system "read" is evidence: receipts are durable within 250
/// ms, coalesced so that a busy ward costs one statement a quarter second.
public final class ReadMarks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReadMarks.class);
    private static final Duration LATEST = Duration.ofMillis(100);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

    private record Mark(RoomId room, Receipt.Key key) {}

    private record Wish(EventId event, long seq, long notices) {}

    private final Timeline timeline;
    private final Map<Mark, Wish> pending = new ConcurrentHashMap<>();
    private final Thread flusher;
    private volatile boolean closing;

    public ReadMarks(Timeline timeline) {
        this.timeline = timeline;
        this.flusher = Thread.ofVirtual().name("receipts").start(this::loop);
    }

    /// The person has read up to `event`. Errors: `M_FORBIDDEN` outside the room, `M_NOT_FOUND`.
    public void read(UserId user, RoomId room, Receipt.Key key, EventId event) {
        var state = timeline.getRoomOf(user, room);
        var log = timeline.getLog(room);
        var target = find(user, state, event);
        var thread = target.thread();
        if (key.thread().startsWith("$") && !thread.isEmpty() && !thread.equals(key.thread())) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "That event is in another thread.");
        }
        mark(log, key, target);
    }

    private TimelineEvent find(UserId user, RoomState room, EventId event) {
        return timeline.getLog(room.id())
                .find(event)
                .filter(found -> room.maySee(user, found.seq()))
                .orElseGet(() -> timeline.open(room, timeline.getRecord(user, room.id(), event)));
    }

    /// Whether the person may put a mark on the event. Errors: `M_FORBIDDEN` outside the room, `M_NOT_FOUND`.
    void check(UserId user, RoomId room, EventId event) {
        find(user, timeline.getRoomOf(user, room), event);
    }

    /// A device of the person holds everything up to `since`: a hint, taken from each sync, that costs no query.
    public void delivered(UserId user, SyncToken since) {
        delivered(user, timeline.memberships().joined(user), since);
    }

    /// The same for some of the rooms.
    public void delivered(UserId user, Stream<RoomId> rooms, SyncToken since) {
        rooms.forEach(room -> timeline.findLog(room).ifPresent(log -> {
            if (log.receipts().delivered(user) < log.state().seq()) {
                log.lastCovered(since)
                        .filter(last -> log.receipts().delivered(user) < last.seq())
                        .ifPresent(last -> mark(log, new Receipt.Key(user, Receipt.DELIVERED, ""), last));
            }
        }));
    }

    /// Whether every person now in the room, `except` some, has received the event at `seq` on a device.
    public boolean deliveredToAll(RoomState room, Set<UserId> except, long seq) {
        var receipts = timeline.getLog(room.id()).receipts();
        return room.joined().filter(user -> !except.contains(user)).allMatch(user -> receipts.delivered(user) >= seq);
    }

    /// When a device of the person had everything up to `seq`, as far as the server knows.
    public OptionalLong deliveredTs(RoomId room, UserId user, long seq) {
        return timeline.getLog(room).receipts().deliveredTs(user, seq);
    }

    /// Receipts of the room that the person may see and has not seen.
    public List<Receipt> since(RoomId room, History.Window window) {
        return timeline.getLog(room).receipts().since(window.since(), window.user()).stream()
                .filter(receipt -> window.upTo().covers(receipt.position()))
                .toList();
    }

    /// How far everybody has openly read in the room, and when they got there: for disclosure.
    public List<Receipt> openlyRead(RoomId room) {
        return timeline.getLog(room).receipts().openlyRead();
    }

    /// How many messages of others the person has not read: one counter less another, never a scan.
    public long unread(RoomId room, UserId user) {
        return timeline.getLog(room).unread(user);
    }

    /// How far the person has read the room as a whole.
    public Place readUpTo(RoomId room, UserId user) {
        return timeline.getLog(room).readUpTo(user);
    }

    /// How far the person has read one thread, by its root, or `main`.
    public Place readUpTo(RoomId room, UserId user, String thread) {
        return timeline.getLog(room).receipts().read(user, thread);
    }

    /// When somebody had read an event, and a device of theirs had fetched it, at the latest; empty where the server
    /// does not know that they had.
    public record Known(Optional<Instant> readBy, Optional<Instant> deliveredBy) {}

    /// What is known of one person and the event at `seq`, private receipts included: for a case, never for a
    /// colleague.
    public Known known(RoomId room, UserId user, long seq) {
        var receipts = timeline.getLog(room).receipts();
        return new Known(instant(receipts.readTs(user, seq)), instant(receipts.deliveredTs(user, seq)));
    }

    /// Since when the person shows to everybody that they have read an event. Empty for one that is in memory no more.
    public Optional<Instant> readOpenlyAt(RoomId room, UserId user, EventId event) {
        var log = timeline.getLog(room);
        return log.find(event)
                .flatMap(found -> log.receipts().openlyRead().stream()
                        .filter(receipt -> receipt.key().user().equals(user) && receipt.seq() >= found.seq())
                        .map(receipt -> Instant.ofEpochMilli(receipt.ts()))
                        .min(Comparator.naturalOrder()));
    }

    private static Optional<Instant> instant(OptionalLong ts) {
        return ts.isPresent() ? Optional.of(Instant.ofEpochMilli(ts.getAsLong())) : Optional.empty();
    }

    private void mark(RoomLog log, Receipt.Key key, TimelineEvent event) {
        if (log.receipts().find(key).map(Receipt::seq).orElse(0L) < event.seq()) {
            pending.merge(
                    new Mark(log.state().id(), key),
                    new Wish(event.id(), event.seq(), event.notices()),
                    (one, other) -> one.seq() >= other.seq() ? one : other);
        }
    }

    private void loop() {
        var kept = true;
        while (!closing) {
            try {
                Thread.sleep(kept ? LATEST : AFTER_FAILURE);
                kept = true;
                flush();
            } catch (InterruptedException e) {
                closing = true;
            } catch (MatrixException | ConnectionLostException | CommitUnknownException e) {
                LOG.info("receipts wait: the writer is busy or the database away");
            } catch (RuntimeException e) {
                // Without this thread nothing that anybody reads is kept any more.
                LOG.error("receipts could not be kept together", e);
                kept = oneByOne();
            }
        }
    }

    /// One that cannot be kept must not keep the others back, nor be tried for ever. Where none can be kept, on a full
    /// disk for one, the fault is not theirs: all wait, and the answer is false.
    private boolean oneByOne() {
        var failed = new ArrayList<Map.Entry<Mark, Wish>>();
        var taken = taken();
        for (var wish : taken) {
            try {
                keep(List.of(wish));
            } catch (MatrixException | ConnectionLostException | CommitUnknownException e) {
                LOG.info("receipts wait: the writer is busy or the database away");
                return true;
            } catch (RuntimeException e) {
                LOG.error("a receipt could not be kept", e);
                failed.add(wish);
            }
        }
        if (failed.size() == taken.size()) {
            return false;
        }
        failed.forEach(wish -> pending.remove(wish.getKey(), wish.getValue()));
        return true;
    }

    /// Makes what is pending durable now.
    public void flush() {
        var taken = taken();
        if (!taken.isEmpty()) {
            keep(taken);
        }
    }

    private List<Map.Entry<Mark, Wish>> taken() {
        var taken = new ArrayList<Map.Entry<Mark, Wish>>();
        for (var entry : pending.entrySet()) {
            taken.add(Map.entry(entry.getKey(), entry.getValue()));
        }
        return taken;
    }

    private void keep(List<Map.Entry<Mark, Wish>> taken) {
        CrashPoint.at("receipts.taken");
        var ts = timeline.parts().clock().millis();
        timeline.parts().writer().write(commit -> {
            var position = commit.next();
            var receipts = new ArrayList<Published>();
            for (var wish : taken) {
                var there = timeline.findLog(wish.getKey().room());
                if (there.isEmpty()) {
                    continue;
                }
                var log = there.get();
                var to = wish.getValue();
                var receipt = new Receipt(wish.getKey().key(), to.event(), to.seq(), to.notices(), ts, position);
                commit.add(
                        timeline.receiptStore(),
                        new ReceiptStore.Row(log.state().head().nid(), receipt));
                receipts.add(new Published(log, receipt));
            }
            commit.afterCommit(() -> publish(receipts));
            commit.afterVisible(() -> tell(receipts));
            return receipts.size();
        });
        CrashPoint.at("receipts.durable");
        taken.forEach(wish -> pending.remove(wish.getKey(), wish.getValue()));
    }

    private record Published(RoomLog log, Receipt receipt) {}

    private void publish(List<Published> receipts) {
        receipts.forEach(published -> timeline.change(
                published.log().state().id(), log -> log.receipts().publish(published.receipt())));
    }

    private void tell(List<Published> receipts) {
        var told = new HashSet<UserId>();
        receipts.forEach(published -> whom(published).forEach(told::add));
        told.forEach(user -> timeline.parts().wakes().wake(user.value()));
    }

    /// Reading is news for the room; receiving only for those whose messages were received, which keeps it from
    /// doubling the traffic of a large room.
    private static Stream<UserId> whom(Published published) {
        var receipt = published.receipt();
        return switch (receipt.key().kind()) {
            case Receipt.READ_PRIVATE -> Stream.of(receipt.key().user());
            case Receipt.DELIVERED ->
                published.log().after(receipt.seq() - RoomLog.RECENT).stream()
                        .filter(event -> event.seq() <= receipt.seq() && !event.isState())
                        .map(TimelineEvent::sender)
                        .filter(sender -> !sender.equals(receipt.key().user()))
                        .distinct();
            default -> published.log().state().joined();
        };
    }

    @Override
    public void close() {
        closing = true;
        flusher.interrupt();
        try {
            flusher.join();
            flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
