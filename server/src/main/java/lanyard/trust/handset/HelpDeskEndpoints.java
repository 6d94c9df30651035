package lanyard.trust.handset;

import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Identity;
import lanyard.trust.identity.IdentityGround;
import tools.jackson.databind.node.ObjectNode;

/// The section "Help desk" of docs/api.md.
final class HelpDeskEndpoints {
    private static final String DESK = "/_lanyard/v1/help-desk";

    private final HelpDesk desk;
    private final IdentityGround ground;
    private final Identity identity;
    private final LostReport reports;

    HelpDeskEndpoints(HelpDesk desk, LostReport reports, IdentityGround ground, Identity identity) {
        this.desk = desk;
        this.reports = reports;
        this.ground = ground;
        this.identity = identity;
    }

    void addTo(Routes routes) {
        routes.add("POST " + DESK + "/handsets", this::list);
        routes.add("POST " + DESK + "/handsets/{handsetId}/lock", this::lock);
        routes.add("POST " + DESK + "/handsets/{handsetId}/unlock", this::unlock);
        routes.add("POST " + DESK + "/handsets/{handsetId}/wipe", this::wipe);
        routes.add("POST " + DESK + "/handsets/{handsetId}/report", this::report);
        routes.add("PUT " + DESK + "/staff/{userId}", this::appoint);
    }

    /// The role is asked before the body is looked at.
    private HelpDesk.Order order(Exchange x) {
        var caller = identity.caller(x);
        identity.moderation().requireHelpDesk(caller);
        var body = x.body();
        return desk.order(caller, Json.text(body, "user_id"), Json.text(body, "reason"));
    }

    private Reply list(Exchange x) {
        return Reply.json(HandsetJson.list(desk.list(order(x))));
    }

    private Reply lock(Exchange x) {
        desk.lock(order(x), x.param("handsetId"));
        return Reply.empty();
    }

    private Reply unlock(Exchange x) {
        desk.unlock(order(x), x.param("handsetId"));
        return Reply.empty();
    }

    private Reply wipe(Exchange x) {
        var caller = identity.caller(x);
        identity.moderation().requireHelpDesk(caller);
        var body = x.body();
        LostEndpoints.requireConfirmed(body);
        desk.wipe(desk.order(caller, Json.text(body, "user_id"), Json.text(body, "reason")), x.param("handsetId"));
        return Reply.empty();
    }

    private Reply report(Exchange x) {
        var order = order(x);
        var report = reports.of(order.owner(), x.param("handsetId"));
        ground.writer().write(commit -> {
            desk.looked(commit, order, x.param("handsetId"));
            return order;
        });
        return Reply.json(report);
    }

    /// By administrators, with fresh proof.
    private Reply appoint(Exchange x) {
        var caller = identity.caller(x);
        identity.moderation().requireAdministrator(caller);
        ObjectNode body = x.body();
        var member = Json.booleanField(body, "member");
        identity.stepUp().require(caller);
        identity.moderation().appointToHelpDesk(caller, new UserId(x.param("userId")), member);
        return Reply.empty();
    }
}
