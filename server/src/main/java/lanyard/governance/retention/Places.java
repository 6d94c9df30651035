package lanyard.governance.retention;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lanyard.governance.custodian.Forgetting;
import lanyard.messaging.room.Rooms;
import lanyard.messaging.timeline.Expiring;
import lanyard.messaging.timeline.MembershipHistory;
import lanyard.messaging.timeline.MembershipHistory.Stay;
import lanyard.messaging.timeline.RoomState;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Devices;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Where copies of what was disposed of may be, each place by itself.
///
/// What could go wrong: we say that something is gone which is not. The principle: of each place is said what we know
/// of it now, and what we do not know is said to be unknown: a phone that was in touch has been told, and no server
/// knows what it did.
final class Places {
    private static final int MOST_PHONES = 1_000;
    private static final String UNKNOWN = "unknown";

    private final RetentionGround ground;
    private final Timeline timeline;
    private final Rooms rooms;
    private final Devices devices;
    private final Schedule schedule;
    private final Forgetting custodian;
    private final Keeping keeping;
    private final Expiring expiring;
    private final MembershipHistory history = new MembershipHistory();
    private final RoomMonthStore months = new RoomMonthStore();

    Places(
            RetentionGround ground,
            Retention.Others others,
            Retention.Conversations conversations,
            Schedule schedule,
            Keeping keeping) {
        this.ground = ground;
        this.timeline = conversations.timeline();
        this.rooms = conversations.rooms();
        this.devices = others.identity().devices();
        this.schedule = schedule;
        this.custodian = others.forgetting();
        this.keeping = keeping;
        this.expiring = new Expiring(timeline);
    }

    /// What went from which room.
    ///
    /// @param span of when it was said; empty when nothing went
    /// @param upTo what was said later was not asked about
    /// @param again when it went again, after an older backup was restored
    record Went(
            String organization,
            RoomId room,
            Optional<Span> span,
            Instant upTo,
            Instant ended,
            Optional<Instant> again) {
        private Instant last() {
            return again.orElse(ended);
        }
    }

    /// In milliseconds since 1970, both included.
    record Span(long from, long to) {
        static Optional<Span> of(Tally tally) {
            return Optional.ofNullable(tally.firstTs())
                    .flatMap(from -> Optional.ofNullable(tally.lastTs()).map(to -> new Span(from, to)));
        }

        private YearMonth first() {
            return month(from);
        }

        private YearMonth last() {
            return month(to);
        }

        private static YearMonth month(long ts) {
            return YearMonth.from(Instant.ofEpochMilli(ts).atZone(ZoneOffset.UTC));
        }
    }

    ObjectNode of(Went went) {
        var ended = went.ended();
        var swept = ground.database().read(expiring::vacuumed);
        var places = Json.object();
        places.putObject("table").put("gone", true).put("since_ts", went.last().toEpochMilli());
        var rows = places.putObject("dead_rows");
        rows.put("gone", swept.filter(at -> at.isAfter(went.last())).isPresent());
        swept.ifPresent(at -> rows.put("swept_ts", at.toEpochMilli()));
        places.putObject("write_ahead_log").put("gone", UNKNOWN);
        var until = schedule.backups(went.organization()).goneOf(ended);
        places.putObject("backups")
                .put("gone", !until.isAfter(ground.clock().instant()))
                .put("until_ts", until.toEpochMilli())
                .put("carried_out_again_on_restore", true);
        var keys = places.putObject("keys")
                .put("shared_because_of_a_hold", isHeld(went))
                .put("custodian_forgot", custodianForgot(went));
        months(went).forEach(month -> month(keys.withArray("months").addObject(), went, month));
        phones(places.putArray("phones"), went);
        return places;
    }

    /// Of files, whose own keys were destroyed with them: no copy of what was sealed by those opens any more.
    ObjectNode ofFile(Instant ended) {
        var places = Json.object();
        places.putObject("table").put("gone", true).put("since_ts", ended.toEpochMilli());
        for (var sealed : List.of("dead_rows", "write_ahead_log", "backups")) {
            places.putObject(sealed).put("gone", true).put("because", "key_destroyed");
        }
        places.putObject("keys")
                .put("shared_because_of_a_hold", false)
                .put("gone", true)
                .put("since_ts", ended.toEpochMilli());
        places.put("phones", UNKNOWN);
        return places;
    }

