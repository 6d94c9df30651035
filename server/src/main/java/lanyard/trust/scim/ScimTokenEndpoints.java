package lanyard.trust.scim;

import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.trust.identity.Caller;

/// The section "Directory tokens" of docs/api.md.
final class ScimTokenEndpoints {
    private static final String TOKENS = "/_lanyard/v1/scim/tokens";

    private final ScimTokens tokens;
    private final ScimParts parts;

    ScimTokenEndpoints(ScimTokens tokens, ScimParts parts) {
        this.tokens = tokens;
        this.parts = parts;
    }

    void addTo(Routes routes) {
        routes.add("GET " + TOKENS, this::list);
        routes.add("POST " + TOKENS, this::make);
        routes.add("DELETE " + TOKENS + "/{tokenId}", this::end);
    }

    private Caller administrator(Exchange x) {
        var caller = parts.identity().caller(x);
        parts.identity().moderation().requireAdministrator(caller);
        return caller;
    }

    private Reply list(Exchange x) {
        var caller = administrator(x);
        var reply = Json.object();
        var list = reply.putArray("tokens");
        tokens.list(caller.organization()).forEach(row -> {
            var one = list.addObject()
                    .put("token_id", row.id())
                    .put("created_by", row.createdBy())
                    .put("created_ts", row.created().toEpochMilli())
                    .put("expires_ts", row.expires().toEpochMilli());
            row.lastUsed().ifPresent(last -> one.put("last_used_ts", last.toEpochMilli()));
        });
        return Reply.json(reply);
    }

    private Reply make(Exchange x) {
        var caller = administrator(x);
        parts.identity().stepUp().require(caller);
        var made = tokens.make(caller);
        return Reply.json(Json.object()
                .put("token_id", made.id())
                .put("token", made.token().value())
                .put("base_url", parts.at("/scim/v2").toString()));
    }

    private Reply end(Exchange x) {
        var caller = administrator(x);
        parts.identity().stepUp().require(caller);
        tokens.end(caller, x.param("tokenId"));
        return Reply.empty();
    }
}
