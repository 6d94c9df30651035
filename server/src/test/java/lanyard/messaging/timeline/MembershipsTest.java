package lanyard.messaging.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Hazard;
import org.junit.jupiter.api.Test;

class MembershipsTest {
    private static final UserId ALICE = new UserId("@alice:b.example");
    private static final RoomId OLD = new RoomId("!" + "o".repeat(43));
    private static final RoomId NEW = new RoomId("!" + "n".repeat(43));

    /// Else a conversation that somebody was just put into would not be shown to them until the server starts again.
    @Test
    @Hazard("H02")
    void whoIsPutIntoARoomWhileTheirRoomsAreReadIsInIt() throws Exception {
        var database = new ConcurrentHashMap<>(Map.of(OLD, "join"));
        var looked = new CountDownLatch(1);
        var mayAnswer = new CountDownLatch(1);
        var memberships = new Memberships(
                user -> {
                    var seen = Map.copyOf(database);
                    looked.countDown();
                    try {
                        mayAnswer.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return seen;
                },
                room -> {
                    throw new IllegalStateException("nobody asks");
                });
        var reader = CompletableFuture.supplyAsync(() -> memberships.of(ALICE));
        looked.await();
        database.put(NEW, "join");
        var writer = CompletableFuture.runAsync(() -> memberships.changed(ALICE, NEW, "join"));
        mayAnswer.countDown();
        reader.join();
        writer.join();
        assertThat(memberships.joined(ALICE)).containsExactlyInAnyOrder(OLD, NEW);
        memberships.forget(ALICE, OLD);
        assertThat(memberships.of(ALICE)).containsOnlyKeys(NEW);
    }
}
