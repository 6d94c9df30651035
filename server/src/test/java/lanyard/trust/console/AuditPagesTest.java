package lanyard.trust.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import lanyard.MovableClock;
import lanyard.TestServer;
import lanyard.platform.json.Json;
import lanyard.standards.fhir.FhirValidator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditPagesTest {
    private static final String PATH = "/console/audit";
    private static final Pattern ENTRY = Pattern.compile("/console/audit/entries/([0-9]+-[0-9]+)");

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private TestServer server;
    private TestConsole farah;

    @BeforeAll
    void start() {
        server = TestServer.demonstration(clock, Map.of());
        farah = TestConsole.signedIn(server, "farah.siddiqui");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private TestConsole.Shown search(Map<String, String> fields) {
        farah.get(PATH);
        return farah.post(PATH, PATH, fields);
    }

    @Test
    void entriesAreFoundByPersonActionSubjectAndDate() {
        server.hold("!held:lanyard.localhost");
        assertThat(search(Map.of("action", "duty.")).text()).contains("duty.given", "@owen.rowlands:lanyard.localhost");
        var person = search(Map.of("person", "officer")).text();
        assertThat(person).contains("hold.placed", "an inquiry").doesNotContain("duty.given");
        assertThat(search(Map.of("subject", "HELD:lanyard")).text()).contains("1 entry", "hold.placed");
        var lastYear = Map.of(
                "from-day",
                "1",
                "from-month",
                "1",
                "from-year",
                "2025",
                "to-day",
                "31",
                "to-month",
                "12",
                "to-year",
                "2025");
        assertThat(search(lastYear).text()).contains("0 entries");
        var backwards = search(Map.of("from-day", "30", "from-month", "11", "from-year", "2026"));
        assertThat(backwards.status()).isEqualTo(422);
        assertThat(backwards.text()).contains("The first day comes before the last.");
    }

    @Test
    void whoSearchesAndWhoReadsIsInTheAuditThemselves() {
        search(Map.of("person", "grace.mensah"));
        assertThat(search(Map.of("action", "audit.searched")).text()).contains("@grace.mensah:lanyard.localhost");
        assertThat(search(Map.of("action", "console.read")).text()).contains("/console/audit");
    }

    @Test
    void anEntryIsShownWithAProof() {
        var html = search(Map.of("action", "organization.hosted")).html();
        var place = ENTRY.matcher(html);
        assertThat(place.find()).isTrue();
        var page = farah.get(PATH + "/entries/" + place.group(1));
        assertThat(page.text()).contains("organization.hosted", "X26DEMO");
        var given = ENTRY.matcher(search(Map.of("action", "duty.given")).html());
        assertThat(given.find()).isTrue();
        assertThat(farah.get(PATH + "/entries/" + given.group(1)).text()).contains("duty.given", "Entry");
        server.checkpointAudit();
        var proof = farah.get(PATH + "/entries/" + place.group(1) + "/proof");
        assertThat(proof.status()).isEqualTo(200);
        assertThat(proof.headers().get("content-disposition")).startsWith("attachment");
        assertThat(proof.html()).contains("\"proof\":\"inclusion\"", "\"salt\"");
        assertThat(farah.get(PATH + "/entries/0-99999").status()).isEqualTo(404);
        assertThat(farah.get(PATH + "/entries/x").status()).isEqualTo(404);
    }

    @Test
    void theExportIsFhirThatTheReferenceValidatorTakes() {
        server.hold("!exported:lanyard.localhost");
        farah.get(PATH);
        var export = farah.post(PATH + "/export", PATH, Map.of("action", "", "format", "fhir"));
        assertThat(export.status()).isEqualTo(200);
        assertThat(export.headers()).containsEntry("content-type", "application/fhir+json");
        var bundle = Json.object(export.html().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(bundle.path("entry").size()).isGreaterThan(10);
        assertThat(FhirValidator.errors(bundle)).isEmpty();
        assertThat(search(Map.of("action", "audit.exported")).text()).contains("audit.exported");
    }

    @Test
    void proofsAreAskedForByRouteByThoseWhoMay() {
        server.checkpointAudit();
        clock.move(Duration.ofMinutes(1));
        var judith = server.signIn("judith.pemberton");
        var checkpoints = server.get(judith, "/_lanyard/v1/audit/checkpoints");
        assertThat(checkpoints.text("verifier_key")).startsWith("lanyard.localhost/audit+");
        assertThat(checkpoints.body().path("checkpoints").size()).isEqualTo(1);
        assertThat(server.get(judith, "/_lanyard/v1/audit/inclusion?slot=0&index=1")
                        .text("proof"))
                .isEqualTo("inclusion");
        assertThat(server.get(judith, "/_lanyard/v1/audit/consistency?slot=0&size=x")
                        .status())
                .isEqualTo(400);
        assertThat(server.get(judith, "/_lanyard/v1/audit/inclusion?slot=9&index=1")
                        .status())
                .isEqualTo(404);
        var tom = server.signIn("tom.fletcher");
        for (var path : List.of("checkpoints", "inclusion?slot=0&index=1", "consistency?slot=0&size=1")) {
            assertThat(server.get(tom, "/_lanyard/v1/audit/" + path).text("error"))
                    .contains("Only these may do that");
        }
    }
}
