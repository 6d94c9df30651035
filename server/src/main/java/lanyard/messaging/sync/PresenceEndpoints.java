package lanyard.messaging.sync;

import java.util.Set;
import lanyard.messaging.sync.Presence.Standing;
import lanyard.messaging.timeline.Reader;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.ObjectNode;

/// <https://spec.matrix.org/v1.18/client-server-api/#presence>. Unless the organisation's policy has it shown,
/// who is at their phone is not: what a client says of it is taken and kept nowhere, and everybody is offline
/// to those who share a room with them. A status text is never kept: nobody looks after it.
final class PresenceEndpoints {
    private static final String STATUS = "/_matrix/client/v3/presence/{userId}/status";
    static final Set<String> WORDS = Set.of("online", "offline", "unavailable");

    private final SyncParts parts;
    private final Presence presence;

    PresenceEndpoints(SyncParts parts, Presence presence) {
        this.parts = parts;
        this.presence = presence;
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
        presence.say(new Reader(caller.user(), caller.device()), word(Json.text(x.body(), "presence")));
        return Reply.empty();
    }

    /// Errors: `M_INVALID_PARAM`.
    static String word(String text) {
        if (!WORDS.contains(text)) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "One is online, offline or unavailable.");
        }
        return text;
    }

    /// What a sync says of its person: that they are there, unless it says otherwise.
    static String inSync(Exchange x) {
        return word(x.query("set_presence").orElse("online"));
    }

    static ObjectNode event(Presence presence, UserId user, Standing standing) {
        var event = Json.object().put("type", "m.presence").put("sender", user.value());
        event.set("content", content(presence, standing));
        return event;
    }

    private static ObjectNode content(Presence presence, Standing standing) {
        var content = Json.object().put("presence", standing.word());
        var ago = presence.activeAgoMs(standing);
        if (ago >= 0) {
            content.put("last_active_ago", ago);
        }
        return standing.word().equals(Presence.OFFLINE)
                ? content
                : content.put("currently_active", standing.word().equals("online"));
    }

    private Reply getPresence(Exchange x) {
        var caller = parts.identity().caller(x);
        var user = new UserId(x.param("userId"));
        if (!parts.timeline().memberships().sharing(caller.user()).contains(user)) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "You share no conversation with that person.");
        }
        return Reply.json(content(presence, presence.of(user)));
    }
}
