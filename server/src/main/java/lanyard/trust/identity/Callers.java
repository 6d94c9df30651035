package lanyard.trust.identity;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import lanyard.platform.http.Exchange;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.JsonNodeFactory;

/// From an access token to its caller, without a query for one seen in the last minute.
final class Callers {
    private static final int MOST_REMEMBERED = 100_000;
    private static final String BEARER = "Bearer ";
    /// <https://www.rfc-editor.org/rfc/rfc9449#section-7.1>
    private static final String BOUND = "DPoP ";
    static final String CLEAR = "\"cache\", \"cookies\", \"storage\"";
    /// All that somebody who is locked can do: <https://spec.matrix.org/v1.18/client-server-api/#account-locking>
    private static final Pattern SIGNING_OUT = Pattern.compile("/_matrix/client/(v3|r0)/logout(/all)?");
    /// All that a phone reported lost can do. It does not sign its person's other devices out.
    private static final Pattern SIGNING_ITSELF_OUT = Pattern.compile("/_matrix/client/(v3|r0)/logout");

    private final IdentityGround ground;
    private final DeviceStore store = new DeviceStore();
    /// By the token's hash: the token itself is not kept in memory.
    private final Remembered<ByteBuffer, DeviceStore.Known> remembered = new Remembered<>(MOST_REMEMBERED);

    private final Map<DeviceStore.DeviceKey, Instant> seen = new ConcurrentHashMap<>();
    private final List<BiConsumer<Caller, Exchange>> gates = new CopyOnWriteArrayList<>();
    private final List<BiConsumer<Caller, Exchange>> ownGates = new CopyOnWriteArrayList<>();
    private final List<Consumer<UserId>> whenForgotten = new CopyOnWriteArrayList<>();
    private final List<Consumer<DeviceStore.DeviceKey>> whenWipedCalls = new CopyOnWriteArrayList<>();
    private volatile KeyProof keyProof = KeyProof.NONE;

    Callers(IdentityGround ground) {
        this.ground = ground;
    }

    /// Errors: `M_MISSING_TOKEN`, `M_UNKNOWN_TOKEN`; for a wiped handset's token with the order to clear the phone.
    Caller caller(Exchange exchange) {
        var shown = shownBy(exchange);
        var token = shown.token();
        if (token.isAbsurd() || !token.value().startsWith(Token.ACCESS_TOKEN)) {
            throw unknown();
        }
        var hash = token.hash();
        var known = remembered.get(ByteBuffer.wrap(hash), () -> load(hash)).orElseThrow(() -> refusal(exchange, hash));
        var caller = known.caller();
        if (shown.asBound() || isBound(caller)) {
            keyProof.require(exchange, token.value(), caller);
        }
        requireGood(known, exchange);
        var asked = caller.app().isEmpty() ? ownGates : gates;
        if (caller.app().isEmpty() || !caller.seesClinicalRooms()) {
            asked.forEach(gate -> gate.accept(caller, exchange));
        }
        seen.put(new DeviceStore.DeviceKey(caller.user(), caller.device()), ground.now());
        return caller;
    }

    private static boolean isBound(Caller caller) {
        return caller.app().isPresent() && caller.app().get().key().isPresent();
    }

    void use(KeyProof proof) {
        keyProof = proof;
    }

    void gateOwn(BiConsumer<Caller, Exchange> gate) {
        ownGates.add(gate);
    }

    void gate(BiConsumer<Caller, Exchange> gate) {
        gates.add(gate);
    }

    /// The first use of a token that ends says that it has arrived.
    private Optional<DeviceStore.Known> load(byte[] hash) {
        var known = ground.database().read(tx -> store.caller(tx, hash));
        if (known.filter(k -> k.expires().isPresent() && !k.isUsed()).isPresent()) {
            ground.database().write(tx -> {
                new RefreshStore().firstUse(tx, hash, ground.now());
                return true;
            });
            remembered.forgetIf(other -> isOf(
                    other, known.get().caller().user(), known.get().caller().device()));
        }
        return known;
    }

