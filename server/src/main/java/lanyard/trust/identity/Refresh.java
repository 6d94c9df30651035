package lanyard.trust.identity;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import tools.jackson.databind.node.JsonNodeFactory;

/// Access tokens that end after a quarter of an hour, and the tokens that renew them.
/// <https://spec.matrix.org/v1.18/client-server-api/#refreshing-access-tokens>
///
/// What could go wrong: a stolen refresh token is used beside its owner. So each is good once; whoever comes back with
/// one that was used, after its successor was, ends the device, because one of the two is a thief. A lost answer is no
/// theft: as long as the new tokens were not used, the old one may be exchanged again.
public final class Refresh {
    static final Duration ACCESS = Duration.ofMinutes(15);

    private final IdentityGround ground;
    private final Devices devices;
    private final Leavers leavers;
    private final RefreshStore store = new RefreshStore();
    private final DeviceStore deviceStore = new DeviceStore();

    Refresh(IdentityGround ground, Devices devices, Leavers leavers) {
        this.ground = ground;
        this.devices = devices;
        this.leavers = leavers;
    }

    /// New tokens for an old one. Errors: `M_UNKNOWN_TOKEN` and `M_USER_LOCKED` with `soft_logout`;
    /// `M_USER_DEACTIVATED`.
    public NewSession refresh(String refreshToken) {
        return refresh(refreshToken, device -> device.app().isEmpty()).orElseThrow(Refresh::unknown);
    }

    /// The same for a device of which `isTheirs` is true. Empty for a token that is not good.
    Optional<NewSession> refresh(String refreshToken, Predicate<Device> isTheirs) {
        var given = new Token(refreshToken);
        if (given.isAbsurd() || !refreshToken.startsWith(Token.REFRESH_TOKEN)) {
            return Optional.empty();
        }
        var access = Token.fresh(Token.ACCESS_TOKEN, ground.random());
        var next = Token.fresh(Token.REFRESH_TOKEN, ground.random());
        var hash = given.hash();
        return ground.writer().write(commit -> {
            if (leavers.wasLeavers(commit, hash)) {
                throw Admission.deactivated();
            }
            var device = deviceStore.ofToken(commit.tx(), hash).filter(isTheirs);
            return device.isPresent() ? exchange(commit, hash, access, next) : Optional.empty();
        });
    }

    /// Empty for a token that is not good; one used twice has ended its device by then.
    private Optional<NewSession> exchange(Commit commit, byte[] hash, Token access, Token next) {
        var found = store.find(commit.tx(), hash);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var row = found.get();
        Admission.require(commit.tx(), row.user());
        var successor = row.successor();
        if (successor != null) {
            if (!store.isUnused(commit.tx(), successor)) {
                devices.remove(commit, row.user(), List.of(row.device()), RemovedDevice.Why.TOKEN_USED_TWICE);
                return Optional.empty();
            }
            store.remove(commit.tx(), successor);
        }
        var now = ground.now();
        store.addAccess(commit.tx(), row, access.hash(), now, now.plus(ACCESS));
        store.add(commit.tx(), row, new RefreshStore.Pair(next.hash(), access.hash()), now);
        store.succeed(commit.tx(), hash, next.hash());
        var renewal = new NewSession.Renewal(next.value(), ACCESS);
        return Optional.of(new NewSession(row.user(), row.device(), access.value(), Optional.of(renewal)));
    }

    void sweep() {
        ground.database().write(tx -> {
            store.sweep(tx, ground.now());
            return true;
        });
    }

    private static MatrixException unknown() {
        return new MatrixException(ErrorCode.M_UNKNOWN_TOKEN, "You are signed out. Sign in again.")
                .with("soft_logout", JsonNodeFactory.instance.booleanNode(true));
    }
}
