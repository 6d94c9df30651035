package lanyard.messaging.push;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import lanyard.messaging.push.Rules.Rule;
import lanyard.messaging.timeline.History;
import lanyard.messaging.timeline.Reader;
import lanyard.messaging.timeline.RoomState;
import lanyard.messaging.timeline.TimelineEvent;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Caller;
import tools.jackson.databind.node.ObjectNode;

/// <https://spec.matrix.org/v1.18/client-server-api/#listing-notifications>: what notified somebody lately, newest
/// first, out
/// of what is in memory of their rooms.
final class NotificationEndpoints {
    private static final int USUAL = 20;
    private static final int MOST = 100;

    private final PushParts parts;
    private final RuleSets ruleSets;
    private final History history;

    NotificationEndpoints(PushParts parts, RuleSets ruleSets, History history) {
        this.parts = parts;
        this.ruleSets = ruleSets;
        this.history = history;
    }

    void addTo(Routes routes) {
        routes.add("GET /_matrix/client/v3/notifications", this::getNotifications);
    }

    private record Notification(RoomState room, TimelineEvent event, Rule rule) {
        /// Newest first, and never two alike.
        String order() {
            return "%019d-%s".formatted(event.timestamp(), event.id().value());
        }
    }

    private Reply getNotifications(Exchange x) {
        var caller = parts.identity().caller(x);
        var limit = limit(x);
        var from = x.query("from").orElse("~");
        var highlightsOnly = x.query("only").filter("highlight"::equals).isPresent();
        var found = notifications(caller.user()).stream()
                .filter(one -> one.order().compareTo(from) < 0)
                .filter(one -> !highlightsOnly || one.rule().highlights())
                .sorted(Comparator.comparing(Notification::order).reversed())
                .limit(limit + 1L)
                .toList();
        var reply = Json.object();
        var list = reply.putArray("notifications");
        found.stream().limit(limit).forEach(one -> list.add(face(one, caller)));
        if (found.size() > limit) {
            reply.put("next_token", found.get(limit - 1).order());
        }
        return Reply.json(reply);
    }

    private static int limit(Exchange x) {
        var text = x.query("limit").orElse(Integer.toString(USUAL));
        if (!text.matches("[0-9]{1,9}")) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "limit is a number.");
        }
        return Math.clamp(Long.parseLong(text), 1, MOST);
    }

    private List<Notification> notifications(UserId user) {
        var rules = ruleSets.of(user);
        var found = new ArrayList<Notification>();
        parts.timeline().memberships().joined(user).forEach(id -> {
            var room = parts.timeline().getRoom(id);
            for (var event : history.remembered(room, 0)) {
                if (room.maySee(user, event.seq())) {
                    rules.matching(event, room, user)
                            .filter(Rule::notifies)
                            .ifPresent(rule -> found.add(new Notification(room, event, rule)));
                }
            }
        });
        return found;
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