    private void requireGood(DeviceStore.Known known, Exchange exchange) {
        if (known.expires().filter(end -> !end.isAfter(ground.now())).isPresent()) {
            throw softly(unknown());
        }
        if (known.deviceLocked() && !SIGNING_ITSELF_OUT.matcher(exchange.path()).matches()) {
            throw lost();
        }
        if (known.locked() && !SIGNING_OUT.matcher(exchange.path()).matches()) {
            throw Admission.locked();
        }
        if (known.suspended() && !SuspendedDeeds.allow(exchange.method(), exchange.path())) {
            throw new MatrixException(
                    ErrorCode.M_USER_SUSPENDED,
                    "Your account is suspended: you can read, but not do this. Ask your information governance team.");
        }
    }

    /// What a device that was reported lost is told, whatever it asks. It keeps what it has: the phone may be found.
    private static MatrixException lost() {
        return softly(new MatrixException(
                ErrorCode.M_USER_LOCKED,
                "This phone was reported lost and is locked. If you have it, unlock it on the lost-phone page."));
    }

    private static MatrixException softly(MatrixException refusal) {
        return refusal.with("soft_logout", JsonNodeFactory.instance.booleanNode(true));
    }

    private static boolean isOf(DeviceStore.Known known, UserId user, DeviceId device) {
        return known.caller().user().equals(user) && known.caller().device().equals(device);
    }

    /// A token, and whether it was said to be bound to a key.
    private record Shown(Token token, boolean asBound) {}

    /// A token in the address would be in every log on the way.
    private static Shown shownBy(Exchange exchange) {
        if (exchange.query("access_token").isPresent()) {
            throw new MatrixException(
                    ErrorCode.M_MISSING_TOKEN,
                    "Send the access token in the Authorization header, not in the address.");
        }
        var header = exchange.header("Authorization").orElse("");
        var asBound = begins(header, BOUND);
        if (!asBound && !begins(header, BEARER)) {
            throw new MatrixException(ErrorCode.M_MISSING_TOKEN, "Sign in first.");
        }
        var scheme = asBound ? BOUND : BEARER;
        return new Shown(new Token(header.substring(scheme.length()).strip()), asBound);
    }

    private static boolean begins(String header, String scheme) {
        return header.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    /// A refresh token is shown where no caller is asked for. Errors: `M_UNKNOWN_TOKEN` with the order to clear the
    /// phone for a wiped handset's, `M_USER_LOCKED` for one reported lost.
    void requireRefreshable(Exchange exchange, Token token) {
        var hash = token.hash();
        if (ground.database().read(tx -> store.findWiped(tx, hash)).isPresent()) {
            throw refusal(exchange, hash);
        }
        if (ground.database().read(tx -> store.isLocked(tx, hash))) {
            throw lost();
        }
    }

    private MatrixException refusal(Exchange exchange, byte[] hash) {
        ground.database().read(tx -> store.findWiped(tx, hash)).ifPresent(device -> {
            exchange.replyHeader("Clear-Site-Data", CLEAR);
            device.ifPresent(it -> whenWipedCalls.forEach(listener -> listener.accept(it)));
        });
        return unknown();
    }

    /// `listener` is told when the token of a wiped device was shown and answered with the order to clear the phone.
    void whenWipedCalls(Consumer<DeviceStore.DeviceKey> listener) {
        whenWipedCalls.add(listener);
    }

    /// `listener` is told, after the commit, whose parked requests must look again whether they still may.
    void whenForgotten(Consumer<UserId> listener) {
        whenForgotten.add(listener);
    }

    private static MatrixException unknown() {
        return new MatrixException(ErrorCode.M_UNKNOWN_TOKEN, "You are signed out. Sign in again.");
    }

    void forget(UserId user, DeviceId device) {
        remembered.forgetIf(known -> isOf(known, user, device));
        seen.remove(new DeviceStore.DeviceKey(user, device));
        whenForgotten.forEach(listener -> listener.accept(user));
    }

    /// Call this after the commit that changed how somebody stands.
    void forget(UserId user) {
        remembered.forgetIf(known -> known.caller().user().equals(user));
        whenForgotten.forEach(listener -> listener.accept(user));
    }

    Optional<Instant> lastSeen(UserId user, DeviceId device) {
        return Optional.ofNullable(seen.get(new DeviceStore.DeviceKey(user, device)));
    }

    /// Writes down, every few minutes, when devices were last seen.
    void keepLastSeen() {
        var batch = new HashMap<>(seen);
        if (!batch.isEmpty()) {
            ground.database().write(tx -> {
                store.seen(tx, batch);
                return true;
            });
            batch.forEach(seen::remove);
        }
    }
}
