package lanyard.messaging.admin;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.trust.identity.RegistrationToken;
import lanyard.trust.identity.RegistrationTokens;
import tools.jackson.databind.node.ObjectNode;

/// <https://element-hq.github.io/synapse/latest/usage/administration/admin_api/registration_tokens.html>
final class RegistrationTokenEndpoints {
    private static final String ALL = "/_synapse/admin/v1/registration_tokens";
    private static final String ONE = ALL + "/{token}";
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~-]{1,64}");
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int USUAL_LENGTH = 16;
    private static final String USES = "uses_allowed";
    private static final String EXPIRY = "expiry_time";

    private final AdminParts parts;
    private final AdminDoor door;

    RegistrationTokenEndpoints(AdminParts parts, AdminDoor door) {
        this.parts = parts;
        this.door = door;
    }

    void addTo(Routes routes) {
        routes.add("GET " + ALL, this::list);
        routes.add("POST " + ALL + "/new", this::add);
        routes.add("GET " + ONE, this::get);
        routes.add("PUT " + ONE, this::change);
        routes.add("DELETE " + ONE, this::remove);
    }

    private RegistrationTokens tokens() {
        return parts.identity().registrationTokens();
    }

    private Reply list(Exchange x) {
        var caller = door.administrator(x);
        var wanted = x.query("valid").map(Boolean::parseBoolean);
        var now = parts.clock().instant();
        var reply = Json.object();
        var listed = reply.putArray("registration_tokens");
        tokens().list(caller.organization()).stream()
                .filter(token ->
                        wanted.filter(valid -> valid != token.isValid(now)).isEmpty())
                .forEach(token -> listed.add(face(token)));
        return Reply.json(reply);
    }

    private Reply add(Exchange x) {
        var caller = door.administrator(x);
        var body = x.body();
        var token = Json.optionalText(body, "token").orElseGet(() -> random(body));
        if (!TOKEN.matcher(token).matches()) {
            throw invalid("A token has 1 to 64 letters, digits and . _ ~ - only.");
        }
        var made = new RegistrationToken(token, uses(body), 0, expiry(body));
        tokens().add(caller, made);
        return Reply.json(face(made));
    }

    private String random(ObjectNode body) {
        var length = Json.optionalLong(body, "length").orElse((long) USUAL_LENGTH);
        if (length < 1 || length > 64) {
            throw invalid("A token has a length of 1 to 64.");
        }
        var token = new StringBuilder();
        for (var i = 0; i < length; i++) {
            token.append(LETTERS.charAt(parts.random().nextInt(LETTERS.length())));
        }
        return token.toString();
    }

    private Reply get(Exchange x) {
        var caller = door.administrator(x);
        return Reply.json(
                face(tokens().find(caller.organization(), x.param("token")).orElseThrow(RegistrationTokens::unknown)));
    }

    /// What is not named stays.
    private Reply change(Exchange x) {
        var caller = door.administrator(x);
        var body = x.body();
        var uses = uses(body);
        var expiry = expiry(body);
        var changed = tokens().change(
                        caller,
                        x.param("token"),
                        old -> new RegistrationToken(
                                old.token(),
                                body.has(USES) ? uses : old.usesAllowed(),
                                old.completed(),
                                body.has(EXPIRY) ? expiry : old.expires()));
        return Reply.json(face(changed));
    }

    private Reply remove(Exchange x) {
        tokens().remove(door.administrator(x), x.param("token"));
        return Reply.empty();
    }

    private static Optional<Long> uses(ObjectNode body) {
        var uses = Json.optionalLong(body, USES);
        if (uses.filter(number -> number < 0).isPresent()) {
            throw invalid("The number of uses is not negative.");
        }
        return uses;
    }

    private Optional<Instant> expiry(ObjectNode body) {
        var expiry = Json.optionalLong(body, EXPIRY).map(Instant::ofEpochMilli);
        if (expiry.filter(end -> end.isBefore(parts.clock().instant())).isPresent()) {
            throw invalid("The token would be over before it begins.");
        }
        return expiry;
    }

    private static MatrixException invalid(String sentence) {
        return new MatrixException(ErrorCode.M_INVALID_PARAM, sentence);
    }

    private static ObjectNode face(RegistrationToken token) {
        var face = Json.object().put("token", token.token());
        token.usesAllowed().ifPresentOrElse(uses -> face.put(USES, uses), () -> face.putNull(USES));
        face.put("pending", 0).put("completed", token.completed());
        token.expires().ifPresentOrElse(end -> face.put(EXPIRY, end.toEpochMilli()), () -> face.putNull(EXPIRY));
        return face;
    }
}
