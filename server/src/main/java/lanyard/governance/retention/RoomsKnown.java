package lanyard.governance.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lanyard.messaging.room.Conversation;
import lanyard.messaging.room.Rooms;
import lanyard.messaging.timeline.Expiring;
import lanyard.messaging.timeline.OwnTypes;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.RoomId;
import lanyard.trust.identity.Organizations;
import tools.jackson.databind.node.ObjectNode;

/// Gets to know new rooms, tells clients how long messages live, and asks the owners of clinical rooms, once, what of
/// what was said there belongs in the record. A bounded piece of each at a time.
final class RoomsKnown {
    static final String ASKED = "org.lanyard.retention";
    private static final int MOST_MET = 500;
    private static final int MOST_TOLD = 100;
    private static final Duration LATE = Duration.ofDays(1);

    private final RetentionGround ground;
    private final Timeline timeline;
    private final Rooms rooms;
    private final Organizations organizations;
    private final Schedule schedule;
    private final RoomRetentionStore store = new RoomRetentionStore();

    RoomsKnown(RetentionGround ground, Retention.Conversations conversations, Organizations all, Schedule schedule) {
        this.ground = ground;
        this.timeline = conversations.timeline();
        this.rooms = conversations.rooms();
        this.organizations = all;
        this.schedule = schedule;
    }

    void lookAround() {
        meet();
        for (var organization : organizations.list()) {
            Schedule.kinds().forEach(kind -> tell(organization.odsCode(), kind));
            ask(organization.odsCode());
        }
    }

    /// Rooms that began a little before the last one that is known are looked for too: where a clock was set back, or
    /// two began together, one of them may have come later. About a room that is never met nobody would be asked,
    /// and the custodian would forget its months.
    private void meet() {
        var last = ground.database().read(store::lastMet);
        var from = new RoomRetentionStore.Last(last.begunTs() - LATE.toMillis(), "");
        while (true) {
            var after = from;
            var page = ground.database().read(tx -> rooms.listAfter(tx, after.begunTs(), after.room(), MOST_MET));
            var known = ground.database()
                    .read(tx -> store.listMet(
                            tx, page.stream().map(Conversation::room).toList()));
            var fresh =
                    page.stream().filter(room -> !known.contains(room.room())).toList();
            if (!fresh.isEmpty()) {
                meet(fresh);
            }
            if (!fresh.isEmpty() || page.size() < MOST_MET) {
                return;
            }
            from = new RoomRetentionStore.Last(
                    page.getLast().createdTs(), page.getLast().room().value());
        }
    }

    private void meet(List<Conversation> fresh) {
        timeline.prepare(fresh.stream().map(Conversation::room).toList());
        ground.database().write(tx -> {
            fresh.forEach(room -> store.meet(tx, room, toldIn(room)));
            return fresh.size();
        });
    }

    /// What the room's clients have been told, in milliseconds; none is 0.
    private long toldIn(Conversation room) {
        return timeline.findRoom(room.room())
                .flatMap(state -> state.event(OwnTypes.RETENTION, ""))
                .map(event -> event.path("content").path("max_lifetime").asLong(0))
                .orElse(0L);
    }

    private void tell(String organization, String kind) {
        var lifetime = schedule.lifetime(organization, kind);
        var millis = lifetime.path("max_lifetime").asLong();
        var untold = ground.database().read(tx -> store.listUntold(tx, organization, kind, millis, MOST_TOLD));
        for (var room : untold) {
            ground.writer().write(commit -> {
                say(commit, room, OwnTypes.RETENTION, lifetime);
                store.told(commit.tx(), room, millis);
                return room;
            });
        }
    }

    private void ask(String organization) {
        var now = ground.clock().instant();
        var oldest = schedule.cutoff(organization, "clinical", now)
                .plus(schedule.disposal(organization).askAhead());
        var unasked = ground.database().read(tx -> store.listToAsk(tx, organization, oldest, MOST_TOLD));
        for (var room : unasked) {
            ground.writer().write(commit -> ask(commit, room, oldest, now));
        }
    }

    private RoomId ask(Commit commit, RoomId id, Instant oldest, Instant now) {
        var tx = commit.tx();
        var room = timeline.getRoom(commit, id);
        var known = store.lock(tx, id).orElseThrow();
        var first = new Expiring(timeline).oldest(tx, room).orElse(now);
        if (first.isAfter(oldest)) {
            store.lookedAt(tx, id, first, Instant.EPOCH);
        } else if (known.choice() == null) {
            var goes = first.plus(schedule.keep(known.organization(), known.kind()));
            say(commit, id, ASKED, Json.object().put("asks", true).put("goes_ts", goes.toEpochMilli()));
            store.asked(tx, id, now);
        }
        return id;
    }

    /// A room that was made without the organisation, by a test suite, is told nothing.
    void say(Commit commit, RoomId room, String type, ObjectNode content) {
        var state = timeline.getRoom(commit, room);
        if (state.isJoined(rooms.organization(state).serviceUser())) {
            rooms.sendStateAsService(commit, room, type, "", content);
        }
    }
}
