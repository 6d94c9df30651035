package lanyard.messaging.push;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lanyard.messaging.push.Rules.Rule;
import lanyard.messaging.timeline.Attention;
import lanyard.messaging.timeline.Reader;
import lanyard.messaging.timeline.RoomState;
import lanyard.messaging.timeline.RoomView;
import lanyard.messaging.timeline.TimelineEvent;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.trust.identity.Caller;
import tools.jackson.databind.node.ObjectNode;

/// <https://spec.matrix.org/v1.18/client-server-api/#listing-notifications>: what notified somebody lately, newest
/// first, however far back.
final class NotificationEndpoints {
    private static final int USUAL = 20;
    private static final int MOST = 100;
    private static final int A_BATCH = 200;
    private static final int MOST_SCANNED = 4_000;

    private final PushParts parts;
    private final RuleSets ruleSets;
    private final Attention attention;

    NotificationEndpoints(PushParts parts, RuleSets ruleSets, Attention attention) {
        this.parts = parts;
        this.ruleSets = ruleSets;
        this.attention = attention;
    }

    void addTo(Routes routes) {
        routes.add("GET /_matrix/client/v3/notifications", this::getNotifications);
    }

    private record Notification(RoomState room, TimelineEvent event, Rule rule) {}

    /// Where a page begins: before the event of this moment and id. Newest first, and never two alike.
    private record Place(long ts, String event) {
        static final Place NEWEST = new Place(Long.MAX_VALUE, "");

        static Place of(TimelineEvent event) {
            return new Place(event.timestamp(), event.id().value());
        }

        /// Errors: `M_INVALID_PARAM`.
        static Place parse(String token) {
            if (!token.matches("[0-9]{1,18}-\\$[A-Za-z0-9_-]{1,100}")) {
                throw new MatrixException(ErrorCode.M_INVALID_PARAM, "That is not a place among notifications.");
            }
            var dash = token.indexOf('-');
            return new Place(Long.parseLong(token.substring(0, dash)), token.substring(dash + 1));
        }

        String token() {
            return ts + "-" + event;
        }
    }

    /// Where the search ended is where the next page begins, found or not.
    private record Page(List<Notification> found, Optional<Place> next) {}

    private Reply getNotifications(Exchange x) {
        var caller = parts.identity().caller(x);
        var limit = limit(x);
        var from = x.query("from")
                .filter(text -> !text.isEmpty())
                .map(Place::parse)
                .orElse(Place.NEWEST);
        var highlightsOnly = x.query("only").filter("highlight"::equals).isPresent();
        var page = page(caller, from, limit, highlightsOnly);
        var reply = Json.object();
        var list = reply.putArray("notifications");
        page.found().forEach(one -> list.add(face(one, caller)));
        page.next().ifPresent(next -> reply.put("next_token", next.token()));
        return Reply.json(reply);
    }

    private Page page(Caller caller, Place from, int limit, boolean highlightsOnly) {
        var user = caller.user();
        var view = RoomView.of(caller);
        var rules = ruleSets.of(user);
        var rooms = parts.timeline()
                .memberships()
                .joined(user)
                .filter(room -> view.shows(parts.timeline().getRoom(room)))
                .toList();
        var found = new ArrayList<Notification>();
        var place = from;
        for (var scanned = 0; scanned < MOST_SCANNED; scanned += A_BATCH) {
            var batch = attention.newest(user, rooms, place.ts(), place.event(), A_BATCH);
            for (var seen : batch) {
                place = Place.of(seen.event());
                rules.matching(seen.event(), seen.room(), user)
                        .filter(Rule::notifies)
                        .filter(rule -> !highlightsOnly || rule.highlights())
                        .filter(rule -> seen.room().maySee(user, seen.event().seq()))
                        .ifPresent(rule -> found.add(new Notification(seen.room(), seen.event(), rule)));
                if (found.size() == limit) {
                    return new Page(found, Optional.of(place));
                }
            }
            if (batch.size() < A_BATCH) {
                return new Page(found, Optional.empty());
            }
        }
        return new Page(found, Optional.of(place));
    }

    private static int limit(Exchange x) {
        var text = x.query("limit").orElse(Integer.toString(USUAL));
        if (!text.matches("[0-9]{1,9}")) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "limit is a number.");
        }
        return Math.clamp(Long.parseLong(text), 1, MOST);
    }

    private ObjectNode face(Notification one, Caller caller) {
        var user = caller.user();
        var rules = parts.accountData().pushRules(user);
        var face = Json.object()
                .put("room_id", one.room().id().value())
                .put("ts", one.event().timestamp())
                .put(
                        "read",
                        parts.marks().readUpTo(one.room().id(), user).seq()
                                >= one.event().seq());
        face.set(
                "actions",
                RuleEdits.get(rules, one.rule().kind(), one.rule().id()).path("actions"));
        face.set("event", Json.object(one.event().renderWithin(new Reader(user, caller.device()), one.room(), null)));
        return face;
    }
}
