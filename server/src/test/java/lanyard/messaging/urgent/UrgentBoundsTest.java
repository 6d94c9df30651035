package lanyard.messaging.urgent;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import lanyard.Behind;
import lanyard.MovableClock;
import lanyard.TestServer;
import lanyard.TestServer.Person;
import lanyard.messaging.room.ReviewStanding;
import lanyard.platform.json.Json;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What being urgent does not open: a conversation to other employers, nor one that nobody reviewed.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UrgentBoundsTest {
    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private TestServer server;
    private Bleep bleep;
    private Person nurse;
    private Person registrar;
    private Person consultant;
    private Person keeper;
    private int number;

    @BeforeAll
    void start() {
        server = TestServer.demonstration(clock, Map.of());
        bleep = new Bleep(server, clock);
        nurse = server.signIn("sian.evans");
        registrar = server.signIn("rhian.lloyd");
        consultant = server.signIn("mohammed.khan");
        keeper = server.signIn("carys.bevan");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    @Rule("G27")
    void whoHasAnotherEmployerIsNotLetInByPassingOnNorByTheNextRole() {
        var visitor = server.signIn("beatriz.almeida");
        var room = bleep.conversation("clinical", nurse, registrar);
        var next = bleep.role(keeper, Json.object());
        var first = bleep.role(keeper, Json.object().put("escalates_to", next));
        bleep.take(registrar, first, Duration.ofHours(8));
        assertThat(bleep.take(visitor, next, Duration.ofHours(8)).status()).isEqualTo(200);
        var id = bleep.announced(nurse, bleep.toRole(room, first));
        var pass = Json.object().put("answer", "cannot");
        pass.putObject("pass_to").put("user_id", visitor.id());
        var refused = bleep.say(registrar, id, "answer", pass);
        assertThat(refused.text("errcode")).isEqualTo("M_FORBIDDEN");
        assertThat(refused.text("error")).contains("another employer");
        pass.putObject("pass_to").put("role_id", next);
        assertThat(bleep.say(registrar, id, "answer", pass).text("errcode")).isEqualTo("M_FORBIDDEN");
        assertThat(bleep.state(nurse, id)).as("nothing was said").isEqualTo("waiting");
        bleep.later(Duration.ofMinutes(5));
        assertThat(bleep.person(nurse, id, visitor).path("step").asInt())
                .as("they are asked all the same")
                .isEqualTo(2);
        assertThat(member(room, visitor)).doesNotContain("\"membership\":\"join\"");
        assertThat(server.get(visitor, "/_matrix/client/v3/rooms/" + segment(room) + "/state")
                        .status())
                .isEqualTo(403);
    }

    @Test
    @Rule("G28")
    void whatNobodyReviewedLetsOnlyThroughWhatSomebodyMustAnswer() {
        var room = bleep.conversation("clinical", nurse, registrar);
        Behind.reviewStands(server, room, ReviewStanding.ARCHIVED);
        var order = bleep.toPeople(room, registrar);
        assertThat(bleep.announce(nurse, order).text("errcode")).isEqualTo("ORG_LANYARD_REVIEW_DUE");
        var everybody = bleep.toPeople(room).put("kind", "broadcast");
        assertThat(bleep.announce(nurse, everybody).text("errcode")).isEqualTo("ORG_LANYARD_REVIEW_DUE");
        Behind.reviewStands(server, room, ReviewStanding.URGENT_ONLY);
        bleep.announced(nurse, everybody);
        assertThat(said(room)).as("a broadcast opens nothing").isEqualTo(403);
        var id = bleep.announced(nurse, order);
        assertThat(said(room)).isEqualTo(200);
        assertThat(bleep.say(nurse, id, "end", Json.object()).status()).isEqualTo(200);
        assertThat(said(room)).as("it is over").isEqualTo(403);
        server.restart();
        assertThat(said(room)).as("also afterwards").isEqualTo(403);
    }

    private int said(String room) {
        var sealed = Json.object().put("algorithm", "m.megolm.v1.aes-sha2").put("ciphertext", "sealed");
        var path = "/_matrix/client/v3/rooms/" + segment(room) + "/send/m.room.encrypted/said" + number++;
        return server.put(nurse, path, sealed).status();
    }

    /// Whose phone has it is looked at always while it runs; half a minute apart once somebody has it in hand.
    @Test
    void whoseDeliveryNobodyWaitsForIsLookedAtNowAndThen() throws Exception {
        var room = bleep.conversation("clinical", nurse, registrar, consultant);
        var settled = bleep.announced(nurse, bleep.toPeople(room, registrar, consultant));
        var broadcast = bleep.announced(nurse, bleep.toPeople(room).put("kind", "broadcast"));
        var running = bleep.announced(nurse, bleep.toPeople(room, consultant));
        var event = bleep.text(nurse, room);
        for (var id : new String[] {settled, broadcast, running}) {
            assertThat(bleep.event(nurse, id, event).status()).isEqualTo(200);
        }
        bleep.answer(registrar, settled, "on_my_way");
        bleep.later(Duration.ofSeconds(31));
        server.sync(consultant, server.sync(consultant, null).text("next_batch"));
        Thread.sleep(400);
        bleep.later(Duration.ofSeconds(2));
        assertThat(bleep.person(nurse, running, consultant).has("delivered_ts")).isTrue();
        assertThat(bleep.person(nurse, settled, consultant).has("delivered_ts")).isFalse();
        bleep.later(Duration.ofSeconds(31));
        assertThat(bleep.person(nurse, settled, consultant).has("delivered_ts")).isTrue();
        assertThat(bleep.person(nurse, broadcast, consultant).has("delivered_ts"))
                .isTrue();
    }

    private String member(String room, Person person) {
        var path = "/_matrix/client/v3/rooms/" + segment(room) + "/state/m.room.member/" + segment(person.id());
        return server.get(nurse, path).body().toString();
    }
}
