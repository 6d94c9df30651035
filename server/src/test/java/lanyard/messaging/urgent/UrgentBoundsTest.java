package lanyard.messaging.urgent;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import lanyard.Behind;
import lanyard.MovableClock;
import lanyard.TestInside;
import lanyard.TestServer;
import lanyard.TestServer.Person;
import lanyard.messaging.room.ReviewStanding;
import lanyard.platform.json.Json;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What being urgent or on call does not open: a conversation to other employers, one that nobody reviewed, nor more of
/// what was said before than the policy says.
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
        // The clock leaps; what that makes due is done when a test says so.
        TestInside.rest(server);
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
        Behind.receiptsAreKept(server);
        bleep.later(Duration.ofSeconds(2));
        assertThat(bleep.person(nurse, running, consultant).has("delivered_ts")).isTrue();
        assertThat(bleep.person(nurse, settled, consultant).has("delivered_ts")).isFalse();
        bleep.later(Duration.ofSeconds(31));
        assertThat(bleep.person(nurse, settled, consultant).has("delivered_ts")).isTrue();
        assertThat(bleep.person(nurse, broadcast, consultant).has("delivered_ts"))
                .isTrue();
    }

    /// A handover note may be older than what is read back: it is what whoever comes must read first.
    @Test
    @Rule("G27")
    void whoIsAddedByTheRotaReadsADayBackAndTheNoteThatIsPinned() {
        var room = bleep.conversation("clinical", registrar, nurse);
        var old = bleep.text(nurse, room);
        var note = bleep.text(nurse, room);
        var pinned = Json.object();
        pinned.putArray("pinned").add(note);
        var rooms = "/_matrix/client/v3/rooms/" + segment(room);
        assertThat(server.put(nurse, rooms + "/state/m.room.pinned_events/", pinned)
                        .status())
                .isEqualTo(200);
        clock.move(Duration.ofHours(25));
        var lately = bleep.text(nurse, room);
        bleep.take(consultant, bleep.role(keeper, Json.object()), Duration.ofHours(8));
        var wish =
                Json.object().put("user_id", consultant.id()).put("by", "rota").put("reason", "night shift");
        var members = "/_lanyard/v1/rooms/" + segment(room) + "/members";
        var unasked = wish.deepCopy().put("user_id", keeper.id());
        assertThat(server.post(registrar, members, unasked).text("errcode"))
                .as("on no rota")
                .isEqualTo("M_INVALID_PARAM");
        assertThat(server.post(registrar, members, unasked.put("by", "one")).status())
                .isEqualTo(200);
        assertThat(server.post(registrar, members, wish).status()).isEqualTo(200);
        for (var restarted : List.of(false, true)) {
            if (restarted) {
                server.restart();
            }
            assertThat(read(consultant, room)).contains(lately, note).doesNotContain(old);
            assertThat(event(consultant, room, note)).isEqualTo(200);
            assertThat(event(consultant, room, old)).isEqualTo(404);
            assertThat(read(keeper, room)).as("chosen for themselves").doesNotContain(lately);
            assertThat(event(keeper, room, note)).isEqualTo(404);
        }
        assertThat(server.get(nurse, members).body().toString()).contains("\"reads_event_id\":\"" + note);
        server.post(consultant, rooms + "/leave", Json.object());
        assertThat(event(consultant, room, note)).as("it was for that stay").isNotEqualTo(200);
    }

    private String read(Person who, String room) {
        return server.get(who, "/_matrix/client/v3/rooms/" + segment(room) + "/messages?dir=b&limit=50")
                .body()
                .toString();
    }

    private int event(Person who, String room, String event) {
        return server.get(who, "/_matrix/client/v3/rooms/" + segment(room) + "/event/" + segment(event))
                .status();
    }

    private String member(String room, Person person) {
        var path = "/_matrix/client/v3/rooms/" + segment(room) + "/state/m.room.member/" + segment(person.id());
        return server.get(nurse, path).body().toString();
    }
}
