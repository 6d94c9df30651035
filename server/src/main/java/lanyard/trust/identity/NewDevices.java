package lanyard.trust.identity;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;

/// A sign-in that nobody expected: whoever gets one more device is asked on the others whether it was them.
///
/// What could go wrong: the one who came in uninvited answers the question, or throws the others out. So a device is
/// asked about on those that were there before it, and answers for no older one. "It was not me" takes effect at once
/// and needs no further proof: it gives nothing to anybody.
public final class NewDevices {
    /// A question that nobody answers is dropped.
    private static final Duration ASKED = Duration.ofDays(30);

    private final IdentityGround ground;
    private final Devices devices;
    private final NewDeviceStore store = new NewDeviceStore();
    private final SignInStore signIns = new SignInStore();
    private final TroubleStore trouble = new TroubleStore();
    private final List<BiConsumer<Commit, UserId>> changed = new CopyOnWriteArrayList<>();
    private final List<BiConsumer<Commit, Added>> added = new CopyOnWriteArrayList<>();

    NewDevices(IdentityGround ground, Devices devices, boolean enforced) {
        this.ground = ground;
        this.devices = devices;
        if (enforced) {
            devices.whenOneMore(this::ask);
        }
    }

    /// Somebody who has devices has one more.
    public record Added(UserId user, DeviceId device) {}

    /// `listener` runs within the transaction of the sign-in.
    public void whenAdded(BiConsumer<Commit, Added> listener) {
        added.add(listener);
    }

    /// `listener` runs within the transaction after which there is something else to ask.
    public void whenChanged(BiConsumer<Commit, UserId> listener) {
        changed.add(listener);
    }

    private void ask(Commit commit, Devices.OneMore oneMore) {
        store.question(commit.tx(), oneMore.user(), oneMore.device());
        changed.forEach(listener -> listener.accept(commit, oneMore.user()));
        added.forEach(listener -> listener.accept(commit, new Added(oneMore.user(), oneMore.device())));
    }

    /// Those that the caller's device may answer for.
    List<NewDeviceStore.Row> list(Caller caller) {
        return ground.database()
                .read(tx -> store.list(
                        tx, caller.user(), caller.device(), ground.now().minus(ASKED)));
    }

    /// Errors: `M_NOT_FOUND`.
    void mine(Caller caller, DeviceId device) {
        ground.writer().write(commit -> {
            requireAsked(commit, caller, device);
            store.answer(commit.tx(), caller.user(), device);
            var details = Json.object().put("device", device.value());
            var user = caller.user().value();
            ground.audit().record(commit, new AuditEntry("device.owned", user, user, "", details));
            changed.forEach(listener -> listener.accept(commit, caller.user()));
            return device;
        });
    }

    /// Signs it out, and makes every browser a stranger again. Errors: `M_NOT_FOUND`.
    void notMine(Caller caller, DeviceId device) {
        ground.writer().write(commit -> {
            requireAsked(commit, caller, device);
            signIns.forget(commit.tx(), caller.user());
            devices.remove(commit, caller.user(), List.of(device), RemovedDevice.Why.DISOWNED);
            trouble.add(commit.tx(), Trouble.disowned(caller.user().value(), ground.now()));
            changed.forEach(listener -> listener.accept(commit, caller.user()));
            return device;
        });
    }

    private void requireAsked(Commit commit, Caller caller, DeviceId device) {
        var since = ground.now().minus(ASKED);
        if (store.list(commit.tx(), caller.user(), caller.device(), since).stream()
                .noneMatch(row -> row.device().equals(device))) {
            throw new MatrixException(ErrorCode.M_NOT_FOUND, "There is no new device to say that of.");
        }
    }

    void sweep() {
        ground.database().write(tx -> {
            trouble.sweep(tx, ground.now());
            return true;
        });
    }
}
