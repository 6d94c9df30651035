package lanyard.trust.identity;

import java.util.List;
import java.util.Optional;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.UserId;

/// Devices of other apps: how they begin, are renewed and end. The protocol through which they do is `lanyard.trust`'s
/// feature `oauth`; the tokens are the same, in the same place, as those of our own app.
public final class AppSessions {
    private final IdentityGround ground;
    private final SignIn signIn;
    private final Devices devices;
    private final Refresh refresh;
    private final DeviceStore store = new DeviceStore();

    AppSessions(IdentityGround ground, SignIn signIn, Devices devices, Refresh refresh) {
        this.ground = ground;
        this.signIn = signIn;
        this.devices = devices;
        this.refresh = refresh;
    }

    /// A device whose tokens are made, ready for the deed.
    public static final class Ready {
        private final Devices.Prepared prepared;

        private Ready(Devices.Prepared prepared) {
            this.prepared = prepared;
        }
    }

    /// Whom a login token stands for: somebody who has just passed both steps. It is used up.
    public Optional<UserId> useLoginToken(Commit commit, String loginToken) {
        return signIn.useLoginToken(commit, loginToken);
    }

    /// For the next deed on a page whose person has just passed both steps.
    public String giveLoginToken(Commit commit, UserId user) {
        return signIn.giveLoginToken(commit, user);
    }

    public Ready prepare(DeviceRequest request) {
        return new Ready(devices.prepare(request));
    }

    /// Errors: `M_RESOURCE_LIMIT_EXCEEDED`, `M_FORBIDDEN` for a device that is another app's.
    public NewSession begin(Commit commit, UserId user, Ready ready) {
        return signIn.device(commit, user, ready.prepared);
    }

    /// Empty for a token that is not good or not this app's; one used twice has ended its device by then.
    public Optional<NewSession> refresh(String refreshToken, String client) {
        return refresh.refresh(refreshToken, Optional.of(client));
    }

    /// Ends the device that a token of either kind is of. A token that nobody knows is no error, and neither is one of
    /// our own app's, which is left alone.
    public void revoke(String token) {
        var given = new Token(token);
        if (given.isAbsurd()) {
            return;
        }
        var hash = given.hash();
        ground.writer().write(commit -> {
            var device =
                    store.ofToken(commit.tx(), hash).filter(found -> found.app().isPresent());
            device.ifPresent(
                    found -> devices.remove(commit, found.user(), List.of(found.id()), RemovedDevice.Why.SIGNED_OUT));
            return device;
        });
    }

    /// Ends one device if it is that app's: somebody used its code twice.
    public void codeUsedTwice(Commit commit, UserId user, DeviceId device, String client) {
        store.find(commit.tx(), user, device)
                .filter(found -> found.app().map(AppAccess::client).equals(Optional.of(client)))
                .ifPresent(found -> devices.remove(commit, user, List.of(device), RemovedDevice.Why.TOKEN_USED_TWICE));
    }

    /// Ends every device of an app that is approved no longer.
    public void withdraw(Commit commit, String client) {
        store.listOfApp(commit.tx(), client)
                .forEach(device ->
                        devices.remove(commit, device.user(), List.of(device.id()), RemovedDevice.Why.APP_WITHDRAWN));
    }
}
