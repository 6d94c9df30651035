package lanyard.messaging.oncall;

import java.util.Optional;
import lanyard.messaging.oncall.Availability.Cover;
import lanyard.messaging.oncall.Availability.State;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.ObjectNode;

/// What people say of whether they are there: `docs/api.md`, On call.
final class AvailabilityEndpoints {
    private static final String PATH = "/_lanyard/v1/me/availability";

    private final OnCallParts parts;
    private final Availabilities availabilities;

    AvailabilityEndpoints(OnCallParts parts, Availabilities availabilities) {
        this.parts = parts;
        this.availabilities = availabilities;
    }

    void addTo(Routes routes) {
        routes.add("GET " + PATH, this::getAvailability);
        routes.add("PUT " + PATH, this::setAvailability);
    }

    private Reply getAvailability(Exchange x) {
        var caller = parts.identity().caller(x);
        return Reply.json(availabilities.own(caller.organization(), caller.user()));
    }

    private Reply setAvailability(Exchange x) {
        var caller = parts.identity().caller(x);
        var body = x.body();
        var state = State.find(Json.text(body, "state"))
                .orElseThrow(() -> new MatrixException(
                        ErrorCode.M_INVALID_PARAM, "Say on_duty, busy, off, or unknown to go by your working hours."));
        var said = new Availability(
                caller.user(),
                state,
                Json.optionalLong(body, "until_ts"),
                Json.optionalObject(body, "covered_by").flatMap(AvailabilityEndpoints::cover),
                Json.optionalArray(body, "hours").map(WorkingHours::read).orElse(WorkingHours.NONE));
        availabilities.say(caller, said);
        return Reply.json(availabilities.own(caller.organization(), caller.user()));
    }

    private static Optional<Cover> cover(ObjectNode body) {
        var user = Json.optionalText(body, "user_id").<Cover>map(id -> new Cover.Colleague(new UserId(id)));
        return user.or(() -> Json.optionalText(body, "role_id").map(Cover.Role::new));
    }
}
