package lanyard.trust.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;
import tools.jackson.databind.node.JsonNodeFactory;

/// The Matrix sessions of people. A device goes together with its tokens and, through those who asked to be told, with
/// its keys and its handset's share: in one transaction.
public final class Devices {
    private static final int MOST_PER_PERSON = 100;
    private static final String DEVICE_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final int DEVICE_LENGTH = 10;
    private static final int MOST_ENDED = 100_000;
    private static final Duration LONGEST_REQUEST = Duration.ofMinutes(10);

    private final IdentityGround ground;
    private final DeviceStore store = new DeviceStore();
    private final RefreshStore refreshStore = new RefreshStore();
    private final Callers callers;
    /// Ended or locked lately. A request that was let in before is over by the time this forgets.
    private final Cache<DeviceStore.DeviceKey, Boolean> gone = Caffeine.newBuilder()
            .maximumSize(MOST_ENDED)
            .expireAfterWrite(LONGEST_REQUEST)
            .build();

    private final List<BiConsumer<Commit, RemovedDevice>> inTheTransaction = new CopyOnWriteArrayList<>();
    private final List<BiConsumer<Commit, OneMore>> oneMore = new CopyOnWriteArrayList<>();
    private final List<Consumer<RemovedDevice>> afterwards = new CopyOnWriteArrayList<>();

    Devices(IdentityGround ground, Callers callers) {
        this.ground = ground;
        this.callers = callers;
    }

    public List<Device> list(UserId user) {
        return ground.database().read(tx -> store.list(tx, user));
    }

    public Optional<Device> find(UserId user, DeviceId device) {
        return ground.database().read(tx -> store.find(tx, user, device));
    }

    /// Errors: `M_NOT_FOUND`.
    public void rename(Commit commit, UserId user, DeviceId device, String displayName) {
        DeviceRequest.requireShort(displayName);
        requireFound(store.rename(commit.tx(), user, device, displayName));
    }

    /// Errors: `M_NOT_FOUND`.
    public void attachHandset(Commit commit, UserId user, DeviceId device, String handset) {
        requireFound(store.attachHandset(commit.tx(), user, device, handset));
        commit.afterCommit(() -> callers.forget(user, device));
    }

    /// `listener` runs within the transaction that removes the device; what it throws keeps the device.
    public void whenRemoved(BiConsumer<Commit, RemovedDevice> listener) {
        inTheTransaction.add(listener);
    }

    /// A device of somebody who has others.
    record OneMore(UserId user, DeviceId device) {}

    /// `listener` runs within the transaction in which somebody who has devices gets another.
    void whenOneMore(BiConsumer<Commit, OneMore> listener) {
        oneMore.add(listener);
    }

    /// `listener` runs once the device's tokens no longer work, on the writer's thread: long polls end here.
    public void whenSignedOut(Consumer<RemovedDevice> listener) {
        afterwards.add(listener);
    }

    /// Those of `devices` that `user` has; the others are no error.
    public void remove(Commit commit, UserId user, Collection<DeviceId> devices, RemovedDevice.Why why) {
        for (var id : devices) {
            store.find(commit.tx(), user, id).ifPresent(device -> removeOne(commit, device, why));
        }
    }

    public void removeAll(Commit commit, UserId user, RemovedDevice.Why why) {
        store.list(commit.tx(), user).forEach(device -> removeOne(commit, device, why));
    }

    private void removeOne(Commit commit, Device device, RemovedDevice.Why why) {
        var removed = new RemovedDevice(device.user(), device.id(), device.handset(), why);
        inTheTransaction.forEach(listener -> listener.accept(commit, removed));
        if (why == RemovedDevice.Why.WIPED) {
            store.rememberWiped(commit.tx(), device.user(), device.id(), ground.now());
            store.personWiped(commit.tx(), device.user(), ground.now());
        }
        store.remove(commit.tx(), device.user(), device.id());
        audit(commit, why.action(), device.user(), device.id());
        ended(commit, new DeviceStore.DeviceKey(device.user(), device.id()), true);
        commit.afterCommit(() -> {
            callers.forget(device.user(), device.id());
            afterwards.forEach(listener -> listener.accept(removed));
        });
    }

    /// Locks one device, or unlocks it: its tokens stay and open nothing until then. Errors: `M_NOT_FOUND`.
    public void lock(Commit commit, UserId user, DeviceId device, boolean locked) {
        requireFound(store.lock(commit.tx(), user, device, locked ? Optional.of(ground.now()) : Optional.empty()));
        commit.afterCommit(() -> callers.forget(user, device));
        ended(commit, new DeviceStore.DeviceKey(user, device), locked);
    }

    /// Known to the deeds of the same batch at once, to later ones after the commit.
    private void ended(Commit commit, DeviceStore.DeviceKey device, boolean ended) {
        commit.stage(device, ended);
        commit.afterCommit(() -> {
            if (ended) {
                gone.put(device, true);
            } else {
                gone.invalidate(device);
            }
        });
    }

