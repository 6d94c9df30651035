package lanyard.messaging.sync;

import java.time.Duration;
import java.util.Optional;
import lanyard.messaging.timeline.Reader;
import lanyard.messaging.timeline.RoomView;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.platform.stream.SyncToken;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.trust.identity.Caller;
import tools.jackson.databind.node.ObjectNode;

/// <https://spec.matrix.org/v1.18/client-server-api/#get_matrixclientv3sync>
final class SyncEndpoints {
    private static final int LONGEST_FILTER = 16_384;

    private final Sync sync;
    private final SyncParts parts;
    private final Presence presence;

    SyncEndpoints(Sync sync, SyncParts parts, Presence presence) {
        this.sync = sync;
        this.parts = parts;
        this.presence = presence;
    }

    void addTo(Routes routes) {
        routes.add("GET /_matrix/client/v3/sync", this::sync);
    }

    private Reply sync(Exchange x) {
        var caller = parts.identity().caller(x);
        presence.say(new Reader(caller.user(), caller.device()), PresenceEndpoints.inSync(x));
        try {
            return Reply.jsonBytes(
                    200, sync.sync(request(x, caller), () -> parts.identity().requireStill(x)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MatrixException(ErrorCode.M_LIMIT_EXCEEDED, "The server is stopping. Ask again in a moment.");
        }
    }

    private SyncRequest request(Exchange x, Caller caller) {
        var incarnation = parts.writer().visible().incarnation();
        var since = x.query("since").filter(token -> !token.isEmpty()).map(SyncEndpoints::token);
        // A token of before a restore from backup: whoever holds it starts afresh.
        var known = since.filter(token -> token.incarnation().equals(incarnation))
                .filter(token -> parts.writer().visible().covers(token));
        var fullState = x.query("full_state").map(Boolean::parseBoolean).orElse(false);
        return new SyncRequest(
                new Reader(caller.user(), caller.device()),
                known.orElseGet(() -> SyncToken.start(incarnation)),
                known.isEmpty(),
                known.isEmpty() && since.isPresent(),
                fullState ? Duration.ZERO : timeout(x),
                fullState,
                x.query("use_state_after").map(Boolean::parseBoolean).orElse(false),
                SyncFilter.of(filter(x, caller)),
                RoomView.of(caller));
    }

    private static SyncToken token(String text) {
        return SyncToken.parse(text)
                .orElseThrow(() -> new MatrixException(
                        ErrorCode.M_INVALID_PARAM, "That is not a token this server gave; sync again without one."));
    }

    private static Duration timeout(Exchange x) {
        return x.query("timeout")
                .map(text -> {
                    if (!text.matches("[0-9]{1,9}")) {
                        throw new MatrixException(ErrorCode.M_INVALID_PARAM, "timeout is a number of milliseconds.");
                    }
                    return Duration.ofMillis(Long.parseLong(text));
                })
                .orElse(Duration.ZERO);
    }

    private ObjectNode filter(Exchange x, Caller caller) {
        Optional<String> given = x.query("filter").filter(text -> !text.isEmpty());
        if (given.isEmpty()) {
            return Json.object();
        }
        var text = given.get();
        if (!text.startsWith("{")) {
            return parts.filters().get(caller.user(), text);
        }
        if (text.length() > LONGEST_FILTER) {
            throw new MatrixException(ErrorCode.M_TOO_LARGE, "That filter is too long; save it and use its id.");
        }
        return Json.object(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
