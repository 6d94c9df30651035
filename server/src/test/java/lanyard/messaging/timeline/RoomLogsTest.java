package lanyard.messaging.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import lanyard.messaging.timeline.TimelineEvent.Placed;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Position;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.RoomVersion;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Hazard;
import org.junit.jupiter.api.Test;

/// Readings of the database that are overtaken by a commit. The database here is a list that the tests change.
class RoomLogsTest {
    private static final RoomId ROOM = room("a");
    private static final RoomId OTHER = room("b");
    private static final UserId ALICE = new UserId("@alice:b.example");

    private final List<TimelineEvent> stored = new ArrayList<>();
    private final List<RoomState> states = new ArrayList<>();
    private final AtomicInteger readings = new AtomicInteger();

    private static RoomId room(String letter) {
        return new RoomId("!" + letter.repeat(43));
    }

    private static EventId id(long seq) {
        return new EventId("$" + Character.toString((char) ('a' + seq)).repeat(43));
    }

    /// One more topic, committed.
    private void commit(String topic) {
        var head = states.isEmpty()
                ? new RoomHead(1, ROOM, RoomVersion.V12, "R0A", 0, null, 0, new Position(0, 0))
                : states.getLast().head();
        var next = head.next(id(head.seq() + 1), false, new Position(0, head.seq() + 1));
        var pdu = Json.object()
                .put("type", "m.room.topic")
                .put("state_key", "")
                .put("sender", ALICE.value())
                .put("origin_server_ts", next.seq());
        pdu.putObject("content").put("topic", topic);
        var before = states.isEmpty() ? RoomState.empty(head) : states.getLast();
        var replaced = Notices.replaced(before, pdu);
        var unsigned = replaced.map(Notices::previous).orElseGet(Json::object);
        stored.add(new TimelineEvent(
                new Placed(next.seq(), next.last(), id(next.seq()), 0), pdu, null, unsigned, replaced.orElse(null)));
        states.add(before.with(next, id(next.seq()), pdu));
    }

    private Map<RoomId, RoomLog> read(Collection<RoomId> rooms) {
        readings.incrementAndGet();
        var newestFirst = List.copyOf(stored).reversed();
        var state = states.getLast();
        return rooms.stream()
                .collect(Collectors.toMap(
                        Function.identity(), room -> new RoomLog(state, newestFirst, RoomLog.Marks.NONE)));
    }

    private static List<Long> seqs(RoomLog log) {
        return log.after(0).stream().map(TimelineEvent::seq).toList();
    }

    /// A database that has looked and is slow to say what it saw.
    private final class Slow {
        private final CountDownLatch looked = new CountDownLatch(1);
        private final CountDownLatch mayAnswer = new CountDownLatch(1);
        private boolean first = true;

        Map<RoomId, RoomLog> read(Collection<RoomId> rooms) {
            var seen = RoomLogsTest.this.read(rooms);
            if (first) {
                first = false;
                looked.countDown();
                await(mayAnswer);
            }
            return seen;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    @Hazard("H02")
    void whatIsCommittedWhileItsRoomIsReadIsInMemoryAfterwards() throws Exception {
        commit("one");
        var slow = new Slow();
        var logs = new RoomLogs(10, slow::read);
        var reader = CompletableFuture.supplyAsync(() -> logs.find(ROOM));
        slow.looked.await();
        commit("two");
        var writer = CompletableFuture.runAsync(() -> logs.publish(states.getLast(), stored.getLast()));
        slow.mayAnswer.countDown();
        reader.join();
        writer.join();
        var log = logs.find(ROOM).orElseThrow();
        assertThat(seqs(log)).containsExactly(1L, 2L);
        assertThat(log.state().seq()).isEqualTo(2);
    }

    @Test
    void ofManyRoomsReadAtOnceThoseThatChangedMeanwhileAreReadAgain() throws Exception {
        commit("one");
        var slow = new Slow();
        var logs = new RoomLogs(10, slow::read);
        var reader = CompletableFuture.runAsync(() -> logs.prepare(List.of(ROOM, OTHER)));
        slow.looked.await();
        commit("two");
        logs.publish(states.getLast(), stored.getLast());
        slow.mayAnswer.countDown();
        reader.join();
        assertThat(seqs(logs.find(ROOM).orElseThrow())).containsExactly(1L, 2L);
        var before = readings.get();
        assertThat(logs.find(OTHER)).isPresent();
        assertThat(readings.get()).as("the other one was kept").isEqualTo(before);
    }

    @Test
    void whatWasDestroyedWhileManyRoomsWereReadIsNotBroughtBack() throws Exception {
        commit("one");
        var slow = new Slow();
        var logs = new RoomLogs(10, slow::read);
        var reader = CompletableFuture.runAsync(() -> logs.prepare(List.of(ROOM, OTHER)));
        slow.looked.await();
        logs.forget(ROOM);
        slow.mayAnswer.countDown();
        reader.join();
        var before = readings.get();
        logs.find(ROOM);
        assertThat(readings.get()).isEqualTo(before + 1);
    }

    @Test
    void anEventThatWasReadAfterItsCommitIsNotThereTwice() {
        commit("one");
        commit("two");
        var logs = new RoomLogs(10, this::read);
        logs.find(ROOM);
        logs.publish(states.getLast(), stored.getLast());
        assertThat(seqs(logs.find(ROOM).orElseThrow())).containsExactly(1L, 2L);
    }

    @Test
    void stateThatIsHiddenIsReadAfreshHoweverLongAgoItWasSet() {
        commit("a name that should not be here");
        var kept = stored.getFirst();
        var logs = new RoomLogs(10, rooms -> {
            readings.incrementAndGet();
            return Map.of(ROOM, new RoomLog(states.getFirst(), List.of(), RoomLog.Marks.NONE));
        });
        logs.find(ROOM);
        logs.hide(ROOM, kept.id(), event -> event);
        var before = readings.get();
        assertThat(logs.find(ROOM)).isPresent();
        assertThat(readings.get()).isEqualTo(before + 1);
    }

    @Test
    void aRoomThatThereIsNotIsNotThere() {
        var logs = new RoomLogs(10, rooms -> Map.of());
        assertThat(logs.find(ROOM)).isEmpty();
        logs.prepare(List.of(ROOM, OTHER));
        assertThat(logs.find(OTHER)).isEmpty();
    }
}
