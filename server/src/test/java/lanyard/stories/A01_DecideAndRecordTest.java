package lanyard.stories;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import lanyard.Behind;
import lanyard.MovableClock;
import lanyard.TestServer;
import lanyard.TestServer.Answer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// A registrar and a pharmacist talk, decide, record, and the originals go.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class A01_DecideAndRecordTest {
    private static final String NHS_NUMBER = "9990000107";
    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T03:00:00Z"));
    private TestServer server;
    private Person registrar;
    private Person pharmacist;
    private Person nurse;

    @BeforeAll
    void start() {
        server = TestServer.demonstration(clock, Map.of());
        registrar = server.signIn("rhian.lloyd");
        pharmacist = server.signIn("amara.okafor");
        nurse = server.signIn("sian.evans");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private String conversation(String request, Person... members) {
        var body = Json.object()
                .put("kind", "clinical")
                .put("purpose", "Bed 4 antibiotics")
                .put("request_id", request);
        var list = body.putArray("member_user_ids");
        for (var member : members) {
            list.add(member.id());
        }
        return server.post(registrar, "/_lanyard/v1/conversations", body).text("room_id");
    }

    private static String room(String id) {
        return "/_matrix/client/v3/rooms/" + segment(id);
    }

    private static String ours(String id) {
        return "/_lanyard/v1/rooms/" + segment(id);
    }

    private String say(Person sender, String room, String transaction) {
        var sealed = Json.object().put("algorithm", "m.megolm.v1.aes-sha2").put("ciphertext", "sealed-" + transaction);
        return server.put(sender, room(room) + "/send/m.room.encrypted/" + transaction, sealed)
                .text("event_id");
    }

    private void linkPatient(String room) {
        var found = server.post(
                registrar, "/_lanyard/v1/patients/find", Json.object().put("nhs_number", NHS_NUMBER));
        assertThat(found.status()).isEqualTo(200);
        var linked = server.put(
                registrar, ours(room) + "/patient", Json.object().put("patient_id", found.text("patient_id")));
        assertThat(linked.status()).isEqualTo(200);
    }

    private Answer decide(String room, String request, String source, String summary) {
        var body = Json.object()
                .put("request_id", request)
                .put("summary_event_id", summary)
                .put("summary", "Start gentamicin once a day; level before the second dose.")
                .put("decided_ts", clock.instant().toEpochMilli())
                .put("decider_user_id", pharmacist.id());
        body.putArray("source_event_ids").add(source);
        server.proveAgain(pharmacist);
        return server.post(pharmacist, ours(room) + "/decisions", body);
    }

    private static void until(Callable<Boolean> condition) throws Exception {
        for (var i = 0; i < 200; i++) {
            if (condition.call()) {
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("it did not come to pass");
    }

    private String status(String decision) {
        return server.get(pharmacist, "/_lanyard/v1/decisions/" + decision).text("status");
    }

    /// Somebody has entered in the record what the folder has.
    private void entered(String decision) {
        server.proveAgain(nurse);
        var vouched = server.post(
                nurse,
                "/_lanyard/v1/decisions/" + decision + "/pasted",
                Json.object().put("reference", "EPR 4711"));
        assertThat(vouched.status()).isEqualTo(200);
    }

    private void everybodyFetches() throws Exception {
        for (var person : new Person[] {registrar, pharmacist, nurse}) {
            var first = server.sync(person, null).text("next_batch");
            server.sync(person, first);
        }
        Behind.receiptsAreKept(server);
    }

    @Test
    @Rule("G15")
    @Rule("G16")
    @Hazard("H04")
    @Hazard("H06")
    void aDecisionReachesTheRecordAndItsOriginalsGoAfterTheGracePeriod() throws Exception {
        var room = conversation("r1", pharmacist, nurse);
        linkPatient(room);
        var source = say(registrar, room, "s1");
        var summary = say(pharmacist, room, "s2");
        var decision = decide(room, "d1", source, summary);
        assertThat(decision.status()).isEqualTo(201);
        assertThat(decide(room, "d1", source, summary).text("decision_id")).isEqualTo(decision.text("decision_id"));
        var id = decision.text("decision_id");
        until(() -> status(id).equals("saved_to_folder"));
        everybodyFetches();
        server.sweep();
        assertThat(status(id)).isEqualTo("saved_to_folder");
        clock.move(Duration.ofHours(25));
        server.sweep();
        assertThat(status(id)).as("a folder is not the record").isEqualTo("saved_to_folder");
        entered(id);
        clock.move(Duration.ofHours(25));
        server.sweep();
        until(() -> status(id).equals("disposed"));
        var gone = server.get(nurse, room(room) + "/event/" + segment(source));
        assertThat(gone.body().get("content").isEmpty()).isTrue();
        var stored = server.database()
                .read(tx -> tx.query("select count(*) from disposal")
                        .mapTo(Integer.class)
                        .one());
        assertThat(stored).isEqualTo(2);
    }

    @Test
    @Rule("G16")
    @Hazard("H06")
    void aQueryKeepsTheOriginals() throws Exception {
        var room = conversation("r2", pharmacist, nurse);
        linkPatient(room);
        var source = say(registrar, room, "q1");
        var summary = say(pharmacist, room, "q2");
        var id = decide(room, "d2", source, summary).text("decision_id");
        until(() -> status(id).equals("saved_to_folder"));
        everybodyFetches();
        assertThat(server.post(nurse, "/_lanyard/v1/decisions/" + id + "/query", Json.object())
                        .status())
                .as("only who wrote a source may doubt it")
                .isEqualTo(403);
        assertThat(server.post(registrar, "/_lanyard/v1/decisions/" + id + "/query", Json.object())
                        .status())
                .isEqualTo(200);
        entered(id);
        clock.move(Duration.ofHours(25));
        server.sweep();
        assertThat(server.get(pharmacist, "/_lanyard/v1/decisions/" + id).text("kept_because"))
                .isEqualTo("query");
        assertThat(server.get(nurse, room(room) + "/event/" + segment(source))
                        .body()
                        .get("content")
                        .isEmpty())
                .isFalse();
    }

    @Test
    @Rule("G28")
    @Hazard("H04")
    void aConversationInWhichADecisionIsOpenIsNotArchivedForWantOfAReview() {
        var room = conversation("r5", pharmacist);
        linkPatient(room);
        var decision = decide(room, "d5", say(registrar, room, "a1"), say(pharmacist, room, "a2"));
        assertThat(decision.status()).isEqualTo(201);
        var other = conversation("r6", pharmacist);
        Behind.reviewIsLate(server, Duration.ofDays(60), room, other);
        assertThat(posting(other)).isEqualTo("archived");
        assertThat(posting(room)).isEqualTo("urgent_only");
    }

    private String posting(String room) {
        return server.get(pharmacist, room(room) + "/state/org.lanyard.room").text("posting");
    }

    @Test
    @Rule("G13")
    @Hazard("H07")
    void thePatientIsShownToMembersAndNeverWrittenIntoTheRoom() throws Exception {
        var room = conversation("r3", pharmacist);
        linkPatient(room);
        var banner = server.get(pharmacist, ours(room) + "/patient");
        assertThat(banner.text("nhs_number")).contains("999");
        assertThat(server.get(nurse, ours(room) + "/patient").status()).isIn(403, 404);
        var state = server.get(pharmacist, room(room) + "/state").body().toString();
        assertThat(state).doesNotContain("Barlow").doesNotContain(NHS_NUMBER);
        var stored = new String(Files.readAllBytes(dump()), StandardCharsets.UTF_8);
        assertThat(stored).doesNotContain("Barlow").doesNotContain(NHS_NUMBER);
        var wrong = server.post(
                registrar, "/_lanyard/v1/patients/find", Json.object().put("nhs_number", "9990000108"));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(decide(conversation("r4", pharmacist), "d9", "$x", "$y").status())
                .isEqualTo(400);
    }

    /// Every text and byte column of every table, as the database holds them.
    private java.nio.file.Path dump() throws Exception {
        var file = Files.createTempFile("rows", ".txt");
        var tables = server.database()
                .read(tx -> tx.query("select table_name from information_schema.tables where table_schema = 'public'")
                        .mapTo(String.class)
                        .list());
        for (var table : tables) {
            var rows = server.database()
                    .read(tx -> tx.query("select t::text from \"" + table + "\" t")
                            .mapTo(String.class)
                            .list());
            Files.write(file, rows, java.nio.file.StandardOpenOption.APPEND);
        }
        return file;
    }

    @Test
    @Rule("G17")
    @Rule("G27")
    @Hazard("H08")
    void theRoomIsTheOrganisationsWithTheCustodianInItBeforeEncryption() {
        var room = conversation("r5", pharmacist);
        var again = conversation("r5", pharmacist);
        assertThat(again).isEqualTo(room);
        var chunk = server.get(registrar, room(room) + "/messages?dir=f&limit=50")
                .body()
                .get("chunk");
        var state = server.get(registrar, room(room) + "/state").body();
        assertThat(state.toString()).contains("@records:lanyard.localhost").contains("m.megolm.v1.aes-sha2");
        assertThat(state.toString()).contains("\"history_visibility\":\"joined\"");
        assertThat(chunk.toString()).contains("@records:lanyard.localhost");
        var members =
                server.get(pharmacist, room(room) + "/joined_members").body().get("joined");
        assertThat(members.has(pharmacist.id())).isTrue();
        var kick = Json.object().put("user_id", "@records:lanyard.localhost");
        assertThat(server.post(registrar, room(room) + "/kick", kick).status()).isEqualTo(403);
        var off = Json.object().put("algorithm", "none");
        assertThat(server.put(registrar, room(room) + "/state/m.room.encryption", off)
                        .status())
                .isEqualTo(403);
        var unreachable =
                Json.object().put("user_id", "@tom.fletcher:lanyard.localhost").put("reason", "covering");
        assertThat(server.post(registrar, ours(room) + "/members", unreachable).text("errcode"))
                .isEqualTo("ORG_LANYARD_NOT_REACHABLE");
    }
}
