package lanyard.messaging.report;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import lanyard.TestServer;
import lanyard.TestServer.Answer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// <https://spec.matrix.org/v1.18/client-server-api/#reporting-content>
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportsTest {
    private static final String V3 = "/_matrix/client/v3/";

    private final TestServer server = TestServer.conformance();
    private final Person ann = server.register("ann");
    private final Person bob = server.register("bob");
    private final Person mallory = server.register("mallory");
    private final String room = server.room(ann, bob);
    private final String event =
            server.send(ann, room, "t1", "something unkind").text("event_id");

    @AfterAll
    void close() {
        server.close();
    }

    private Answer report(Person person, String path) {
        return server.post(person, V3 + path, Json.object().put("reason", "this is bullying"));
    }

    private long reports() {
        return server.database()
                .read(tx -> tx.query("select count(*) from report")
                        .mapTo(Long.class)
                        .one());
    }

    @Test
    void whatSomebodySeesTheyCanReport() {
        var before = reports();
        assertThat(report(bob, "rooms/" + segment(room) + "/report").status()).isEqualTo(200);
        assertThat(report(bob, "rooms/" + segment(room) + "/report/" + segment(event))
                        .status())
                .isEqualTo(200);
        assertThat(report(bob, "users/" + segment(ann.id()) + "/report").status())
                .isEqualTo(200);
        assertThat(reports()).isEqualTo(before + 3);
        var stored = server.database()
                .read(tx -> tx.query("select encode(reason, 'escape') from report where event_id = :event")
                        .bind("event", event)
                        .mapTo(String.class)
                        .one());
        assertThat(stored).as("the reason is sealed").doesNotContain("bullying");
    }

    @Test
    void whatIsNotTheirsIsLikeWhatIsNot() {
        var before = reports();
        var foreign = report(mallory, "rooms/" + segment(room) + "/report");
        var unknown = report(mallory, "rooms/!nothing:lanyard.localhost/report");
        assertThat(foreign.text("errcode")).isEqualTo("M_NOT_FOUND");
        assertThat(foreign.body()).isEqualTo(unknown.body());
        var foreignEvent = report(mallory, "rooms/" + segment(room) + "/report/" + segment(event));
        var unknownEvent = report(mallory, "rooms/!nothing:lanyard.localhost/report/" + segment(event));
        assertThat(foreignEvent.status()).isEqualTo(404);
        assertThat(foreignEvent.body()).isEqualTo(unknownEvent.body());
        assertThat(report(bob, "rooms/" + segment(room) + "/report/$nothing").status())
                .isEqualTo(404);
        assertThat(report(bob, "users/@nobody:lanyard.localhost/report").text("errcode"))
                .isEqualTo("M_NOT_FOUND");
        assertThat(server.call("POST", V3 + "users/" + segment(ann.id()) + "/report", null, Json.object())
                        .text("errcode"))
                .isEqualTo("M_MISSING_TOKEN");
        assertThat(server.post(
                                bob,
                                V3 + "users/" + segment(ann.id()) + "/report",
                                Json.object().put("reason", 1))
                        .text("errcode"))
                .isEqualTo("M_BAD_JSON");
        assertThat(reports()).isEqualTo(before);
    }
}
