package lanyard.messaging.account;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.ObjectNode;

/// Who is there, by the minute and in memory only. Off unless the organisation wants it: then everybody is offline to
/// everybody. <https://spec.matrix.org/v1.18/client-server-api/#presence>
final class Presence {
    private static final Set<String> STATES = Set.of("online", "offline", "unavailable");
    private static final Duration GONE_AFTER = Duration.ofMinutes(10);
    private static final int LONGEST_MESSAGE = 200;
    private static final long MINUTE = 60_000;

    private record Said(String state, Optional<String> message, long at) {}

    private final AccountParts parts;
    private final Map<UserId, Said> said = new ConcurrentHashMap<>();

    Presence(AccountParts parts) {
        this.parts = parts;
    }

    /// Errors: `M_INVALID_PARAM`.
    void say(UserId user, String state, Optional<String> message) {
        if (!STATES.contains(state)) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "Presence is online, offline or unavailable.");
        }
        if (message.filter(text -> text.length() > LONGEST_MESSAGE).isPresent()) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "A status has up to " + LONGEST_MESSAGE + " characters.");
        }
        if (parts.settings().presence()) {
            said.put(user, new Said(state, message, now()));
        }
    }

    ObjectNode of(UserId user) {
        var known = said.get(user);
        if (known == null || now() - known.at() > GONE_AFTER.toMillis()) {
            return Json.object().put("presence", "offline");
        }
        var reply = Json.object()
                .put("presence", known.state())
                .put("last_active_ago", (now() - known.at()) / MINUTE * MINUTE)
                .put("currently_active", known.state().equals("online"));
        known.message().ifPresent(message -> reply.put("status_msg", message));
        return reply;
    }

    private long now() {
        return parts.given().clock().millis();
    }
}
