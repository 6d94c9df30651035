package lanyard.trust.oauth;

import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationGrantError;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.NewSession;
import lanyard.trust.identity.Token;

/// Signing in on one device by a short code typed on another.
/// <https://spec.matrix.org/v1.18/client-server-api/#device-authorization-grant>
///
/// What could go wrong: somebody is talked into typing a code that a stranger read to them. So the page says which app
/// will be let in and that a code from anybody else must not be typed; and codes live ten minutes.
final class DeviceGrants {
    static final Duration GOOD = Duration.ofMinutes(10);
    static final int INTERVAL = 5;
    private static final String DEVICE_CODE = "lyd_";
    /// No vowels, so that no words come out, and nothing that looks like something else.
    private static final String LETTERS = "BCDFGHJKLMNPQRSTVWXZ";

    private static final int LENGTH = 8;

    private final Grants grants;
    private final OAuthParts parts;
    private final GrantStore store = new GrantStore();

    DeviceGrants(Grants grants, OAuthParts parts) {
        this.grants = grants;
        this.parts = parts;
    }

    record Started(String deviceCode, String userCode) {
        @Override
        public String toString() {
            return "Started[hidden]";
        }
    }

    Started start(AppClient client, DeviceId device) {
        var now = parts.ground().now();
        var deviceCode = Token.fresh(DEVICE_CODE, parts.ground().random());
        var userCode = userCode(parts.ground().random());
        var waiting = new GrantStore.Waiting(client.id(), device, now.plus(GOOD), now, INTERVAL, null, false);
        parts.ground().writer().write(commit -> {
            store.addWaiting(commit.tx(), deviceCode.hash(), hash(userCode), waiting);
            return waiting;
        });
        return new Started(
                deviceCode.value(), userCode.substring(0, LENGTH / 2) + "-" + userCode.substring(LENGTH / 2));
    }

    private static String userCode(SecureRandom random) {
        var code = new StringBuilder();
        random.ints(LENGTH, 0, LETTERS.length()).forEach(i -> code.append(LETTERS.charAt(i)));
        return code.toString();
    }

    /// People type codes with spaces, dashes and small letters.
    private static byte[] hash(String typed) {
        var plain = typed.toUpperCase(Locale.ROOT).replaceAll("[^A-Z]", "");
        return new Token("user code " + plain).hash();
    }

    /// The client that waits for this code. Errors: `M_NOT_FOUND`.
    String clientOf(String userCode) {
        return parts.ground()
                .database()
                .read(tx -> store.findByUserCode(tx, hash(userCode)))
                .filter(this::isOpen)
                .map(GrantStore.Waiting::client)
                .orElseThrow(DeviceGrants::unknown);
    }

    private boolean isOpen(GrantStore.Waiting waiting) {
        return waiting.expires().isAfter(parts.ground().now()) && waiting.user() == null && !waiting.refused();
    }

    /// Errors: `M_NOT_FOUND`, `M_FORBIDDEN`.
    void allow(String userCode, ApprovedApp app, String loginToken) {
        parts.ground().writer().write(commit -> {
            requireOpen(commit, userCode);
            var user = grants.person(commit, app, loginToken);
            store.allow(commit.tx(), hash(userCode), user);
            grants.audit(commit, user, app);
            return user;
        });
    }

    void refuse(String userCode) {
        parts.ground().writer().write(commit -> {
            requireOpen(commit, userCode);
            store.refuse(commit.tx(), hash(userCode));
            return userCode;
        });
    }

    private void requireOpen(Commit commit, String userCode) {
        var waiting = store.findByUserCode(commit.tx(), hash(userCode));
        if (waiting.filter(this::isOpen).isEmpty()) {
            throw unknown();
        }
    }

    private static MatrixException unknown() {
        return new MatrixException(
                ErrorCode.M_NOT_FOUND, "That code is not known or too old. Look at your other device for a new one.");
    }

    /// The app asks whether somebody has let it in. Errors: `authorization_pending`, `slow_down`, `expired_token`,
    /// `access_denied`, `invalid_grant`.
    NewSession poll(Grants.Asker asker, String deviceCode) {
        var given = new Token(deviceCode);
        if (given.isAbsurd() || !deviceCode.startsWith(DEVICE_CODE)) {
            throw new OAuthRefusal(OAuth2Error.INVALID_GRANT, "That code is not good. Start again.");
        }
        var ready = grants.prepare(asker);
        return parts.ground()
                .writer()
                .write(commit -> store.findByDeviceCode(commit.tx(), given.hash())
                        .filter(waiting ->
                                waiting.client().equals(asker.client().id()))
                        .map(waiting -> answer(commit, given.hash(), waiting, ready))
                        .orElseGet(() -> Grants.Outcome.refused(OAuth2Error.INVALID_GRANT)))
                .orRefuse();
    }

    private Grants.Outcome answer(Commit commit, byte[] code, GrantStore.Waiting waiting, Grants.Ready ready) {
        var now = parts.ground().now();
        if (!waiting.expires().isAfter(now)) {
            return Grants.Outcome.refused(DeviceAuthorizationGrantError.EXPIRED_TOKEN);
        }
        if (waiting.refused()) {
            store.removeWaiting(commit.tx(), code);
            return Grants.Outcome.refused(OAuth2Error.ACCESS_DENIED);
        }
        var tooSoon = waiting.nextPoll().isAfter(now);
        var interval = tooSoon ? waiting.interval() + INTERVAL : waiting.interval();
        store.polled(commit.tx(), code, interval, now.plusSeconds(interval));
        if (tooSoon) {
            return Grants.Outcome.refused(DeviceAuthorizationGrantError.SLOW_DOWN);
        }
        return Optional.ofNullable(waiting.user())
                .map(user -> {
                    store.removeWaiting(commit.tx(), code);
                    return grants.begin(commit, new UserId(user), waiting.device(), ready);
                })
                .orElseGet(() -> Grants.Outcome.refused(DeviceAuthorizationGrantError.AUTHORIZATION_PENDING));
    }
}
