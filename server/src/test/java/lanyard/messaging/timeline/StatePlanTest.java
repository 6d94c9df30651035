package lanyard.messaging.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lanyard.TestServer;
import lanyard.platform.db.Tx;
import org.junit.jupiter.api.Test;

/// How PostgreSQL finds a room's state: not by reading all that was said there, even where it takes that for cheap, as
/// it does of a room that has grown since it last counted.
class StatePlanTest {
    private static final String OF_ONE = "where s.room_nid = 5 and s.valid_to is null";
    private static final String OF_MANY = "where s.room_nid = any('{5,6}') and s.valid_to is null";

    @Test
    void stateIsLookedUpEventByEvent() {
        try (var server = TestServer.conformance()) {
            for (var rooms : List.of(OF_ONE, OF_MANY)) {
                var plan = server.database().read(tx -> plan(tx, TimelineStore.STATE + rooms));
                assertThat(plan).contains("Index Cond: ((room_nid = s.room_nid) AND (seq = s.valid_from))");
            }
        }
    }

    private static String plan(Tx tx, String query) {
        Stream.of("nestloop", "seqscan")
                .forEach(way -> tx.query("select set_config('enable_" + way + "', 'off', true)")
                        .mapTo(String.class)
                        .one());
        return tx.query("explain " + query).mapTo(String.class).list().stream().collect(Collectors.joining("\n"));
    }
}
