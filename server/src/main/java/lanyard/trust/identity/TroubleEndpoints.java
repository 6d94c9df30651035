package lanyard.trust.identity;

import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;

/// What administrators see of the section "Signs of trouble" of docs/api.md.
final class TroubleEndpoints {
    private static final int MOST = 500;

    private final Identity identity;
    private final IdentityGround ground;
    private final TroubleStore store = new TroubleStore();

    TroubleEndpoints(Identity identity, IdentityGround ground) {
        this.identity = identity;
        this.ground = ground;
    }

    void addTo(Routes routes) {
        routes.add("GET /_lanyard/v1/admin/sign-in-trouble", this::getTrouble);
    }

    private Reply getTrouble(Exchange x) {
        var caller = identity.caller(x);
        identity.moderation().requireAdministrator(caller);
        var reply = Json.object();
        var list = reply.putArray("trouble");
        ground.database()
                .read(tx -> store.list(tx, caller.organization(), MOST))
                .forEach(row -> {
                    var one = list.addObject()
                            .put("at_ts", row.at().toEpochMilli())
                            .put("kind", row.kind());
                    if (!row.user().isEmpty()) {
                        one.put("user_id", row.user());
                    }
                    if (!row.source().isEmpty()) {
                        one.put("source", row.source());
                    }
                });
        return Reply.json(reply);
    }
}
