package lanyard.messaging.urgent;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import lanyard.Behind;
import lanyard.MovableClock;
import lanyard.TestInside;
import lanyard.TestServer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Something urgent is answered, or somebody is told that it is not.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UrgentTest {
    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private TestServer server;
    private Bleep bleep;
    private Person nurse;
    private Person registrar;
    private Person consultant;
    private Person manager;
    private Person keeper;

    @BeforeAll
    void start() {
        server = TestServer.demonstration(clock, Map.of());
        // The clock leaps; what that makes due is done when a test says so.
        TestInside.rest(server);
        bleep = new Bleep(server, clock);
        nurse = server.signIn("sian.evans");
        registrar = server.signIn("rhian.lloyd");
        consultant = server.signIn("mohammed.khan");
        manager = server.signIn("grace.mensah");
        keeper = server.signIn("carys.bevan");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /// The rate is per sender; each test begins with nothing sent lately.
    private String room(String kind, Person... members) {
        bleep.later(Duration.ofHours(2));
        return bleep.conversation(kind, nurse, members);
    }

    @Test
    @Hazard("H16")
    void aColleagueIsAskedSeesItAndAnswersAndTheSenderKnowsEachStep() throws Exception {
        var room = room("clinical", registrar);
        var since = server.sync(registrar, null).text("next_batch");
        var id = bleep.announced(nurse, bleep.toPeople(room, registrar));
        assertThat(server.sync(registrar, since).body().path("account_data").toString())
                .contains(Urgent.NEWS);
        var event = bleep.text(nurse, room);
        assertThat(bleep.event(nurse, id, event).status()).isEqualTo(200);
        assertThat(bleep.event(nurse, id, event).status()).as("again").isEqualTo(200);
        var shown = bleep.seenBy(registrar, id);
        assertThat(shown.path("event_id").asString()).isEqualTo(event);
        assertThat(shown.path("room_id").asString()).isEqualTo(room);
        assertThat(shown.path("due_ts").asLong() - shown.path("sent_ts").asLong())
                .isEqualTo(300_000);
        assertThat(bleep.person(nurse, id, registrar).has("delivered_ts")).isFalse();

        server.sync(registrar, server.sync(registrar, null).text("next_batch"));
        Behind.receiptsAreKept(server);
        Behind.watchUrgent(server);
        assertThat(bleep.person(nurse, id, registrar).has("delivered_ts")).isTrue();
        assertThat(bleep.say(registrar, id, "seen", Json.object()).status()).isEqualTo(200);
        assertThat(bleep.person(nurse, id, registrar).has("seen_ts")).isTrue();
        assertThat(bleep.state(nurse, id)).isEqualTo("waiting");
        assertThat(bleep.answer(registrar, id, "on_my_way").status()).isEqualTo(200);
        assertThat(bleep.state(nurse, id)).isEqualTo("acknowledged");
        assertThat(bleep.person(nurse, id, registrar).path("answer").asString()).isEqualTo("on_my_way");
        bleep.later(Duration.ofHours(1));
        assertThat(bleep.state(nurse, id)).as("and nobody else is asked").isEqualTo("acknowledged");
        clock.move(Duration.ofDays(8));
        assertThat(bleep.seenBy(nurse, id)).isEmpty();
    }

    @Test
    void toWhomItDoesNotConcernItIsNotThere() {
        var room = room("clinical", registrar);
        var id = bleep.announced(nurse, bleep.toPeople(room, registrar));
        assertThat(bleep.seenBy(consultant, id)).isEmpty();
        for (var word : new String[] {"seen", "end"}) {
            assertThat(bleep.say(consultant, id, word, Json.object()).status()).isEqualTo(404);
        }
        assertThat(bleep.answer(consultant, id, "acknowledged").status()).isEqualTo(404);
        assertThat(bleep.event(registrar, id, bleep.text(registrar, room)).status())
                .isEqualTo(404);
        assertThat(bleep.event(nurse, id, bleep.text(registrar, room)).status())
                .as("another's message")
                .isEqualTo(404);
        assertThat(bleep.say(registrar, id, "end", Json.object()).status())
                .as("the sender's")
                .isEqualTo(404);
        assertThat(bleep.answer(registrar, id, "maybe").status()).isEqualTo(400);
        assertThat(server.call("GET", Bleep.PATH, null, null).status()).isEqualTo(401);
        assertThat(bleep.say(nurse, id, "end", Json.object()).status()).isEqualTo(200);
        assertThat(bleep.state(registrar, id)).isEqualTo("ended");
        assertThat(bleep.answer(registrar, id, "acknowledged").text("errcode")).isEqualTo("M_BAD_STATE");
        assertThat(bleep.say(nurse, id, "end", Json.object()).status())
                .as("again")
                .isEqualTo(200);
    }

    @Test
    void onlyMembersAnnounceToColleaguesWhoCanBeReachedAndNothingSocialIsUrgent() {
        var room = room("clinical", registrar);
        var order = bleep.toPeople(room, registrar);
        assertThat(bleep.announce(consultant, order).status())
                .as("not a member")
                .isEqualTo(403);
        var porter = new Person("@lukasz.wojcik:lanyard.localhost", "", "");
        assertThat(bleep.announce(nurse, bleep.toPeople(room, porter)).text("errcode"))
                .isEqualTo("ORG_LANYARD_NOT_REACHABLE");
        var stranger = new Person("@eve:elsewhere.example", "", "");
        assertThat(bleep.announce(nurse, bleep.toPeople(room, stranger)).status())
                .isEqualTo(403);
        assertThat(bleep.announce(nurse, bleep.toPeople(room)).status())
                .as("to nobody")
                .isEqualTo(400);
        assertThat(bleep.announce(nurse, bleep.toPeople(room, nurse)).status())
                .as("to oneself")
                .isEqualTo(400);
        assertThat(bleep.announce(nurse, bleep.toRole(room, "none")).status()).isEqualTo(404);
        assertThat(bleep.announce(nurse, order.deepCopy().put("reply_within_minutes", 7))
                        .status())
                .isEqualTo(400);
        assertThat(bleep.announce(nurse, order.deepCopy().put("kind", "party")).status())
                .isEqualTo(400);
        var pub = bleep.conversation("social", nurse, registrar);
        var refused = bleep.announce(nurse, bleep.toPeople(pub, registrar));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text("error")).contains("clinical");
        assertThat(bleep.announce(nurse, order).status()).isEqualTo(201);
    }

    @Test
    void theSameRequestIsOneAlarmAlsoAfterARestart() {
        var room = room("clinical", registrar);
        var order = bleep.toPeople(room, registrar);
        var id = bleep.announced(nurse, order);
        assertThat(bleep.announced(nurse, order)).isEqualTo(id);
        server.restart();
        assertThat(bleep.announced(nurse, order)).isEqualTo(id);
        assertThat(bleep.state(registrar, id)).isEqualTo("waiting");
    }

    @Test
    void tenInTenMinutesAreEnoughAndTheRefusalSaysWhatToDo() {
        var room = room("clinical", registrar);
        for (var i = 0; i < 10; i++) {
            bleep.announced(nurse, bleep.toPeople(room, registrar));
        }
        var refused = bleep.announce(nurse, bleep.toPeople(room, registrar));
        assertThat(refused.text("errcode")).isEqualTo("M_LIMIT_EXCEEDED");
        assertThat(refused.text("error")).contains("the phone or the bleep");
        assertThat(bleep.announce(registrar, bleep.toPeople(room, nurse)).status())
                .as("another sender")
                .isEqualTo(201);
        clock.move(Duration.ofMinutes(11));
        assertThat(bleep.announce(nurse, bleep.toPeople(room, registrar)).status())
                .isEqualTo(201);
    }

    /// The whole chain, with the server stopped in the middle of it.
    @Test
    @Hazard("H16")
    void whatNobodyAnswersGoesToTheNextRoleAndAtTheEndSenderAndLeadAreTold() {
        var room = room("clinical", registrar);
        var last = bleep.role(keeper, Json.object().put("lead_user_id", manager.id()));
        var empty = bleep.role(keeper, Json.object().put("escalates_to", last));
        var first = bleep.role(keeper, Json.object().put("escalates_to", empty));
        bleep.take(registrar, first, Duration.ofHours(8));
        bleep.take(consultant, last, Duration.ofHours(8));
        var id = bleep.announced(nurse, bleep.toRole(room, first));
        assertThat(bleep.seenBy(nurse, id).path("role_name").asString()).startsWith("Role ");
        assertThat(bleep.seenBy(consultant, id)).as("not asked yet").isEmpty();
        bleep.later(Duration.ofMinutes(4));
        assertThat(bleep.state(nurse, id)).isEqualTo("waiting");
        server.restart();
        bleep.later(Duration.ofMinutes(1));
        assertThat(bleep.state(nurse, id)).isEqualTo("escalated");
        assertThat(bleep.seenBy(nurse, id).path("steps"))
                .as("the empty one was passed by")
                .hasSize(3);
        assertThat(bleep.person(consultant, id, consultant).path("step").asInt())
                .isEqualTo(3);
        assertThat(member(room, consultant)).contains("\"membership\":\"join\"");
        bleep.later(Duration.ofMinutes(5));
        assertThat(bleep.state(nurse, id)).isEqualTo("unanswered");
        assertThat(bleep.person(manager, id, manager).path("step").asInt()).isEqualTo(4);
        assertThat(bleep.seenBy(nurse, id).path("steps").get(3).path("lead").asBoolean())
                .isTrue();
        bleep.later(Duration.ofMinutes(6));
        assertThat(bleep.state(nurse, id)).as("it stays so").isEqualTo("unanswered");
        assertThat(bleep.answer(manager, id, "acknowledged").status()).isEqualTo(200);
        assertThat(bleep.state(nurse, id)).isEqualTo("acknowledged");
    }

    /// Somebody on call reads a day back; somebody asked by name from joining on; and nobody can say so themselves.
    @Test
    @Rule("G27")
    void whoIsCalledInBecauseTheyAreOnCallReadsADayBack() {
        var room = room("clinical", registrar);
        var old = bleep.text(nurse, room);
        clock.move(Duration.ofHours(25));
        var lately = bleep.text(nurse, room);
        clock.move(Duration.ofHours(1));
        var role = bleep.role(keeper, Json.object());
        bleep.take(consultant, role, Duration.ofHours(8));
        bleep.announced(nurse, bleep.toRole(room, role));
        bleep.announced(nurse, bleep.toPeople(room, keeper));
        assertThat(read(consultant, room)).contains(lately).doesNotContain(old);
        assertThat(read(keeper, room)).doesNotContain(lately);
        server.restart();
        assertThat(read(consultant, room))
                .as("also afterwards")
                .contains(lately)
                .doesNotContain(old);
        assertThat(event(consultant, room, lately)).isEqualTo(200);
        assertThat(event(consultant, room, old)).isEqualTo(404);
        var state = "/_matrix/client/v3/rooms/" + segment(room) + "/state/org.lanyard.reads_back/";
        var forged = Json.object().put("from_seq", 1).put("from_ts", 1);
        assertThat(server.put(nurse, state + segment(keeper.id().substring(1)), forged)
                        .status())
                .isEqualTo(403);
        var listed = server.get(nurse, "/_lanyard/v1/rooms/" + segment(room) + "/members")
                .body()
                .toString();
        assertThat(listed).contains("\"reads_from_ts\":" + (clock.millis() - 86_400_000), "\"by\":\"rota\"");
        var left = server.post(consultant, "/_matrix/client/v3/rooms/" + segment(room) + "/leave", Json.object());
        assertThat(left.status()).as("%s", left.body()).isEqualTo(200);
        assertThat(event(consultant, room, lately)).as("it was for that stay").isNotEqualTo(200);
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

    @Test
    @Hazard("H16")
    void anEmptyRoleIsPassedByAtOnceAndWithoutAnybodyTheRotaIsTold() {
        var room = room("clinical", registrar);
        var empty = bleep.role(keeper, Json.object());
        var alone = bleep.announce(nurse, bleep.toRole(room, empty));
        assertThat(alone.text("state")).as("said at once").isEqualTo("unanswered");
        assertThat(alone.body().path("people").toString()).contains(keeper.id());
        var held = bleep.role(keeper, Json.object());
        bleep.take(consultant, held, Duration.ofHours(8));
        var first = bleep.role(keeper, Json.object().put("escalates_to", held));
        var on = bleep.announce(nurse, bleep.toRole(room, first));
        assertThat(on.text("state")).isEqualTo("escalated");
        assertThat(on.body().path("people").toString()).contains(consultant.id());
    }

    @Test
    void whoCannotPassesItOnAndWhereNobodyIsLeftItGoesOnAtOnce() {
        var room = room("clinical", registrar);
        var next = bleep.role(keeper, Json.object());
        var first = bleep.role(keeper, Json.object().put("escalates_to", next));
        bleep.take(registrar, first, Duration.ofHours(8));
        bleep.take(manager, next, Duration.ofHours(8));
        var id = bleep.announced(nurse, bleep.toRole(room, first));
        var pass = Json.object().put("answer", "cannot");
        pass.putObject("pass_to").put("user_id", consultant.id());
        var wrong = pass.deepCopy().put("answer", "on_my_way");
        assertThat(bleep.say(registrar, id, "answer", wrong).status()).isEqualTo(400);
        assertThat(bleep.say(registrar, id, "answer", pass).status()).isEqualTo(200);
        assertThat(bleep.person(nurse, id, registrar).path("passed_to").asString())
                .isEqualTo(consultant.id());
        assertThat(bleep.state(nurse, id)).isEqualTo("waiting");
        assertThat(bleep.answer(consultant, id, "on_my_way").status()).isEqualTo(200);
        assertThat(bleep.state(nurse, id)).isEqualTo("acknowledged");
        assertThat(bleep.answer(consultant, id, "cannot").status())
                .as("held up on the way")
                .isEqualTo(200);
        assertThat(bleep.state(nurse, id)).isEqualTo("escalated");
        assertThat(bleep.person(manager, id, manager).path("step").asInt()).isEqualTo(2);
        bleep.answer(manager, id, "cannot");
        assertThat(bleep.state(nurse, id)).isEqualTo("unanswered");
    }

    @Test
    void whoComesOnShiftMeanwhileIsAskedToo() {
        var room = room("clinical", registrar);
        var role = bleep.role(keeper, Json.object());
        bleep.take(registrar, role, Duration.ofHours(8));
        var id = bleep.announced(nurse, bleep.toRole(room, role));
        bleep.take(consultant, role, Duration.ofHours(8));
        bleep.later(Duration.ofSeconds(10));
        assertThat(bleep.person(consultant, id, consultant).path("step").asInt())
                .isEqualTo(1);
    }

    @Test
    void whoIsOffDutyIsLeftInPeaceWhereSomebodyCovers() {
        var room = room("clinical", consultant);
        clock.move(Duration.ofHours(9)); // nobody holds a role by now
        var off = Json.object().put("state", "off");
        off.putObject("covered_by").put("user_id", registrar.id());
        assertThat(server.put(consultant, "/_lanyard/v1/me/availability", off).status())
                .isEqualTo(200);
        var id = bleep.announced(nurse, bleep.toPeople(room, consultant));
        assertThat(bleep.person(nurse, id, consultant).path("off_duty").asBoolean(false))
                .isTrue();
        assertThat(bleep.person(nurse, id, registrar).has("step")).isTrue();
        assertThat(server.put(
                                consultant,
                                "/_lanyard/v1/me/availability",
                                Json.object().put("state", "off"))
                        .status())
                .isEqualTo(200);
        var alone = bleep.announced(nurse, bleep.toPeople(room, consultant));
        assertThat(bleep.person(nurse, alone, consultant).has("off_duty"))
                .as("nobody covers")
                .isFalse();
        server.put(consultant, "/_lanyard/v1/me/availability", Json.object().put("state", "unknown"));
    }

    @Test
    void aBroadcastIsCountedByItsSenderAlone() {
        var room = room("operational", registrar, consultant);
        var order = bleep.toPeople(room).put("kind", "broadcast");
        var id = bleep.announced(nurse, order);
        var porter = bleep.toPeople(room, manager).put("kind", "broadcast");
        assertThat(bleep.announce(nurse, porter).status()).as("not in the room").isEqualTo(400);
        var sender = server.sync(nurse, null).text("next_batch");
        var another = server.sync(consultant, null).text("next_batch");
        assertThat(bleep.answer(registrar, id, "acknowledged").status()).isEqualTo(200);
        assertThat(server.sync(nurse, sender).body().path("account_data").toString())
                .contains(Urgent.NEWS);
        assertThat(server.sync(consultant, another).body().path("account_data").toString())
                .as("nothing new for them")
                .doesNotContain(Urgent.NEWS);
        assertThat(bleep.seenBy(consultant, id).path("people"))
                .as("who has, is the sender's")
                .hasSize(1);
        assertThat(bleep.seenBy(nurse, id).path("people")).hasSize(2);
        assertThat(bleep.seenBy(nurse, id).has("due_ts")).isFalse();
        bleep.later(Duration.ofHours(1));
        assertThat(bleep.state(nurse, id)).as("no deadline").isEqualTo("waiting");
        bleep.answer(consultant, id, "acknowledged");
        assertThat(bleep.state(nurse, id)).isEqualTo("acknowledged");
    }
}
