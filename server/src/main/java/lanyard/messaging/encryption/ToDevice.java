package lanyard.messaging.encryption;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Predicate;
import lanyard.messaging.timeline.Reader;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.platform.stream.SyncToken;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.ObjectNode;

/// Messages from device to device: kept until the device has acknowledged them by a newer sync token, delivered
/// in order, never again after that. <https://spec.matrix.org/v1.18/client-server-api/#send-to-device-messaging>
public final class ToDevice {
    private static final int MOST_AT_ONCE = 500;

    private final EncryptionParts parts;
    private final ToDeviceStore store = new ToDeviceStore();
    /// Devices known to have nothing waiting: their syncs ask the database nothing.
    private final Cache<Reader, Boolean> empty =
            Caffeine.newBuilder().maximumSize(100_000).build();
    /// How often something came, for devices whose hashes meet in one place.
    private final AtomicLongArray arrivals = new AtomicLongArray(1 << 12);
    /// The newest message each device was handed, and how far the answers with it reached: only those can have been
    /// acknowledged.
    private final Map<Reader, Last> lastSent = new ConcurrentHashMap<>();
    /// What this process cannot remember having handed out is from before here.
    private final SyncToken atStart;
    private Predicate<UserId> kept = user -> false;
    private Keeper keeper = (commit, message) -> {};

    ToDevice(EncryptionParts parts) {
        this.parts = parts;
        this.atStart = parts.writer().visible();
    }

    private record Last(long id, SyncToken upTo) {
        Last and(Last other) {
            return new Last(Math.max(id, other.id), upTo.covers(other.upTo) ? upTo : other.upTo);
        }
    }

    /// One message on its way. `event` is what the receiving device would get.
    public record Message(Reader sender, UserId to, DeviceId device, ObjectNode event) {}

    /// Takes messages for devices that never come to fetch them.
    @FunctionalInterface
    public interface Keeper {
        void keep(Commit commit, Message message);
    }

    /// The records custodian's devices are sealed: what is sent to them goes to its mailbox instead of a queue.
    public void keepFor(Predicate<UserId> whose, Keeper with) {
        kept = whose;
        keeper = with;
    }

    /// Sends `messages`, all or none; a transaction that was sent before does nothing.
    void send(Reader sender, String transaction, List<Message> messages) {
        parts.writer().write(commit -> {
            parts.identity().devices().requireThere(commit, sender.user(), sender.device());
            if (store.firstTime(commit.tx(), sender, transaction, parts.clock().millis())) {
                messages.forEach(message -> place(commit, message));
            }
            return messages.size();
        });
    }

    private void place(Commit commit, Message message) {
        if (kept.test(message.to())) {
            keeper.keep(commit, message);
            return;
        }
        var to = new Reader(message.to(), message.device());
        commit.add(store, new ToDeviceStore.Row(to, commit.next(), Json.bytes(message.event())));
        commit.afterCommit(() -> {
            arrivals.incrementAndGet(counter(to));
            empty.invalidate(to);
        });
        commit.afterVisible(() -> parts.wakes().wake(message.to().value()));
    }

    /// What waits for the device and it does not hold yet, oldest first.
    public List<byte[]> pending(Reader reader, SyncToken since, SyncToken upTo) {
        if (empty.getIfPresent(reader) != null) {
            return List.of();
        }
        var waiting = look(reader);
        var handed = new ToDeviceStore.Handed(0, atStart);
        if (waiting.stream().anyMatch(message -> since.covers(message.position()) && message.wasHanded(handed))) {
            // Handed out before the last start, which has forgotten it, and acknowledged since.
            delete(reader, since, handed);
            waiting = look(reader);
        }
        if (waiting.size() > MOST_AT_ONCE) {
            var last = waiting.get(MOST_AT_ONCE - 1).id();
            parts.database().write(tx -> store.holdBack(tx, reader, last));
        }
        var ready = waiting.stream()
                .limit(MOST_AT_ONCE)
                .filter(message -> upTo.covers(message.position()))
                .toList();
        if (!ready.isEmpty()) {
            lastSent.merge(reader, new Last(ready.getLast().id(), upTo), Last::and);
        }
        return ready.stream().map(ToDeviceStore.Waiting::event).toList();
    }

    /// One more than are handed out at once, so that it shows when there are more. Whoever finds nothing says so only
    /// afterwards, and only if nothing came meanwhile: another sync of the device, looking at the same time, would
    /// believe it, and its answer's token would cover a message that it does not have.
    private List<ToDeviceStore.Waiting> look(Reader reader) {
        var before = arrivals.get(counter(reader));
        var waiting = parts.database().read(tx -> store.list(tx, reader, MOST_AT_ONCE + 1));
        if (waiting.isEmpty()) {
            empty.put(reader, true);
            if (arrivals.get(counter(reader)) != before) {
                empty.invalidate(reader);
            }
        }
        return waiting;
    }

    private int counter(Reader device) {
        return Math.floorMod(device.hashCode(), arrivals.length());
    }

    /// The device holds everything up to `seen`.
    public void acknowledge(UserId user, DeviceId device, SyncToken seen) {
        var reader = new Reader(user, device);
        var sent = lastSent.get(reader);
        if (sent != null) {
            delete(reader, seen, new ToDeviceStore.Handed(sent.id(), atStart));
            // A retry of an older token acknowledges nothing: what it does not cover is still to be acknowledged.
            if (seen.covers(sent.upTo())) {
                lastSent.remove(reader, sent);
            }
        }
    }

    private void delete(Reader reader, SyncToken seen, ToDeviceStore.Handed handed) {
        parts.database().write(tx -> {
            store.acknowledge(tx, reader, seen, handed);
            return handed;
        });
    }

    void forget(Commit commit, Reader device) {
        store.deleteAll(commit.tx(), device);
        commit.afterCommit(() -> lastSent.remove(device));
    }

    /// What was sent to devices that there are not, or are no more, nobody will fetch. What comes later, for a
    /// new device of that name, stays.
    void forgetOrphans() {
        var newest = parts.database().read(store::listNewest);
        newest.forEach((device, last) -> {
            if (parts.identity().devices().find(device.user(), device.device()).isEmpty()) {
                parts.database().write(tx -> {
                    store.deleteUpTo(tx, device, last);
                    return last;
                });
            }
        });
    }

    void forgetOldTransactions() {
        var before = parts.clock().instant().minus(java.time.Duration.ofDays(7)).toEpochMilli();
        parts.database().write(tx -> {
            store.forgetTransactions(tx, before);
            return before;
        });
    }
}
