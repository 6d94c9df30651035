package lanyard.trust.oauth;

import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.trust.identity.Caller;

/// The section "Approved apps" of docs/api.md.
final class AppEndpoints {
    private static final String APPS = "/_lanyard/v1/apps";

    private final Apps apps;
    private final OAuthParts parts;

    AppEndpoints(Apps apps, OAuthParts parts) {
        this.apps = apps;
        this.parts = parts;
    }

    void addTo(Routes routes) {
        routes.add("GET " + APPS, this::list);
        routes.add("POST " + APPS, this::approve);
        routes.add("PUT " + APPS + "/{appId}", this::change);
        routes.add("POST " + APPS + "/{appId}/withdraw", this::withdraw);
    }

    /// Everybody may read what their organisation has approved.
    private Reply list(Exchange x) {
        var caller = parts.identity().caller(x);
        var reply = Json.object();
        var list = reply.putArray("apps");
        apps.list(caller.organization())
                .forEach(app ->
                        list.add(app.entry().json().put("app_id", app.id()).put("review_due", !apps.isCurrent(app))));
        return Reply.json(reply);
    }

    private Reply approve(Exchange x) {
        var caller = administrator(x);
        var entry = AppEntry.of(x.body());
        return Reply.json(
                Json.object().put("app_id", apps.approve(caller, entry).id()));
    }

    private Reply change(Exchange x) {
        var caller = administrator(x);
        apps.change(caller, x.param("appId"), AppEntry.of(x.body()));
        return Reply.empty();
    }

    private Reply withdraw(Exchange x) {
        var caller = administrator(x);
        apps.withdraw(caller, x.param("appId"), Json.text(x.body(), "reason"));
        return Reply.empty();
    }

    private Caller administrator(Exchange x) {
        var caller = parts.identity().caller(x);
        parts.identity().moderation().requireAdministrator(caller);
        parts.identity().stepUp().require(caller);
        return caller;
    }
}
