package lanyard.governance.minimise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import lanyard.MovableClock;
import lanyard.TestInside;
import lanyard.TestServer;
import lanyard.TestServer.Answer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import lanyard.traceability.Rule;
import lanyard.trust.console.TestConsole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.node.ObjectNode;

/// Through the routes, and the pages of those who look at it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MinimisingTest {
    private static final String GLASS = "/console/broken-glass";

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private TestServer server;
    private Person rhian;
    private Person amara;
    private Person beatriz;

    @BeforeAll
    void start() {
        server = TestServer.demonstration(clock, Map.of());
        rhian = server.signIn("rhian.lloyd");
        amara = server.signIn("amara.okafor");
        beatriz = server.signIn("beatriz.almeida");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private Answer begin(Person owner, String kind, String request, Person guest) {
        var body = Json.object().put("kind", kind).put("purpose", "Advice").put("request_id", request);
        body.putArray("member_user_ids").add(guest.id());
        return server.post(owner, "/_lanyard/v1/conversations", body);
    }

    @Test
    @Rule("G07")
    void aFirstClinicalConversationIsBegunAfterTheInductionByWhateverClient() {
        var refused = begin(beatriz, "clinical", "one", rhian);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text("errcode")).isEqualTo("ORG_LANYARD_INDUCTION");
        var plain = Json.object();
        plain.putArray("invite").add(rhian.id());
        var matrix = server.post(beatriz, "/_matrix/client/v3/createRoom", plain);
        assertThat(matrix.status()).isEqualTo(403);
        assertThat(matrix.text("errcode")).isEqualTo("ORG_LANYARD_INDUCTION");
        assertThat(begin(beatriz, "social", "two", rhian).status()).isEqualTo(200);

        var path = "/_lanyard/v1/me/induction";
        assertThat(server.get(beatriz, path).body().path("accepted").intValue()).isZero();
        assertThat(server.put(beatriz, path, Json.object().put("version", 2)).status())
                .isEqualTo(400);
        assertThat(server.put(beatriz, path, Json.object().put("version", 1)).status())
                .isEqualTo(200);
        assertThat(server.get(beatriz, path).body().path("accepted").intValue()).isEqualTo(1);
        assertThat(begin(beatriz, "clinical", "one", rhian).status()).isEqualTo(200);
    }

    @Test
    @Rule("G07")
    void answeringIsNeverStoppedForWantOfIt() {
        var sian = server.signIn("sian.evans");
        server.database()
                .write(tx -> tx.update("delete from induction where person = :person")
                        .bind("person", sian.id())
                        .execute());
        var room = begin(rhian, "clinical", "with Siân", sian).text("room_id");
        var content = Json.object().put("algorithm", "m.megolm.v1.aes-sha2").put("ciphertext", "AAAA");
        var sent = server.put(
                sian, "/_matrix/client/v3/rooms/" + TestServer.segment(room) + "/send/m.room.encrypted/t1", content);
        assertThat(sent.status()).isEqualTo(200);
        assertThat(begin(sian, "clinical", "own", rhian).status()).isEqualTo(403);
    }

    private long kept(String table, String column, String person) {
        return server.database()
                .read(tx -> tx.query("select count(*) from " + table + " where " + column + " = :person")
                        .bind("person", person)
                        .mapTo(Long.class)
                        .one());
    }

    @Test
    void itGoesWithTheAccountAndSoDoesWhatALeaverSaidOfTheirAvailability() {
        var leaver = server.signIn("priya.nair");
        for (var person : java.util.List.of(leaver, amara)) {
            assertThat(server.put(
                                    person,
                                    "/_lanyard/v1/me/availability",
                                    Json.object().put("state", "busy"))
                            .status())
                    .isEqualTo(200);
        }
        server.leave(leaver.id());
        assertThat(kept("induction", "person", leaver.id())).isOne();
        TestInside.run(server, "induction-sweep");
        TestInside.run(server, "availability-sweep");
        assertThat(kept("induction", "person", leaver.id())).isZero();
        assertThat(kept("availability", "user_id", leaver.id())).isZero();
        assertThat(kept("induction", "person", amara.id())).isOne();
        assertThat(kept("availability", "user_id", amara.id())).isOne();
    }

    @Test
    @Rule("G17")
    void theNameOfWhoLeftLongAgoStaysWhileARoomTheyEverWereInIsHeld() {
        var leaver = server.signIn("grace.mensah");
        var room = begin(rhian, "social", "a room that is held", leaver).text("room_id");
        server.leave(leaver.id());
        server.database()
                .write(tx -> tx.update(
                                "update person set ended_at = :then, forgotten = 'factors' where user_id = :user")
                        .bind("then", Instant.parse("2016-01-01T00:00:00Z"))
                        .bind("user", leaver.id())
                        .execute());
        var lift = server.hold(room);
        TestInside.run(server, "forget-leavers");
        assertThat(name(leaver)).isEqualTo("Grace Mensah");
        lift.run();
        TestInside.run(server, "forget-leavers");
        assertThat(name(leaver)).isEqualTo("Former member of staff");
    }

    private String name(Person person) {
        return server.database()
                .read(tx -> tx.query("select display_name from person where user_id = :user")
                        .bind("user", person.id())
                        .mapTo(String.class)
                        .one());
    }

    private static ObjectNode glass(String room, String reason, String request) {
        return Json.object()
                .put("request_id", request)
                .put("room_id", room)
                .put("what", "identifier_kept")
                .put("reason", reason);
    }

    @Test
    @Rule("G12")
    void brokenGlassIsToldToTheCaldicottGuardianOnce() {
        var samir = server.signIn("samir.haddad");
        var room = begin(rhian, "social", "lunch", amara).text("room_id");
        var path = "/_lanyard/v1/break-glass";
        assertThat(server.post(rhian, path, glass(room, "because", "g1")).status())
                .isEqualTo(400);
        assertThat(server.post(samir, path, glass(room, "emergency", "g1")).status())
                .isEqualTo(404);
        assertThat(server.post(rhian, path, glass(room, "emergency", "g1")).status())
                .isEqualTo(200);
        assertThat(server.post(rhian, path, glass(room, "emergency", "g1")).status())
                .isEqualTo(200);

        assertThat(server.sync(samir, null).body().path("account_data").toString())
                .contains("org.lanyard.broken_glass");
        var guardian = TestConsole.signedIn(server, "samir.haddad");
        var shown = guardian.get(GLASS);
        assertThat(shown.text()).containsOnlyOnce(rhian.id() + " " + room).contains("It was an emergency");
        var form = java.util.regex.Pattern.compile("/console/broken-glass/[0-9]+/looked")
                .matcher(shown.html());
        assertThat(form.find()).isTrue();
        assertThat(guardian.post(form.group(), GLASS, Map.of()).location()).isEqualTo(GLASS);
        assertThat(guardian.get(GLASS).text()).contains(samir.id());
        assertThat(TestConsole.signedIn(server, "helen.ashworth").get(GLASS).status())
                .isEqualTo(403);
    }

    private Answer count(Person person, int shown) {
        var one = Json.object().put("shown", shown).put("replaced", shown).put("kept", 0);
        var body = Json.object().put("room_kind", "clinical");
        body.set("counts", Json.object().set("nhs-number", one));
        return server.post(person, "/_lanyard/v1/nudges", body);
    }

    @Test
    @Rule("G13")
    @Rule("G02")
    void nudgesAreCountedForEverybodyTogetherAndFewerThanFiveAreNotShown() {
        assertThat(count(rhian, 51).status()).isEqualTo(400);
        assertThat(server.post(rhian, "/_lanyard/v1/nudges", Json.object().put("room_kind", "clinical"))
                        .status())
                .isEqualTo(400);
        assertThat(count(rhian, 4).status()).isEqualTo(200);
        var helen = TestConsole.signedIn(server, "helen.ashworth");
        assertThat(helen.get("/console/nudges").text()).doesNotContain("nhs-number");
        assertThat(count(amara, 3).status()).isEqualTo(200);
        assertThat(helen.get("/console/nudges").text()).contains("clinical nhs-number 7 7 0");

        var said = Json.object().put("rule", "G13").put("useful", false);
        for (int i = 0; i < 5; i++) {
            assertThat(server.post(rhian, "/_lanyard/v1/feedback", said).status())
                    .isEqualTo(200);
        }
        assertThat(helen.get("/console/nudges").text()).contains("G13 0 5");
        assertThat(server.post(rhian, "/_lanyard/v1/feedback", said.deepCopy().put("rule", "what I wrote"))
                        .status())
                .isEqualTo(400);
        assertThat(columns("nudge_count")).doesNotContain("person");
        assertThat(columns("warning_feedback")).doesNotContain("person");
    }

    private java.util.List<String> columns(String table) {
        return server.database()
                .read(tx -> tx.query("select column_name from information_schema.columns where table_name = :table")
                        .bind("table", table)
                        .mapTo(String.class)
                        .list());
    }
}
