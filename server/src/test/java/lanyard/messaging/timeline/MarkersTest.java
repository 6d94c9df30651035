package lanyard.messaging.timeline;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import lanyard.AliceAndBob;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import lanyard.traceability.Hazard;
import org.jdbi.v3.core.result.RowView;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// Receipts in threads, private ones, read markers and typing.
class MarkersTest extends AliceAndBob {
    private static final String V3 = "/_matrix/client/v3/rooms/";

    private int receipt(Person person, String room, String kind, String event, ObjectNode body) {
        return server.post(person, V3 + segment(room) + "/receipt/" + kind + "/" + segment(event), body)
                .status();
    }

    private String ephemeral(Person person, String room) {
        return server.sync(person, null)
                .body()
                .path("rooms")
                .path("join")
                .path(room)
                .path("ephemeral")
                .toString();
    }

    private String eventually(Person person, String room, String wanted) throws InterruptedException {
        var seen = "";
        for (var i = 0; i < 50 && !seen.contains(wanted); i++) {
            TimeUnit.MILLISECONDS.sleep(100);
            seen = ephemeral(person, room);
        }
        return seen;
    }

    @Test
    void aReceiptIsForItsThreadAndAPrivateOneForItsOwner() throws Exception {
        var room = server.room(alice, bob);
        var root = server.send(alice, room, "m1", "root").text("event_id");
        var reply = Json.object().put("msgtype", "m.text").put("body", "in thread");
        reply.putObject("m.relates_to").put("rel_type", "m.thread").put("event_id", root);
        var inThread = server.put(alice, V3 + segment(room) + "/send/m.room.message/m2", reply)
                .text("event_id");
        assertThat(receipt(bob, room, "m.read", inThread, Json.object().put("thread_id", root)))
                .isEqualTo(200);
        assertThat(receipt(bob, room, "m.read", root, Json.object().put("thread_id", "main")))
                .isEqualTo(200);
        assertThat(receipt(bob, room, "m.read.private", inThread, Json.object()))
                .isEqualTo(200);
        // They may become durable one after the other.
        assertThat(eventually(alice, room, "\"thread_id\":\"" + root)).contains(root);
        assertThat(eventually(alice, room, "\"thread_id\":\"main\"")).contains("\"thread_id\":\"main\"");
        assertThat(eventually(bob, room, "m.read.private")).contains("m.read.private");
        assertThat(ephemeral(alice, room)).doesNotContain("m.read.private");
        assertThat(receipt(bob, room, "m.read", inThread, Json.object().put("thread_id", "")))
                .isEqualTo(400);
        assertThat(receipt(bob, room, "m.read", inThread, Json.object().put("thread_id", "$other")))
                .isEqualTo(400);
        assertThat(receipt(bob, room, "m.seen", root, Json.object())).isEqualTo(400);
        assertThat(receipt(bob, room, "m.read", "$unknown", Json.object())).isEqualTo(404);
    }

    @Test
    void aReceiptBecomesDurableAlsoAfterTheDatabaseWasAwayForAMoment() throws Exception {
        var room = server.room(alice, bob);
        var event = server.send(alice, room, "away", "Read this").text("event_id");
        server.database().read(tx -> tx.query("""
                                select pg_terminate_backend(pid) from pg_stat_activity
                                where application_name = 'lanyard writer' and datname = current_database()
                                """).mapTo(Boolean.class).list());
        assertThat(receipt(bob, room, "m.read", event, Json.object())).isEqualTo(200);
        assertThat(eventually(alice, room, bob.id())).contains(bob.id());
    }

    @Test
    void theReadMarkerIsKeptForOnesOwnDevices() {
        var room = server.room(alice, bob);
        var event = server.send(alice, room, "f1", "one").text("event_id");
        var marker = "/_matrix/client/v3/user/" + segment(bob.id()) + "/rooms/" + segment(room)
                + "/account_data/m.fully_read";
        assertThat(server.post(
                                bob,
                                V3 + segment(room) + "/read_markers",
                                Json.object().put("m.fully_read", event).put("m.read", event))
                        .status())
                .isEqualTo(200);
        assertThat(server.get(bob, marker).text("event_id")).isEqualTo(event);
        var next = server.send(alice, room, "f2", "two").text("event_id");
        assertThat(receipt(bob, room, "m.fully_read", next, Json.object())).isEqualTo(200);
        assertThat(server.get(bob, marker).text("event_id")).isEqualTo(next);
        assertThat(receipt(bob, room, "m.fully_read", next, Json.object().put("thread_id", "main")))
                .isEqualTo(400);
        assertThat(receipt(bob, room, "m.fully_read", "$unknown", Json.object()))
                .isEqualTo(404);
        assertThat(server.put(bob, marker, Json.object().put("event_id", event)).status())
                .isEqualTo(405);
    }

