package lanyard.messaging.timeline;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import lanyard.platform.stream.SyncToken;
import lanyard.standards.matrix.UserId;

/// The receipts of one room, in memory.
final class Receipts {
    private final Map<Receipt.Key, Receipt> newest = new ConcurrentHashMap<>();

    Receipts(List<Receipt> stored) {
        stored.forEach(this::publish);
    }

    void publish(Receipt receipt) {
        newest.put(receipt.key(), receipt);
    }

    Optional<Receipt> find(Receipt.Key key) {
        return Optional.ofNullable(newest.get(key));
    }

    /// What `reader` may see that is newer than `since`: private receipts are for their owner alone, and
    /// that something was delivered is for the others.
    List<Receipt> since(SyncToken since, UserId reader) {
        return newest.values().stream()
                .filter(receipt -> !since.covers(receipt.position()))
                .filter(receipt -> switch (receipt.key().kind()) {
                    case Receipt.READ_PRIVATE -> receipt.key().user().equals(reader);
                    case Receipt.DELIVERED -> !receipt.key().user().equals(reader);
                    default -> true;
                })
                .toList();
    }

    List<Receipt> openlyRead() {
        return newest.values().stream()
                .filter(receipt -> receipt.key().kind().equals(Receipt.READ))
                .toList();
    }

    /// How far the person has read, in a thread or (empty) in all of the room.
    Place read(UserId user, String thread) {
        return place(user, Receipt.READ, thread).later(place(user, Receipt.READ_PRIVATE, thread));
    }

    private Place place(UserId user, String kind, String thread) {
        return find(new Receipt.Key(user, kind, thread)).map(Receipt::place).orElse(Place.START);
    }

    /// When the person had read the event at `seq` at the latest, openly or for themselves, in whichever thread.
    OptionalLong readTs(UserId user, long seq) {
        return newest.values().stream()
                .filter(receipt -> receipt.key().user().equals(user)
                        && !receipt.key().kind().equals(Receipt.DELIVERED)
                        && receipt.seq() >= seq)
                .mapToLong(Receipt::ts)
                .min();
    }

    OptionalLong deliveredTs(UserId user, long seq) {
        return Stream.of(Receipt.DELIVERED, Receipt.READ, Receipt.READ_PRIVATE)
                .flatMap(kind -> find(new Receipt.Key(user, kind, "")).stream())
                .filter(receipt -> receipt.seq() >= seq)
                .mapToLong(Receipt::ts)
                .min();
    }

    long delivered(UserId user) {
        return Math.max(
                seq(user, Receipt.DELIVERED), Math.max(seq(user, Receipt.READ), seq(user, Receipt.READ_PRIVATE)));
    }

    private long seq(UserId user, String kind) {
        return find(new Receipt.Key(user, kind, "")).map(Receipt::seq).orElse(0L);
    }
}
