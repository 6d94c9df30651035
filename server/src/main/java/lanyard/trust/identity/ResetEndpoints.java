package lanyard.trust.identity;

import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.UserId;

/// The section "Everything lost" of docs/api.md.
final class ResetEndpoints {
    private static final String RESET = "/_lanyard/v1/people/{userId}/second-step-reset";

    private final Identity identity;

    ResetEndpoints(Identity identity) {
        this.identity = identity;
    }

    void addTo(Routes routes) {
        routes.add("GET /_lanyard/v1/second-step-resets", this::listResets);
        routes.add("POST " + RESET, this::askReset);
        routes.add("POST " + RESET + "/confirm", this::confirmReset);
        routes.add("DELETE " + RESET, this::withdrawReset);
    }

    private Reply listResets(Exchange x) {
        var reply = Json.object();
        var resets = reply.putArray("resets");
        for (var asked : identity.resets().list(identity.caller(x))) {
            resets.addObject()
                    .put("user_id", asked.user().value())
                    .put("asking_id", asked.asking())
                    .put("asked_by", asked.by().value())
                    .put("identity_check", asked.check())
                    .put("asked_ts", asked.at().toEpochMilli())
                    .put("expires_ts", asked.until().toEpochMilli());
        }
        return Reply.json(reply);
    }

    private Reply askReset(Exchange x) {
        var caller = identity.caller(x);
        var asked = identity.resets().ask(caller, user(x), Json.text(x.body(), "identity_check"));
        return Reply.json(Json.object()
                .put("asking_id", asked.asking())
                .put("expires_ts", asked.until().toEpochMilli()));
    }

    private Reply confirmReset(Exchange x) {
        var caller = identity.caller(x);
        var invitation = identity.resets().confirm(caller, user(x), Json.text(x.body(), "asking_id"));
        return Reply.json(Json.object()
                .put("code", invitation.code())
                .put("expires_ts", invitation.until().toEpochMilli()));
    }

    private Reply withdrawReset(Exchange x) {
        identity.resets().withdraw(identity.caller(x), user(x));
        return Reply.empty();
    }

    private static UserId user(Exchange x) {
        return new UserId(x.param("userId"));
    }
}
