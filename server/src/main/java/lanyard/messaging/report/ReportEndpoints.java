package lanyard.messaging.report;

import java.time.Duration;
import lanyard.messaging.report.Report.About;
import lanyard.messaging.timeline.History;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.RateLimit;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Caller;

/// <https://spec.matrix.org/v1.18/client-server-api/#reporting-content>. What somebody is not in does not exist for
/// them.
final class ReportEndpoints {
    private static final int LONGEST_REASON = 2_000;
    private static final int AT_ONCE = 20;

    private final Reports reports;
    private final ReportParts parts;
    private final History history;
    private final RateLimit limit = new RateLimit(true, AT_ONCE, AT_ONCE, Duration.ofHours(1));

    ReportEndpoints(Reports reports, ReportParts parts) {
        this.reports = reports;
        this.parts = parts;
        this.history = new History(parts.timeline());
    }

    void addTo(Routes routes) {
        routes.add("POST /_matrix/client/v3/rooms/{roomId}/report", this::reportRoom);
        routes.add("POST /_matrix/client/v3/rooms/{roomId}/report/{eventId}", this::reportEvent);
        routes.add("POST /_matrix/client/v3/users/{userId}/report", this::reportUser);
    }

    private Caller caller(Exchange x) {
        var caller = parts.identity().caller(x);
        limit.take(caller.user().value());
        return caller;
    }

    private static String reason(Exchange x) {
        var reason = Json.optionalText(x.body(), "reason").orElse("");
        if (reason.length() > LONGEST_REASON) {
            throw new MatrixException(ErrorCode.M_TOO_LARGE, "A reason has up to " + LONGEST_REASON + " characters.");
        }
        return reason;
    }

    /// Whoever is in the room, or is asked in.
    private Reply reportRoom(Exchange x) {
        var caller = caller(x);
        var reason = reason(x);
        var room = new RoomId(x.param("roomId"));
        var membership = parts.timeline()
                .findRoom(room)
                .map(state -> state.membership(caller.user()))
                .orElse("leave");
        if (!membership.equals("join") && !membership.equals("invite")) {
            throw notFound();
        }
        reports.add(caller, About.room(room.value()), reason);
        return Reply.empty();
    }

    private Reply reportEvent(Exchange x) {
        var caller = caller(x);
        var reason = reason(x);
        var room = parts.timeline()
                .findRoom(new RoomId(x.param("roomId")))
                .filter(state -> state.isJoined(caller.user()))
                .orElseThrow(ReportEndpoints::notFound);
        var event = history.get(room, caller.user(), new EventId(x.param("eventId")));
        var about =
                new About(room.id().value(), event.id().value(), event.sender().value());
        reports.add(caller, about, reason);
        return Reply.empty();
    }

    private Reply reportUser(Exchange x) {
        var caller = caller(x);
        var reason = reason(x);
        var user = new UserId(x.param("userId"));
        var known = parts.identity()
                .people()
                .find(user)
                .filter(person -> person.organization().equals(caller.organization()));
        if (known.isEmpty()) {
            throw notFound();
        }
        reports.add(caller, About.person(user), reason);
        return Reply.empty();
    }

    private static MatrixException notFound() {
        return new MatrixException(ErrorCode.M_NOT_FOUND, "There is nothing of that name that you can see.");
    }
}
