package lanyard.trust.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;

/// Devices of other apps: how they begin, are renewed and end. The protocol through which they do is `lanyard.trust`'s
/// feature `oauth`; the tokens are the same, in the same place, as those of our own app.
public final class AppSessions {
    private static final int MOST_TOLD = 10_000;

    private final IdentityGround ground;
    private final SignIn signIn;
    private final Devices devices;
    private final Refresh refresh;
    private final DeviceStore store = new DeviceStore();
    private final TroubleStore trouble = new TroubleStore();
    /// One sign of trouble for each device and hour, however often a thief tries.
    private final Cache<DeviceStore.DeviceKey, Boolean> told = Caffeine.newBuilder()
            .maximumSize(MOST_TOLD)
            .expireAfterWrite(Duration.ofHours(1))
            .build();

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
        return signIn.loginTokens().use(commit, loginToken);
    }

    /// For somebody for whom another has vouched that they passed both steps.
    public String giveLoginToken(Commit commit, UserId user) {
        return signIn.loginTokens().give(commit, user);
    }

    /// Somebody on a page of ours that does several things after one sign-in: each call uses a login token up and
    /// answers with the next.
    public record Visitor(UserId user, String next) {
        @Override
        public String toString() {
            return "Visitor[" + user + ", hidden]";
        }
    }

    /// Errors: `M_FORBIDDEN` for a token that is used or late, and once a quarter of an hour has passed since both
    /// steps were; `M_USER_DEACTIVATED`, `M_USER_LOCKED`.
    public Visitor visit(Commit commit, String loginToken) {
        return signIn.loginTokens().visit(commit, loginToken);
    }

    public Ready prepare(DeviceRequest request) {
        return new Ready(devices.prepare(request));
    }

    /// Errors: `M_RESOURCE_LIMIT_EXCEEDED`, `M_FORBIDDEN` for a device that is another app's.
    public NewSession begin(Commit commit, UserId user, Ready ready) {
        return signIn.device(commit, user, ready.prepared);
    }

    /// Empty for a token that is not good, not this app's or bound to another key than `key`, which is left as it was;
    /// one used twice has ended its device by then.
    public Optional<NewSession> refresh(String refreshToken, String client, Optional<String> key) {
        return refresh.refresh(
                refreshToken,
                device -> device.app()
                        .filter(app -> app.client().equals(client) && app.isHeldBy(key))
                        .isPresent());
    }

    /// Whether the tokens of a session are bound to a key.
    public boolean isBound(NewSession session) {
        return devices.find(session.user(), session.device())
                .flatMap(Device::app)
                .flatMap(AppAccess::key)
                .isPresent();
    }

    /// Somebody showed a token of this device's without its key: it may be a thief, so administrators are told.
    public void shownWithoutKey(Caller caller, String source) {
        var device = new DeviceStore.DeviceKey(caller.user(), caller.device());
        if (told.asMap().putIfAbsent(device, true) == null) {
            ground.writer().write(commit -> {
                trouble.add(commit.tx(), Trouble.withoutKey(caller.user().value(), source, ground.now()));
                var user = caller.user().value();
                var details = Json.object().put("device", caller.device().value());
                ground.audit().record(commit, new AuditEntry("token.shown_without_key", user, user, "", details));
                return device;
            });
        }
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
