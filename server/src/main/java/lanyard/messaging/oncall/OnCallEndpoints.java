package lanyard.messaging.oncall;

import java.util.ArrayList;
import java.util.Optional;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Person;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// On-call roles over HTTP: `docs/api.md`, On call.
final class OnCallEndpoints {
    private static final String ROLES = "/_lanyard/v1/on-call/roles";
    private static final String ROLE = ROLES + "/{roleId}";

    private final OnCallParts parts;
    private final Rotas rotas;

    OnCallEndpoints(OnCallParts parts, Rotas rotas) {
        this.parts = parts;
        this.rotas = rotas;
    }

    void addTo(Routes routes) {
        routes.add("GET " + ROLES, this::listRoles);
        routes.add("POST " + ROLES, this::addRole);
        routes.add("PUT " + ROLE, this::changeRole);
        routes.add("DELETE " + ROLE, this::endRole);
        routes.add("PUT " + ROLE + "/shifts", this::planShifts);
        routes.add("POST " + ROLE + "/take", this::takeRole);
        routes.add("POST " + ROLE + "/hand-over", this::handOverRole);
    }

    private Reply listRoles(Exchange x) {
        var caller = parts.identity().caller(x);
        var rota = rotas.of(caller.organization());
        var reply = Json.object();
        var list = reply.putArray("roles");
        rota.listRoles().forEach(role -> list.add(json(rota, role)));
        return Reply.json(reply);
    }

    private ObjectNode json(Rota rota, OnCallRole role) {
        var now = parts.now();
        var json =
                Json.object().put("role_id", role.id()).put("name", role.name()).put("ward", role.ward());
        role.escalatesTo().ifPresent(next -> json.put("escalates_to", next));
        role.lead().ifPresent(lead -> json.put("lead_user_id", lead.value()));
        rota.now(role.id(), now).forEach(shift -> add(json.withArray("holders"), shift));
        json.withArray("holders");
        rota.next(role.id(), now).forEach(shift -> add(json.withArray("next"), shift));
        json.withArray("next");
        rota.emptyFrom(role.id(), now, Rota.SOON)
                .ifPresent(from -> json.put("warning", from <= now ? "empty_now" : "empty_soon")
                        .put("empty_from_ts", from));
        return json;
    }

    /// A rota may name people before they first sign in; whoever would alert them must know that nothing rings.
    private void add(ArrayNode list, Shift shift) {
        var found = parts.identity().people().find(shift.user());
        list.addObject()
                .put("user_id", shift.user().value())
                .put("from_ts", shift.fromTs())
                .put("until_ts", shift.untilTs())
                .put("reachable", found.map(Person::reachable).orElse(false));
    }

    private Reply addRole(Exchange x) {
        var caller = parts.identity().caller(x);
        rotas.requireMay(caller);
        return Reply.json(201, Json.object().put("role_id", rotas.add(caller, wanted(x.body()))));
    }

    private Reply changeRole(Exchange x) {
        var caller = parts.identity().caller(x);
        rotas.requireMay(caller);
        rotas.change(caller, x.param("roleId"), wanted(x.body()));
        return Reply.empty();
    }

    private Reply endRole(Exchange x) {
        var caller = parts.identity().caller(x);
        rotas.requireMay(caller);
        rotas.end(caller, x.param("roleId"));
        return Reply.empty();
    }

    private static OnCallRole.Wanted wanted(ObjectNode body) {
        var wanted = new OnCallRole.Wanted(
                Json.text(body, "name").strip(),
                Json.optionalText(body, "ward").orElse("").strip(),
                Json.optionalText(body, "escalates_to"),
                Json.optionalText(body, "lead_user_id").map(UserId::new));
        if (!wanted.isNamed()) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "Give the role a name, and the ward, of at most 80 characters each.");
        }
        return wanted;
    }

    private Reply planShifts(Exchange x) {
        var caller = parts.identity().caller(x);
        rotas.requireMay(caller);
        var body = x.body();
        var shifts = new ArrayList<Shift>();
        for (var one : Json.arrayField(body, "shifts")) {
            if (!(one instanceof ObjectNode shift)) {
                throw new MatrixException(ErrorCode.M_BAD_JSON, "shifts is a list of {user_id, from_ts, until_ts}.");
            }
            shifts.add(new Shift(
                    x.param("roleId"),
                    new UserId(Json.text(shift, "user_id")),
                    Json.longField(shift, "from_ts"),
                    Json.longField(shift, "until_ts"),
                    Optional.empty()));
        }
        var plan = new Rotas.Plan(Json.longField(body, "from_ts"), Json.longField(body, "until_ts"), shifts);
        rotas.plan(caller, x.param("roleId"), plan);
        return Reply.empty();
    }

    private Reply takeRole(Exchange x) {
        var caller = parts.identity().caller(x);
        rotas.take(caller, x.param("roleId"), Json.longField(x.body(), "until_ts"));
        return Reply.empty();
    }

    private Reply handOverRole(Exchange x) {
        var caller = parts.identity().caller(x);
        rotas.handOver(caller, x.param("roleId"), new UserId(Json.text(x.body(), "to_user_id")));
        return Reply.empty();
    }
}
