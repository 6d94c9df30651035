package lanyard.messaging.push;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import lanyard.messaging.timeline.RoomView;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.AppAccess;
import lanyard.trust.identity.RemovedDevice;

/// Everybody's pushers, in memory too, because every event asks whether somebody has one.
final class Pushers {
    private static final int MOST_PER_PERSON = 20;

    private final PushParts parts;
    private final PusherStore store = new PusherStore();
    private final PushProgress progress;
    private final Map<UserId, List<Pusher>> byUser = new ConcurrentHashMap<>();

    Pushers(PushParts parts) {
        this.parts = parts;
        this.progress = new PushProgress(parts.database().read(store::listTold));
        parts.database().read(store::list).forEach(this::remember);
        parts.identity().devices().whenRemoved(this::signedOut);
    }

    List<Pusher> of(UserId user) {
        return byUser.getOrDefault(user, List.of());
    }

    boolean isEmpty() {
        return byUser.isEmpty();
    }

    /// A phone of ours. Whoever had its browser's subscription before has it no longer.
    /// Errors: `M_RESOURCE_LIMIT_EXCEEDED`.
    void put(Pusher ofOurs) {
        var endpoint = ofOurs.subscription().endpoint();
        put(
                ofOurs,
                other -> other.isOurs()
                        && !other.isSame(ofOurs)
                        && other.subscription().endpoint().equals(endpoint));
    }

    /// Another app's. Errors: `M_RESOURCE_LIMIT_EXCEEDED`.
    void put(Pusher pusher, boolean besideOthers) {
        put(
                pusher,
                other -> !besideOthers
                        && other.app().equals(pusher.app())
                        && other.key().equals(pusher.key())
                        && !other.user().equals(pusher.user()));
    }

    private void put(Pusher pusher, Predicate<Pusher> inPlaceOf) {
        if (of(pusher.user()).size() >= MOST_PER_PERSON
                && of(pusher.user()).stream().noneMatch(pusher::isSame)) {
            throw new MatrixException(ErrorCode.M_RESOURCE_LIMIT_EXCEEDED, "You have too many pushers; remove one.");
        }
        parts.writer().write(commit -> {
            remove(commit, inPlaceOf);
            store.put(commit.tx(), pusher);
            commit.afterCommit(() -> remember(pusher));
            return pusher;
        });
    }

    void remove(Predicate<Pusher> which) {
        parts.writer().write(commit -> remove(commit, which));
    }

    private int remove(Commit commit, Predicate<Pusher> which) {
        var gone = byUser.values().stream().flatMap(List::stream).filter(which).toList();
        gone.forEach(pusher -> {
            store.delete(commit.tx(), pusher);
            commit.afterCommit(() -> forget(pusher));
        });
        return gone.size();
    }

    /// What its device may know of: an app that is not approved for clinical rooms is not even told that something
    /// happens in one. Empty when the device is no more, and while it is reported lost: whoever has it learns
    /// nothing.
    Optional<RoomView> view(Pusher pusher) {
        return parts.identity()
                .devices()
                .find(pusher.user(), pusher.device())
                .filter(device -> !device.locked())
                .map(device ->
                        new RoomView(device.app().map(AppAccess::clinical).orElse(true)));
    }

    private void signedOut(Commit commit, RemovedDevice device) {
        of(device.user()).stream()
                .filter(pusher -> pusher.device().equals(device.id()))
                .forEach(pusher -> {
                    store.delete(commit.tx(), pusher);
                    commit.afterCommit(() -> forget(pusher));
                });
    }

    PushProgress progress() {
        return progress;
    }

    List<Pusher> all() {
        return byUser.values().stream().flatMap(List::stream).toList();
    }

    /// Writes down how far phones have been told, if that has changed.
    void saveProgress() {
        var unsaved = progress.unsaved();
        if (!unsaved.isEmpty()) {
            parts.database().write(tx -> {
                store.saveTold(tx, unsaved);
                return unsaved.size();
            });
        }
    }

    private void remember(Pusher pusher) {
        progress.begin(pusher, pusher.since().toEpochMilli());
        byUser.compute(pusher.user(), (user, known) -> {
            var list = new ArrayList<>(known == null ? List.<Pusher>of() : known);
            list.removeIf(pusher::isSame);
            list.add(pusher);
            return List.copyOf(list);
        });
    }

    private void forget(Pusher pusher) {
        progress.forget(pusher);
        byUser.computeIfPresent(pusher.user(), (user, known) -> {
            var left = known.stream().filter(other -> !other.isSame(pusher)).toList();
            return left.isEmpty() ? null : left;
        });
    }
}