    @Test
    void typingEndsWhenTheTimeIsUp() throws Exception {
        var room = server.room(alice, bob);
        var since = server.sync(bob, null).text("next_batch");
        var typing = V3 + segment(room) + "/typing/" + segment(alice.id());
        server.put(alice, typing, Json.object().put("typing", true).put("timeout", 1500));
        var sync = "/_matrix/client/v3/sync?timeout=5000&since=";
        var seen = new StringBuilder();
        for (var i = 0; i < 20 && !seen.toString().contains("\"user_ids\":[]"); i++) {
            var answer = server.get(bob, sync + since);
            since = answer.text("next_batch");
            seen.append(answer.body());
        }
        assertThat(seen.toString())
                .contains("\"user_ids\":[\"" + alice.id() + "\"]")
                .contains("\"user_ids\":[]");
        assertThat(server.put(bob, typing, Json.object().put("typing", true)).status())
                .isEqualTo(403);
    }

    /// The quickest of a few, as others use this machine too.
    @Test
    @Hazard("H02")
    void aReceiptIsDurableWithinAQuarterOfASecond() {
        var room = server.room(alice, bob);
        var least = Long.MAX_VALUE;
        for (var i = 0; i < 5 && least > TimeUnit.MILLISECONDS.toNanos(250); i++) {
            var event = server.send(alice, room, "soon" + i, "Read this").text("event_id");
            var asked = System.nanoTime();
            receipt(bob, room, "m.read", event, Json.object());
            while (stored(List.of(room)).stream().noneMatch(mark -> mark.event().equals(event))) {
                LockSupport.parkNanos(500_000);
            }
            least = Math.min(least, System.nanoTime() - asked);
        }
        assertThat(least).isLessThan(TimeUnit.MILLISECONDS.toNanos(250));
    }

    @Test
    void receiptsOfManyRoomsShareTheirCommits() throws Exception {
        var rooms = new ArrayList<String>();
        var receipts = new ArrayList<Callable<Integer>>();
        for (var i = 0; i < 16; i++) {
            var room = server.room(alice, bob);
            var event = server.send(alice, room, "many", "Read this").text("event_id");
            rooms.add(room);
            receipts.add(() -> receipt(bob, room, "m.read", event, Json.object()));
        }
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var one : callers.invokeAll(receipts)) {
                assertThat(one.get()).isEqualTo(200);
            }
        }
        for (var i = 0; i < 100 && stored(rooms).size() < rooms.size(); i++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(stored(rooms)).hasSize(rooms.size());
        assertThat(stored(rooms).stream().map(Stored::position).distinct()).hasSizeLessThan(rooms.size());
    }

    @Test
    @Hazard("H02")
    void aReceiptThatCannotBeKeptIsLetGoAndKeepsNoOtherBack() throws Exception {
        var room = server.room(alice, bob);
        var bad = server.send(alice, room, "bad", "Read this").text("event_id");
        var good = server.send(alice, room, "good", "And this").text("event_id");
        constraint("add constraint spoilt check (event_id <> '" + bad + "') not valid");
        try {
            receipt(bob, room, "m.read", bad, Json.object());
            receipt(alice, room, "m.read", good, Json.object());
            for (var i = 0; i < 100 && stored(List.of(room)).isEmpty(); i++) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            assertThat(stored(List.of(room))).extracting(Stored::event).containsExactly(good);
        } finally {
            constraint("drop constraint spoilt");
        }
        receipt(bob, room, "m.read", good, Json.object());
        for (var i = 0; i < 100 && stored(List.of(room)).size() < 2; i++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(stored(List.of(room))).extracting(Stored::event).containsExactly(good, good);
    }

    /// As on a full disk.
    @Test
    @Hazard("H02")
    void whenNoReceiptCanBeKeptTheyWait() throws Exception {
        var room = server.room(alice, bob);
        var event = server.send(alice, room, "full", "Read this").text("event_id");
        constraint("add constraint nothing_fits check (false) not valid");
        try {
            receipt(bob, room, "m.read", event, Json.object());
            TimeUnit.MILLISECONDS.sleep(600);
            assertThat(stored(List.of(room))).isEmpty();
        } finally {
            constraint("drop constraint nothing_fits");
        }
        for (var i = 0; i < 100 && stored(List.of(room)).isEmpty(); i++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(stored(List.of(room))).extracting(Stored::event).containsExactly(event);
    }

    private void constraint(String change) {
        server.database().write(tx -> tx.update("alter table receipt " + change).execute());
    }

    private record Stored(String event, long position) {}

    private List<Stored> stored(List<String> rooms) {
        return server.database()
                .read(tx -> tx.query("""
                                select event_id, pos from receipt join room using (room_nid)
                                where kind = 'm.read' and room_id = any(:rooms)
                                """)
                        .bind("rooms", rooms.toArray(String[]::new))
                        .map((RowView row) -> new Stored(
                                Objects.requireNonNull(row.getColumn("event_id", String.class)),
                                row.getColumn("pos", Long.class)))
                        .list());
    }
}
