package lanyard.messaging.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lanyard.TestServer;
import lanyard.platform.db.Tx;
import org.jdbi.v3.core.statement.Query;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How PostgreSQL finds a few events of a room: not by reading all that was said there, even where it takes that for
/// cheap, as it does of a room that has grown since it last counted.
class PlansTest {
    private static final String OF_ONE = "where s.room_nid = 5 and s.valid_to is null";
    private static final String OF_MANY = "where s.room_nid = any('{5,6}') and s.valid_to is null";

    private final TestServer server = TestServer.conformance();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void stateIsLookedUpEventByEvent() {
        for (var rooms : List.of(OF_ONE, OF_MANY)) {
            var plan = server.database().read(tx -> plan(tx, tx.query("explain " + TimelineStore.STATE + rooms)));
            assertThat(plan).contains("Index Cond: ((room_nid = s.room_nid) AND (seq = s.valid_from))");
        }
    }

    @Test
    void stubsAreWrittenWhereTheyBelongWithoutReadingTheRoom() {
        var plan = server.database().read(tx -> {
            var query = tx.query("explain " + ExpiringStore.PRUNE)
                    .bind("now", 1L)
                    .bind("seqs", new long[] {7, 8})
                    .bind("bodies", new byte[][] {{1}, {2}})
                    .bind("room", 5L);
            return plan(tx, query);
        });
        assertThat(plan).contains("Index Cond: ((room_nid = '5'::bigint) AND (seq = ANY ('{7,8}'::bigint[])))");
    }

    @Test
    void whatPeopleSaidInSomeHoursIsFoundWithoutReadingTheRoom() {
        var plan = server.database().read(tx -> {
            var query = tx.query("explain " + ExpiringStore.SAID)
                    .bind("senders", new String[] {"@a:b", "@c:d"})
                    .bind("froms", new long[] {1, 2})
                    .bind("tos", new long[] {3, 4})
                    .bind("room", 5L);
            return plan(tx, query);
        });
        assertThat(plan)
                .contains("event_said")
                .contains("((room_nid = '5'::bigint) AND (ts >= said.since) AND (ts <= said.until))");
    }

    private static String plan(Tx tx, Query query) {
        Stream.of("nestloop", "seqscan")
                .forEach(way -> tx.query("select set_config('enable_" + way + "', 'off', true)")
                        .mapTo(String.class)
                        .one());
        return query.mapTo(String.class).list().stream().collect(Collectors.joining("\n"));
    }
}
