package lanyard.governance.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import lanyard.MovableClock;
import lanyard.TestServer;
import lanyard.platform.json.Json;
import lanyard.traceability.Rule;
import lanyard.trust.console.TestConsole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The audit does not tell whom a case is about what the case keeps from them.
@Rule("G39")
class CaseEntriesTest {
    private static final String AUDIT = "/console/audit";
    private static final Pattern ENTRY = Pattern.compile("/console/audit/entries/([0-9]+-[0-9]+)");

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.demonstration(clock, Map.of());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private TestConsole as(String user) {
        clock.move(Duration.ofMinutes(1));
        return TestConsole.signedIn(server, user);
    }

    private static TestConsole.Shown search(TestConsole console, Map<String, String> fields) {
        console.get(AUDIT);
        return console.post(AUDIT, AUDIT, fields);
    }

    private static String exported(TestConsole console, String format) {
        console.get(AUDIT);
        var export = console.post(AUDIT + "/export", AUDIT, Map.of("action", "", "format", format));
        assertThat(export.status()).as(export.text()).isEqualTo(200);
        return export.html();
    }

    /// A case that was logged, read and asked to be covert. Answers its id.
    private String covert(String... persons) {
        var helen = as("helen.ashworth");
        var fields = new HashMap<>(Map.of(
                "kind",
                "subject_access",
                "name",
                "Alex Quill",
                "words",
                "Everything of me.",
                "persons",
                String.join("\n", persons)));
        for (var name : List.of("received", "from", "to")) {
            fields.putAll(Map.of(
                    name + "-day", name.equals("from") ? "1" : "23", name + "-month", "11", name + "-year", "2026"));
        }
        var done = helen.post("/console/cases", "/console/new-case", fields);
        assertThat(done.status()).as(done.text()).isEqualTo(303);
        var path = done.location();
        var step = path + "/ask-covert";
        assertThat(helen.post(step, step, Map.of("reason", "suspected theft of drugs"))
                        .status())
                .isEqualTo(303);
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Test
    void whoIsNamedFindsNothingOfTheirCaseAndWhoIsNotFindsAllOfIt() {
        var id = covert("farah.siddiqui");
        var judith = as("judith.pemberton");
        var seen = search(judith, Map.of("subject", id));
        assertThat(seen.text()).contains("case.opened", "case.covert_asked", id, "Nothing says whether there are any");
        assertThat(search(judith, Map.of("action", "hold.")).text()).contains("@farah.siddiqui", id);
        assertThat(exported(judith, "csv")).contains(id, "case.opened", "hold.placed");
        assertThat(exported(judith, "fhir")).contains(id, "case.opened", "hold.placed");
        var place = ENTRY.matcher(seen.html());
        assertThat(place.find()).isTrue();
        var entry = AUDIT + "/entries/" + place.group(1);
        server.checkpointAudit();
        assertThat(judith.get(entry).status()).isEqualTo(200);
        assertThat(judith.get(entry + "/proof").status()).isEqualTo(200);

        var farah = as("farah.siddiqui");
        var nothing = search(farah, Map.of("action", "case."));
        assertThat(nothing.text()).contains("0 entries", "Nothing says whether there are any");
        assertThat(search(farah, Map.of("subject", "case-")).text()).contains("0 entries");
        assertThat(search(farah, Map.of("action", "hold.")).text()).contains("0 entries");
        for (var format : List.of("csv", "fhir")) {
            assertThat(exported(farah, format))
                    .contains("duty.given")
                    .doesNotContain(id, "case.opened", "hold.placed", "suspected");
        }
        assertThat(farah.get(entry).status()).isEqualTo(404);
        assertThat(farah.get(entry + "/proof").status()).isEqualTo(404);
    }

    @Test
    void whoWasInItsConversationsFindsNothingOfIt() {
        var body = Json.object().put("kind", "clinical").put("purpose", "Bed 4").put("request_id", "r1");
        body.putArray("member_user_ids").add(server.signIn("farah.siddiqui").id());
        server.post(server.signIn("amara.okafor"), "/_lanyard/v1/conversations", body)
                .text("room_id");
        var theirs = covert("amara.okafor");
        var another = covert("dawn.whitaker");
        var farah = search(as("farah.siddiqui"), Map.of("subject", "case-")).text();
        assertThat(farah).contains(another).doesNotContain(theirs);
        assertThat(search(as("judith.pemberton"), Map.of("subject", "case-")).text())
                .contains(another, theirs);
    }

    /// What a case holds says of which case it is, and which colleagues, patients and conversations.
    @Test
    @Rule("G17")
    void whoHasAPartInACaseIsShownNoneOfItsHolds() {
        var id = covert("farah.siddiqui", "amara.okafor");
        var another = covert("dawn.whitaker");
        var elin = as("elin.parry").get("/console/holds");
        assertThat(elin.text()).contains(id, another, "@amara.okafor");
        var farah = as("farah.siddiqui").get("/console/holds").text();
        assertThat(farah).contains(another, "@dawn.whitaker").doesNotContain(id, "@amara.okafor");
        var session = server.signIn("farah.siddiqui");
        var holds = server.get(session, "/_lanyard/v1/holds");
        assertThat(holds.body().toString()).contains(another).doesNotContain(id, "amara.okafor");
    }
}