    /// Whether a hold that stands now keeps messages from the same time, and with them what opens them.
    private boolean isHeld(Went went) {
        return timeline.findRoom(went.room())
                .filter(room -> ground.database().write(tx -> {
                    var spans = keeping.ask(tx, room.id()).spans();
                    return !spans.isEmpty()
                            && expiring.countLeft(tx, room, went.upTo(), spans).kept() > 0;
                }))
                .isPresent();
    }

    /// Whether the custodian's mail of every month of which something went is gone.
    private boolean custodianForgot(Went went) {
        if (went.span().isEmpty()) {
            return false;
        }
        var forgotten = custodian.listForgotten(went.organization());
        var last = went.span().get().last();
        for (var month = went.span().get().first(); !month.isAfter(last); month = month.plusMonths(1)) {
            if (!forgotten.contains(month)) {
                return false;
            }
        }
        return true;
    }

    /// Whose keys sealed what went.
    private List<RoomMonth> months(Went went) {
        return went.span()
                .map(span -> ground.database().read(tx -> months.list(tx, went.room(), span.first(), span.last())))
                .orElse(List.of());
    }

    private void month(ObjectNode shown, Went went, RoomMonth month) {
        var today =
                new RoomMonth.Today(ground.clock().instant(), ground.database().read(months::countDays));
        var due = month.due(schedule.backups(went.organization()), today);
        shown.put("month", month.month().toString())
                .put("gone", month.destroyed().isPresent());
        shown.put("held", month.held());
        month.destroyed().ifPresent(at -> shown.put("since_ts", at.toEpochMilli()));
        due.filter(at -> month.destroyed().isEmpty()).ifPresent(at -> shown.put("from_ts", at.toEpochMilli()));
    }

    /// Everybody who was a member while what went was there: their phones may have had it.
    private void phones(ArrayNode phones, Went went) {
        var found = timeline.findRoom(went.room());
        if (found.isEmpty()) {
            return;
        }
        var room = found.get();
        var there = rooms.people(room);
        var from = went.span().map(Span::from).orElse(went.ended().toEpochMilli());
        people(room, from, went.ended().toEpochMilli()).entrySet().stream()
                .sorted(Comparator.comparing(one -> one.getKey().value()))
                .limit(MOST_PHONES)
                .forEach(one -> {
                    if (there.contains(one.getKey())) {
                        phonesOf(phones, one.getKey(), went.ended());
                    } else {
                        left(phones, one.getKey(), one.getValue());
                    }
                });
    }

    /// Of each person, until when they were there.
    private Map<UserId, Long> people(RoomState room, long from, long to) {
        var organization = rooms.organization(room);
        var nobody = Set.of(organization.serviceUser(), organization.custodian());
        return ground.database().read(tx -> history.listIn(tx, List.of(room.id()), from, Long.MAX_VALUE)).stream()
                .filter(stay -> stay.fromTs() <= to && !nobody.contains(stay.user()))
                .collect(Collectors.toMap(Stay::user, Stay::toTs, Math::max));
    }

    private void phonesOf(ArrayNode phones, UserId user, Instant ended) {
        var all = devices.list(user);
        all.forEach(device -> phones.addObject()
                .put("user_id", user.value())
                .put("left", false)
                .put("device_id", device.id().value())
                .put("last_seen_ts", device.lastSeenAt().toEpochMilli())
                .put("seen_since", device.lastSeenAt().isAfter(ended)));
        if (all.isEmpty()) {
            phones.addObject().put("user_id", user.value()).put("left", false).put("gone", UNKNOWN);
        }
    }

    private static void left(ArrayNode phones, UserId user, long until) {
        var entry = phones.addObject()
                .put("user_id", user.value())
                .put("left", true)
                .put("gone", UNKNOWN);
        if (until != Long.MAX_VALUE) {
            entry.put("left_ts", until);
        }
    }
}
