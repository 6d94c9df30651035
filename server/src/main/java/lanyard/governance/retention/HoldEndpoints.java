package lanyard.governance.retention;

import java.time.Instant;
import java.util.Optional;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.trust.hold.Hold;
import lanyard.trust.hold.HoldSubject;
import lanyard.trust.hold.Holds;
import lanyard.trust.hold.NewHold;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Duty;
import lanyard.trust.identity.Identity;
import tools.jackson.databind.node.ObjectNode;

/// "Holds" in `docs/api.md`.
final class HoldEndpoints {
    private static final String HOLDS = "/_lanyard/v1/holds";

    private final HoldNames names;
    private final Holds holds;
    private final Identity identity;

    HoldEndpoints(HoldNames names, Identity identity) {
        this.names = names;
        this.holds = names.holds();
        this.identity = identity;
    }

    void addTo(Routes routes) {
        routes.add("GET " + HOLDS, this::listHolds);
        routes.add("POST " + HOLDS, this::placeHold);
        routes.add("POST " + HOLDS + "/{holdId}/lift", this::liftHold);
    }

    private Caller officer(Exchange x) {
        var caller = identity.caller(x);
        identity.duties().require(caller, Duty.RECORDS, Duty.INFORMATION_GOVERNANCE, Duty.DATA_PROTECTION_OFFICER);
        return caller;
    }

    private Reply listHolds(Exchange x) {
        var caller = names.looked(officer(x));
        var reply = Json.object();
        var list = reply.putArray("holds");
        names.listStanding(caller).forEach(hold -> list.add(shown(hold)));
        return Reply.json(reply);
    }

    private static ObjectNode shown(Hold hold) {
        var shown = Json.object()
                .put("hold_id", hold.id().value())
                .put("kind", hold.subject().kind().word())
                .put("subject", hold.subject().id())
                .put("reason", hold.reason())
                .put("placed_by", hold.placedBy().value())
                .put("placed_ts", hold.placedAt().toEpochMilli());
        hold.subject().from().ifPresent(from -> shown.put("from_ts", from.toEpochMilli()));
        hold.subject().to().ifPresent(to -> shown.put("to_ts", to.toEpochMilli()));
        return shown;
    }

    private Reply placeHold(Exchange x) {
        var caller = officer(x);
        var body = x.body();
        var subject = names.named(
                        caller.organization(), HoldSubject.Kind.of(Json.text(body, "kind")), Json.text(body, "subject"))
                .within(time(body, "from_ts"), time(body, "to_ts"));
        var id = holds.place(new NewHold(caller.organization(), subject, caller.user(), Json.text(body, "reason")));
        return Reply.json(201, Json.object().put("hold_id", id.value()));
    }

    private static Optional<Instant> time(ObjectNode body, String field) {
        return Json.optionalLong(body, field).map(Instant::ofEpochMilli);
    }

    private Reply liftHold(Exchange x) {
        var caller = officer(x);
        identity.stepUp().require(caller);
        var id = names.find(caller, x.param("holdId"));
        holds.lift(id, caller.user(), Json.text(x.body(), "reason"));
        return Reply.empty();
    }
}
