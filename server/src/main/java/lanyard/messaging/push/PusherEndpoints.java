package lanyard.messaging.push;

import java.net.URI;
import java.time.temporal.ChronoUnit;
import java.util.List;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.trust.identity.Caller;
import tools.jackson.databind.node.ObjectNode;

/// <https://spec.matrix.org/v1.18/client-server-api/#receiving-notifications>
///
/// What could go wrong: a phone is told that it will be woken, and is not; or this server is made to call an address of
/// somebody's choosing. So only gateways that the organisation has named are accepted, and only the form that says
/// nothing.
final class PusherEndpoints {
    private static final int LONGEST_APP = 64;
    private static final int LONGEST_KEY = 512;
    private static final int LARGEST = 4_096;
    private static final List<String> SHOWN = List.of(
            "app_display_name", "app_id", "data", "device_display_name", "kind", "lang", "profile_tag", "pushkey");

    private final PushParts parts;
    private final Pushers pushers;

    PusherEndpoints(PushParts parts, Pushers pushers) {
        this.parts = parts;
        this.pushers = pushers;
    }

    void addTo(Routes routes) {
        routes.add("GET /_matrix/client/v3/pushers", this::getPushers);
        routes.add("POST /_matrix/client/v3/pushers/set", this::postPusher);
    }

    private Reply getPushers(Exchange x) {
        var caller = parts.identity().caller(x);
        var reply = Json.object();
        var list = reply.putArray("pushers");
        pushers.of(caller.user()).stream()
                .filter(pusher -> !pusher.isOurs())
                .forEach(pusher -> list.add(pusher.content()));
        return Reply.json(reply);
    }

    private Reply postPusher(Exchange x) {
        var caller = parts.identity().caller(x);
        var body = x.body();
        var app = required(body, "app_id", LONGEST_APP);
        var key = required(body, "pushkey", LONGEST_KEY);
        if (app.equals(Pusher.WEB)) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "That app_id is the staff app's own.");
        }
        if (Json.optionalText(body, "kind").isEmpty()) {
            pushers.remove(pusher -> pusher.user().equals(caller.user())
                    && pusher.app().equals(app)
                    && pusher.key().equals(key));
            return Reply.empty();
        }
        pushers.put(
                pusher(caller, body, app, key),
                Json.optionalBoolean(body, "append").orElse(false));
        return Reply.empty();
    }

    private static String required(ObjectNode body, String field, int longest) {
        var text = Json.optionalText(body, field)
                .orElseThrow(
                        () -> new MatrixException(ErrorCode.M_MISSING_PARAM, "The field " + field + " is missing."));
        if (text.isEmpty() || text.length() > longest) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "The field " + field + " has 1 to " + longest + " characters.");
        }
        return text;
    }

    private Pusher pusher(Caller caller, ObjectNode body, String app, String key) {
        if (!Json.text(body, "kind").equals("http")) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "Only pushers of the kind http are served.");
        }
        for (var field : List.of("app_display_name", "device_display_name", "lang")) {
            required(body, field, LONGEST_KEY);
        }
        var data = Json.optionalObject(body, "data")
                .orElseThrow(() -> new MatrixException(ErrorCode.M_MISSING_PARAM, "The field data is missing."));
        requireGateway(required(data, "url", LONGEST_KEY));
        if (!Json.optionalText(data, "format").orElse("").equals("event_id_only")) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "Notifications say nothing here: the format must be event_id_only.");
        }
        var content = Json.object();
        SHOWN.stream().filter(body::has).forEach(field -> content.set(field, body.get(field)));
        if (Json.bytes(content).length > LARGEST) {
            throw new MatrixException(ErrorCode.M_TOO_LARGE, "That pusher is too long.");
        }
        var since = parts.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        return new Pusher(caller.user(), app, key, caller.device(), content, since);
    }

    private void requireGateway(String url) {
        if (parts.settings().gateways().stream().map(URI::toString).noneMatch(url::equals)) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN,
                    "This server sends no notifications to that gateway, so it does not promise any.");
        }
    }
}
