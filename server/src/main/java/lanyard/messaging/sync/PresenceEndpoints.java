package lanyard.messaging.sync;

import java.util.Set;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;

/// <https://spec.matrix.org/v1.18/client-server-api/#presence>. Who is at their phone is not shown to anybody: what a
/// client says of it is taken and kept nowhere, and everybody is offline to those who share a room with them.
final class PresenceEndpoints {
    private static final String STATUS = "/_matrix/client/v3/presence/{userId}/status";
    static final Set<String> WORDS = Set.of("online", "offline", "unavailable");

    private final SyncParts parts;

    PresenceEndpoints(SyncParts parts) {
        this.parts = parts;
    }

    void addTo(Routes routes) {
        routes.add("PUT " + STATUS, this::setPresence);
        routes.add("GET " + STATUS, this::getPresence);
    }

    private Reply setPresence(Exchange x) {
        var caller = parts.identity().caller(x);
        if (!new UserId(x.param("userId")).equals(caller.user())) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "You can only speak of your own presence.");
        }
        if (!WORDS.contains(Json.text(x.body(), "presence"))) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "One is online, offline or unavailable.");
        }
        return Reply.empty();
    }

    private Reply getPresence(Exchange x) {
        var caller = parts.identity().caller(x);
        var user = new UserId(x.param("userId"));
        if (!parts.timeline().memberships().sharing(caller.user()).contains(user)) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "You share no conversation with that person.");
        }
        return Reply.json(Json.object().put("presence", "offline"));
    }
}
