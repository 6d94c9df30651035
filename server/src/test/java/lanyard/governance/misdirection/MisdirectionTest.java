package lanyard.governance.misdirection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import lanyard.MovableClock;
import lanyard.TestInside;
import lanyard.TestServer;
import lanyard.TestServer.Answer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.DestroyedKeyException;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import lanyard.trust.console.TestConsole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MisdirectionTest {
    private static final String PAGE = "/console/misdirections";

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private final TestServer server = TestServer.demonstration(clock, Map.of());
    private final Person rhian = server.signIn("rhian.lloyd");
    private final Person amara = server.signIn("amara.okafor");
    private final Person sian = server.signIn("sian.evans");
    private String room = "";
    private int sent;

    @BeforeAll
    void start() {
        var body = Json.object()
                .put("kind", "operational")
                .put("purpose", "Rota swaps")
                .put("request_id", "m-1");
        body.putArray("member_user_ids").add(amara.id()).add(sian.id());
        room = server.post(rhian, "/_lanyard/v1/conversations", body).text("room_id");
        assertThat(room).isNotEmpty();
    }

    @AfterAll
    void close() {
        server.close();
    }

    private String send(Person sender) {
        var answer = server.put(
                sender,
                "/_matrix/client/v3/rooms/" + TestServer.segment(room) + "/send/m.room.encrypted/t" + ++sent,
                Json.object()
                        .put("algorithm", "m.megolm.v1.aes-sha2")
                        .put("ciphertext", "secret" + sent)
                        .put("session_id", "s")
                        .put("sender_key", "k")
                        .put("device_id", sender.device()));
        assertThat(answer.text("event_id")).as(answer.body().toString()).isNotEmpty();
        return answer.text("event_id");
    }

    private void read(Person reader, String event, String openly) {
        server.post(
                reader,
                "/_matrix/client/v3/rooms/" + TestServer.segment(room) + "/receipt/" + openly + "/"
                        + TestServer.segment(event),
                Json.object());
    }

    private static List<String> those(Answer told, String list) {
        return told.body()
                .path(list)
                .valueStream()
                .map(one -> one.path("user_id").asString("") + " "
                        + one.path("delivered").asBoolean())
                .toList();
    }

    private Answer report(Person who, String event, String why) {
        return server.post(
                who,
                "/_lanyard/v1/rooms/" + TestServer.segment(room) + "/misdirected",
                Json.object().put("event_id", event).put("request_id", "r").put("why", why));
    }

    private String seen(Person who, String event) {
        return server.get(
                        who,
                        "/_matrix/client/v3/rooms/" + TestServer.segment(room) + "/event/" + TestServer.segment(event))
                .body()
                .toString();
    }

    @Test
    @Rule("G26")
    @Hazard("H01")
    void itIsHiddenAndTheCaseSaysWhoHadReadItAndWhoHadNot() {
        var event = send(rhian);
        read(sian, event, "m.read.private");
        assertThat(seen(amara, event)).contains("secret");

        var told = report(rhian, event, "Meant for Amarah");
        assertThat(told.status()).as(told.body().toString()).isEqualTo(200);
        assertThat(those(told, "read_by")).isEmpty();
        assertThat(those(told, "not_read_by"))
                .as("who reads privately has it on a phone; neither its author nor the custodian is a reader")
                .containsExactlyInAnyOrder(sian.id() + " true", amara.id() + " false");
        for (var person : new Person[] {rhian, amara, sian}) {
            assertThat(seen(person, event)).doesNotContain("secret").contains("Sent to the wrong person");
        }
        assertThat(report(rhian, event, "again").text("case_id")).isEqualTo(told.text("case_id"));

        var officer = TestConsole.signedIn(server, "farah.siddiqui");
        assertThat(officer.get(PAGE).text()).contains("Rhian Lloyd", "Rota swaps", "1 of 2", "Open");
        var page = PAGE + "/" + told.text("case_id");
        assertThat(officer.get(page).text())
                .contains("Meant for Amarah", "Had read it (1)", "Siân Evans", "Had not read it (1)", "Amara Okafor");
        assertThat(officer.post(page + "/close", page, Map.of()).text()).contains("There is a problem");
        assertThat(officer.post(page + "/close", page, Map.of("outcome", "no_breach"))
                        .status())
                .isEqualTo(303);
        assertThat(officer.get(page).text()).contains("No personal data breach : closed", "Farah Siddiqui");
        assertThat(officer.post(page + "/close", page, Map.of("outcome", "breach_recorded"))
                        .text())
                .contains("closed this case already");
        var records = TestConsole.signedIn(server, "elin.parry");
        assertThat(records.get(page).status()).isEqualTo(403);
    }

    @Test
    @Rule("G26")
    void itsAuthorLearnsOfReadingsThatReadersShow() {
        var event = send(rhian);
        read(amara, event, "m.read");
        var told = report(rhian, event, "");
        assertThat(those(told, "read_by")).containsExactly(amara.id() + " true");
        assertThat(those(told, "not_read_by")).containsExactly(sian.id() + " false");
        assertThat(those(report(rhian, event, ""), "read_by"))
                .as("asked again the answer is the same")
                .containsExactly(amara.id() + " true");
    }

    @Test
    void whoShowsOnlyLaterThatTheyReadItIsSaidToHaveReadItThen() {
        var event = send(rhian);
        read(sian, event, "m.read.private");
        // A report has what was read until then written down, with its time.
        report(rhian, send(rhian), "");
        clock.move(Duration.ofMinutes(5));
        read(sian, event, "m.read");
        var told = report(rhian, event, "");
        assertThat(told.body().at("/read_by/0/ts").asLong())
                .isEqualTo(clock.instant().toEpochMilli());
    }

    @Test
    @Rule("G26")
    void onlyItsAuthorAndOnlyWithinADay() {
        var event = send(rhian);
        assertThat(report(amara, event, "").text("errcode")).isEqualTo("M_FORBIDDEN");
        var grace = server.signIn("grace.mensah");
        assertThat(report(grace, event, "").text("errcode")).isEqualTo("M_FORBIDDEN");
        assertThat(report(rhian, "$nothing", "").text("errcode")).isEqualTo("M_NOT_FOUND");
        assertThat(report(rhian, event, "x".repeat(501)).text("errcode")).isEqualTo("M_INVALID_PARAM");
        assertThat(seen(amara, event)).contains("secret");
        assertThat(report(rhian, event, "").status()).isEqualTo(200);
        assertThat(report(amara, event, "").text("errcode"))
                .as("a case is its author's")
                .isEqualTo("M_FORBIDDEN");
        var old = send(rhian);
        clock.move(Duration.ofDays(1).plusSeconds(1));
        assertThat(report(rhian, old, "").text("errcode")).isEqualTo("M_BAD_STATE");
    }

    private void reportedIn(String month, String id) {
        TestInside.keys(server).key(Misdirections.key(month));
        server.database()
                .write(tx -> tx.update("""
                                update misdirection set reported_at = cast(:day as timestamptz), why_key = :month
                                where case_id = :id
                                """)
                        .bind("day", month + "-20T12:00:00Z")
                        .bind("month", month)
                        .bind("id", id)
                        .execute());
    }

    private boolean isThere(String id) {
        return server.database()
                        .read(tx -> tx.query("select count(*) from misdirection_reader where case_id = :id")
                                .bind("id", id)
                                .mapTo(Long.class)
                                .one())
                > 0;
    }

    @Test
    @Rule("G16")
    @Rule("G17")
    void aCaseGoesSixYearsAfterItsMonthWithTheKeyUnlessItIsHeld() {
        var old = report(rhian, send(rhian), "").text("case_id");
        var recent = report(rhian, send(rhian), "").text("case_id");
        reportedIn("2020-10", old);
        reportedIn("2020-11", recent);
        var lift = server.hold(room);
        TestInside.run(server, "misdirection-sweep");
        assertThat(isThere(old)).as("held").isTrue();
        assertThat(TestInside.keys(server).find(Misdirections.key("2020-10"))).isPresent();

        lift.run();
        TestInside.run(server, "misdirection-sweep");
        assertThat(isThere(old)).isFalse();
        assertThatThrownBy(() -> TestInside.keys(server).find(Misdirections.key("2020-10")))
                .isInstanceOf(DestroyedKeyException.class);
        assertThat(isThere(recent)).as("its month is not six years old").isTrue();
        assertThat(TestInside.keys(server).find(Misdirections.key("2020-11"))).isPresent();
    }

    @Test
    void whatTheAuthorTookBackCanStillBeReported() {
        var event = send(amara);
        server.put(
                amara,
                "/_matrix/client/v3/rooms/" + TestServer.segment(room) + "/redact/" + TestServer.segment(event) + "/u1",
                Json.object());
        var told = report(amara, event, "");
        assertThat(told.status()).isEqualTo(200);
        assertThat(told.body().path("not_read_by")).hasSize(2);
    }
}
