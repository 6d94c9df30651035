package lanyard.governance.retention;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import lanyard.MovableClock;
import lanyard.TestServer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import lanyard.trust.console.TestConsole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Retention on a whole server: the pages of the console, and a backup restored after what was in it has gone.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestoreDrillTest {
    private static final String PATH = "/console/retention";
    private static final Pattern DISPOSAL = Pattern.compile("/console/retention/disposals/([0-9a-f]+)");
    private static final Pattern FILES = Pattern.compile("/console/retention/files/([0-9a-f]+)");
    private static final Pattern HOLD = Pattern.compile("/console/holds/([0-9a-f]+)/lift");

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private TestServer server;

    @BeforeAll
    void start() {
        server = TestServer.demonstration(clock, Map.of());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private TestConsole elin() {
        clock.move(Duration.ofMinutes(1));
        return TestConsole.signedIn(server, "elin.parry");
    }

    private String room(Person owner, Person member) {
        var body = Json.object()
                .put("kind", "social")
                .put("purpose", "Five-a-side")
                .put("request_id", "r" + clock.instant());
        body.putArray("member_user_ids").add(member.id());
        return server.post(owner, "/_lanyard/v1/conversations", body).text("room_id");
    }

    private String said(Person sender, String room) {
        var content = Json.object().put("algorithm", "m.megolm.v1.aes-sha2").put("ciphertext", "AwgAEnACabc");
        return server.put(sender, "/_matrix/client/v3/rooms/" + segment(room) + "/send/m.room.encrypted/t1", content)
                .text("event_id");
    }

    private String shown(Person reader, String room, String event) {
        var answer = server.get(reader, "/_matrix/client/v3/rooms/" + segment(room) + "/event/" + segment(event));
        assertThat(answer.status()).isEqualTo(200);
        return answer.body().path("content").toString();
    }

    @Test
    @Rule("G16")
    @Hazard("H06")
    void whatWentStaysGoneWhenAnOlderBackupIsRestoredAndTheConsoleShowsItsCertificate() {
        var rhian = server.signIn("rhian.lloyd");
        var sian = server.signIn("sian.evans");
        var room = room(rhian, sian);
        var event = said(rhian, room);
        var backup = server.backUp();
        assertThat(shown(sian, room, event)).contains("AwgAEnACabc");

        clock.move(Duration.ofDays(90));
        server.expire();
        var marked = elin().get(PATH);
        assertThat(marked.text()).contains("Social conversations", "90 days", "marked", "No file waits");
        clock.move(Duration.ofDays(7));
        server.expire();
        assertThat(shown(server.signIn("sian.evans"), room, event)).isEqualTo("{}");
        var elin = elin();
        var page = pageOf(elin, room);
        var certificate = elin.get(page);
        saysWhatWentInWordsThatAreExplained(certificate);
        peopleAndRoomsHaveNamesThere(elin, certificate, room, rhian);

        server.restore(backup);
        try {
            assertThat(shown(server.signIn("sian.evans"), room, event)).isEqualTo("{}");
            var again = elin();
            assertThat(again.get(PATH).html()).contains(page);
            var shown = again.get(page);
            assertThat(shown.status()).isEqualTo(200);
            assertThat(shown.text())
                    .contains(
                            "Disposal certificate",
                            "1 message said",
                            "policy version",
                            "Made again",
                            hash(certificate));
            assertThat(again.get(PATH + "/certificates").text()).contains("Social conversation");
        } finally {
            server.restart();
            backup.close();
        }
    }

    private static void saysWhatWentInWordsThatAreExplained(TestConsole.Shown certificate) {
        assertThat(certificate.status()).isEqualTo(200);
        assertThat(certificate.text())
                .contains(
                        "Disposal certificate",
                        "What 1 message said until",
                        "policy version",
                        "Write-ahead log Unknown")
                .contains("The database's journal", "A row that was deleted stays in the database's files")
                .contains(", when backups have run out, unless a hold is placed")
                .doesNotContain("Call off", "1 messages");
    }

    private static String pageOf(TestConsole console, String room) {
        return DISPOSAL.matcher(console.get(PATH).html())
                .results()
                .map(found -> found.group())
                .filter(page -> console.get(page).text().contains(room))
                .findFirst()
                .orElseThrow();
    }

    /// The id stays the same for ever and is what proves, so it stands beside the name.
    private static void peopleAndRoomsHaveNamesThere(
            TestConsole console, TestConsole.Shown certificate, String room, Person member) {
        assertThat(certificate.text())
                .contains("Conversation Five-a-side (social) " + room)
                .contains("by Lanyard itself lanyard.retention")
                .contains("Rhian Lloyd, Registrar: last in touch", member.id() + " " + member.device());
        assertThat(certificate.html()).contains("nhsuk-back-link\" href=\"/console/retention/certificates\"");
        assertThat(console.get(PATH).text()).contains("Conversation Five-a-side (social) State destroyed Messages 1");
        assertThat(console.get(PATH + "/certificates").text())
                .contains("Social conversation: Five-a-side How many 1 message By what right The schedule");
    }

    /// Of the lines, as a certificate shows it.
    private static String hash(TestConsole.Shown certificate) {
        var found = Pattern.compile("[0-9a-f]{64}").matcher(certificate.text());
        assertThat(found.find()).isTrue();
        return found.group();
    }

    @Test
    @Rule("G17")
    void holdsArePlacedAndLiftedInTheConsoleByThoseWhoLookAfterRecords() {
        var elin = elin();
        var holds = "/console/holds";
        assertThat(elin.get(holds).text()).contains("Holds", "Place a hold");
        var fields = Map.of("kind", "person", "subject", "@nobody:lanyard.localhost", "reason", "complaint 4");
        var unread = elin.post(holds, holds, Map.of("kind", "person", "subject", "Sian Evans", "reason", "a"));
        assertThat(unread.status()).isEqualTo(422);
        assertThat(unread.text()).contains("Type a user name, for example amara.okafor, or a whole user id");
        var refused = elin.post(holds, holds, fields);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("There is no such person in this organisation.");
        var right = Map.of(
                "kind",
                "person",
                "subject",
                "sian.evans",
                "reason",
                "complaint <4>",
                "from-day",
                "1",
                "from-month",
                "3",
                "from-year",
                "2026");
        assertThat(elin.post(holds, holds, right).status()).isEqualTo(303);
        var shown = elin.get(holds);
        assertThat(shown.text())
                .contains(
                        "Person: Siân Evans, Staff nurse @sian.evans:lanyard.localhost",
                        "said from 1 March 2026. Lift");
        assertThat(shown.html()).contains("complaint &lt;4&gt;");
        assertThat(shown.text())
                .contains("Placed by Elin Parry, ", "Why the hold on Siân Evans, Staff nurse may be lifted");
        var hold = HOLD.matcher(shown.html());
        assertThat(hold.find()).isTrue();
        assertThat(elin.post(hold.group(), holds, Map.of("reason", "")).status())
                .isEqualTo(422);
        assertThat(elin.post(hold.group(), holds, Map.of("reason", "answered")).status())
                .isEqualTo(303);
        assertThat(elin.get(holds).text()).contains("No hold stands");
        clock.move(Duration.ofMinutes(1));
        var amara = TestConsole.signedIn(server, "amara.okafor");
        assertThat(amara.get(holds).status()).isEqualTo(403);
        assertThat(amara.get(PATH).status()).isEqualTo(403);
        assertThat(amara.post(holds, holds, right).status()).isEqualTo(403);
    }

    @Test
    @Rule("G15")
    void theRecordsManagerCallsADisposalOffAndAnswersInAnOwnersPlace() {
        var rhian = server.signIn("rhian.lloyd");
        var sian = server.signIn("sian.evans");
        var room = room(rhian, sian);
        said(rhian, room);
        var body =
                Json.object().put("kind", "clinical").put("purpose", "Bed 4").put("request_id", "c" + clock.instant());
        body.putArray("member_user_ids").add(sian.id());
        var clinical = server.post(rhian, "/_lanyard/v1/conversations", body).text("room_id");
        said(rhian, clinical);
        theScheduleIsChangedThere();
        clock.move(Duration.ofDays(91));
        server.expire();
        var elin = elin();
        var found = DISPOSAL.matcher(elin.get(PATH).html());
        assertThat(found.find()).isTrue();
        var page = found.group();
        assertThat(elin.get(page).text()).contains("Call off the disposal");
        assertThat(elin.get(page).html()).contains("nhsuk-back-link\" href=\"/console/retention\"");
        assertThat(elin.post(page + "/call-off", page, Map.of("reason", "by mistake"))
                        .status())
                .isEqualTo(303);
        assertThat(elin.get(page).text()).contains("called off: by mistake");
        clock.move(Duration.ofDays(260));
        server.expire();
        var again = elin();
        assertThat(again.get(PATH).text()).contains("Bed 4", "The owner has not answered");
        var question = PATH + "/rooms/" + segment(clinical);
        assertThat(again.get(question).text()).contains("Answer in the owner's place", "Bed 4");
        assertThat(again.post(question, question, Map.of()).status()).isEqualTo(422);
        assertThat(again.post(question, question, Map.of("choice", "record_these"))
                        .status())
                .isEqualTo(422);
        assertThat(again.post(question, question, Map.of("choice", "all_recorded"))
                        .status())
                .isEqualTo(303);
        assertThat(again.get(PATH).text()).doesNotContain("Bed 4");
    }

    @Test
    @Rule("G16")
    void aDisposalOfFilesIsShownInTheConsoleAndCalledOffThere() {
        var amara = server.signIn("amara.okafor");
        assertThat(server.raw("POST", "/_matrix/media/v3/upload", amara, new byte[] {1, 2, 3})
                        .status())
                .isEqualTo(200);
        clock.move(Duration.ofDays(366));
        server.expire();
        var elin = elin();
        var found = FILES.matcher(elin.get(PATH).html());
        assertThat(found.find()).isTrue();
        var page = found.group();
        assertThat(elin.get(page).text()).contains("Disposal of files", "1 file marked", "Call off the disposal");
        assertThat(elin.get(PATH + "/files/none").status()).isEqualTo(404);
        assertThat(elin.post(page + "/call-off", page, Map.of("reason", " ")).status())
                .isEqualTo(422);
        assertThat(elin.post(page + "/call-off", page, Map.of("reason", "by mistake"))
                        .status())
                .isEqualTo(303);
        assertThat(elin.get(page).text()).contains("called off: by mistake").doesNotContain("Call off");
        clock.move(Duration.ofDays(28));
        server.expire();
        clock.move(Duration.ofDays(7));
        server.expire();
        var after = elin();
        var newest = FILES.matcher(after.get(PATH).html());
        assertThat(newest.find()).isTrue();
        assertThat(after.get(newest.group()).text())
                .contains("Disposal certificate for files", "1 file marked, 1 destroyed", "Audit entry files.destroyed")
                .doesNotContain("What is left is kept");
        var certificate = Pattern.compile(PATH + "/certificates/[0-9a-f]+")
                .matcher(after.get(PATH + "/certificates").html());
        assertThat(certificate.find()).isTrue();
        assertThat(after.get(certificate.group()).text())
                .contains("Disposal certificate", "What 1 file Order", "Files and their keys Destroyed", "Not known");
        assertThat(after.get(PATH + "/certificates/none").status()).isEqualTo(404);
        clock.move(Duration.ofMinutes(1));
        assertThat(TestConsole.signedIn(server, "amara.okafor").get(page).status())
                .isEqualTo(403);
    }

    private void theScheduleIsChangedThere() {
        var elin = elin();
        var schedule = PATH + "/schedule";
        assertThat(elin.get(schedule).html()).contains("name=\"clinical\"", "value=\"365\"");
        var fields = new HashMap<>(Map.of(
                "clinical",
                "29",
                "operational",
                "365",
                "social",
                "90",
                "files",
                "365",
                "undo",
                "7",
                "ask",
                "28",
                "backups",
                "30",
                "reason",
                "shorter backups"));
        var refused = elin.post(schedule, schedule, fields);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("Messages of clinical rooms must be kept at least 30 days");
        fields.put("clinical", "365");
        assertThat(elin.post(schedule, schedule, fields).status()).isEqualTo(303);
        assertThat(elin.get(PATH).text()).contains("Backups are kept 30 days");
    }
}
