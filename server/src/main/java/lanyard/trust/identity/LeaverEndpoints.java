package lanyard.trust.identity;

import java.time.Instant;
import java.util.Optional;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;

/// The section "Leavers" of docs/api.md.
final class LeaverEndpoints {
    private static final String END = "/_lanyard/v1/people/{userId}/end";

    private final Identity identity;
    private final IdentityGround ground;

    LeaverEndpoints(Identity identity, IdentityGround ground) {
        this.identity = identity;
        this.ground = ground;
    }

    void addTo(Routes routes) {
        routes.add("GET " + END, this::getEnd);
        routes.add("PUT " + END, this::putEnd);
    }

    private Reply getEnd(Exchange x) {
        var user = colleague(x);
        var reply = Json.object();
        identity.leavers().endOf(user).ifPresent(end -> reply.put("ends_ts", end.toEpochMilli()));
        return Reply.json(reply);
    }

    private Reply putEnd(Exchange x) {
        var user = colleague(x);
        var body = x.body();
        var when = body.has("ends_ts")
                ? Optional.of(Instant.ofEpochMilli(Json.longField(body, "ends_ts")))
                : Optional.<Instant>empty();
        if (when.filter(end -> end.isBefore(ground.now())).isPresent()) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "That time is past. To end an account now, deactivate it.");
        }
        var by = identity.caller(x).user().value();
        ground.writer().write(commit -> {
            identity.leavers().endsAt(commit, user, when, by);
            return user;
        });
        return Reply.empty();
    }

    /// Errors: as [Moderation#get].
    private UserId colleague(Exchange x) {
        var user = new UserId(x.param("userId"));
        identity.moderation().get(identity.caller(x), user);
        return user;
    }
}