    /// For a deed of somebody who was asked who they are before it had its turn: what a device sends does not come
    /// after the acknowledged end of that device. Costs no query. Errors: `M_UNKNOWN_TOKEN`.
    public void requireThere(Commit commit, UserId user, DeviceId device) {
        var key = new DeviceStore.DeviceKey(user, device);
        var ended = commit.staged(key).orElseGet(() -> gone.getIfPresent(key) != null);
        if (ended.equals(true)) {
            throw new MatrixException(ErrorCode.M_UNKNOWN_TOKEN, "You are signed out. Sign in again.")
                    .with("soft_logout", JsonNodeFactory.instance.booleanNode(true));
        }
    }

    /// `listener` is told when a wiped device came back with its old token and was ordered to clear itself.
    public void whenWipedCalls(BiConsumer<UserId, DeviceId> listener) {
        callers.whenWipedCalls(device -> listener.accept(device.user(), device.device()));
    }

    /// A request whose device and token are chosen, ready for the deed.
    record Prepared(
            DeviceId device, String displayName, Token token, Optional<Token> refresh, Optional<AppAccess> app) {}

    Prepared prepare(DeviceRequest request) {
        var id = request.id().orElseGet(this::freshId);
        var refresh = request.renewable()
                ? Optional.of(Token.fresh(Token.REFRESH_TOKEN, ground.random()))
                : Optional.<Token>empty();
        var access = Token.fresh(Token.ACCESS_TOKEN, ground.random());
        return new Prepared(id, request.displayName().orElse(""), access, refresh, request.app());
    }

    /// Errors: `M_USER_DEACTIVATED`, `M_USER_LOCKED`; `M_RESOURCE_LIMIT_EXCEEDED` when the person has too many devices;
    /// `M_FORBIDDEN` for an app that asks for a device of the person's which is not its own.
    NewSession signIn(Commit commit, UserId user, Prepared prepared) {
        Admission.require(commit.tx(), user);
        var now = ground.now();
        var known = store.list(commit.tx(), user);
        var before = known.stream()
                .filter(device -> device.id().equals(prepared.device()))
                .findFirst();
        var isNew = before.isEmpty();
        prepared.app().ifPresent(app -> before.ifPresent(device -> requireSame(app, device)));
        if (isNew && known.size() >= MOST_PER_PERSON) {
            throw new MatrixException(
                    ErrorCode.M_RESOURCE_LIMIT_EXCEEDED, "You are signed in on too many devices. Sign one out first.");
        }
        if (isNew && store.isWiped(commit.tx(), user, prepared.device())) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN,
                    "That device was reported lost and is blocked for good. Sign in as a new device.");
        }
        store.signIn(
                commit.tx(),
                new Device(
                        user,
                        prepared.device(),
                        prepared.displayName(),
                        Optional.empty(),
                        now,
                        now,
                        prepared.app(),
                        before.filter(Device::locked).isPresent()));
        store.replaceToken(
                commit.tx(), user, prepared.device(), prepared.token().hash(), now);
        var renewal = renewable(commit, user, prepared, now);
        audit(commit, "device.signed_in", user, prepared.device());
        if (isNew && !known.isEmpty()) {
            oneMore.forEach(listener -> listener.accept(commit, new OneMore(user, prepared.device())));
        }
        if (isNew) {
            ended(commit, new DeviceStore.DeviceKey(user, prepared.device()), false);
        }
        commit.afterCommit(() -> callers.forget(user, prepared.device()));
        return new NewSession(user, prepared.device(), prepared.token().value(), renewal);
    }

    /// Or an app could put itself in the place of another, with the trust that colleagues have given its keys.
    private static void requireSame(AppAccess app, Device before) {
        if (before.app().filter(other -> other.client().equals(app.client())).isEmpty()) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "That device of yours is another app's.");
        }
    }

    private Optional<NewSession.Renewal> renewable(Commit commit, UserId user, Prepared prepared, Instant now) {
        refreshStore.removeOfDevice(commit.tx(), user, prepared.device());
        return prepared.refresh().map(refresh -> {
            var access = prepared.token().hash();
            var owner = new RefreshStore.Row(user, prepared.device(), null);
            refreshStore.limit(commit.tx(), access, now.plus(Refresh.ACCESS));
            refreshStore.add(commit.tx(), owner, new RefreshStore.Pair(refresh.hash(), access), now);
            return new NewSession.Renewal(refresh.value(), Refresh.ACCESS);
        });
    }

    private void audit(Commit commit, String action, UserId user, DeviceId device) {
        var details = Json.object().put("device", device.value());
        ground.audit().record(commit, new AuditEntry(action, user.value(), user.value(), "", details));
    }

    private DeviceId freshId() {
        var id = new StringBuilder();
        ground.random()
                .ints(DEVICE_LENGTH, 0, DEVICE_LETTERS.length())
                .forEach(i -> id.append(DEVICE_LETTERS.charAt(i)));
        return new DeviceId(id.toString());
    }

    private static void requireFound(boolean found) {
        if (!found) {
            throw new MatrixException(ErrorCode.M_NOT_FOUND, "You have no such device.");
        }
    }
}
