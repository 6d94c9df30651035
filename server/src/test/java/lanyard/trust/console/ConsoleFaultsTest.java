package lanyard.trust.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import lanyard.MovableClock;
import lanyard.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Whatever goes wrong in the console is a page that says what to do, and nothing that was typed is lost.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleFaultsTest {
    private static final String ROTA = "/console/rota";
    private static final String NAME = "Night registrar & \"co\"";

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

    @BeforeEach
    void anotherCode() {
        clock.move(Duration.ofMinutes(1));
    }

    private TestConsole carys() {
        var carys = TestConsole.signedIn(server, "carys.bevan");
        assertThat(carys.get(ROTA).status()).isEqualTo(200);
        return carys;
    }

    private static void assertPage(TestConsole.Shown shown, int status, String... words) {
        assertThat(shown.status()).isEqualTo(status);
        assertThat(shown.headers().get("content-type")).startsWith("text/html");
        assertThat(shown.html()).contains("<h1 class=\"nhsuk-heading-l\">", "<main", "<title>");
        assertThat(shown.text()).contains(words).doesNotContain("errcode");
    }

    @Test
    void whatIsNotThereIsAPageForAnybody() {
        var carys = carys();
        assertPage(carys.get("/console/nowhere"), 404, "There is nothing here", "What to do next", "On-call rota");
        assertPage(TestConsole.stranger(server).get("/console/a/b/c"), 404, "There is nothing here");
        assertPage(carys.get(ROTA + "/roles/none"), 404, "There is nothing here");
        assertPage(carys.get("/console/audit"), 403, "You cannot do this", "ask an administrator");
        assertPage(TestConsole.raw(server, "DELETE", ROTA, "x"), 405, "There is nothing here");
        assertPage(
                TestConsole.stranger(server).with("lanyard-console-language=cy").get("/console/nowhere"),
                404,
                "Nid oes dim yma",
                "Beth i'w wneud nesaf");
        assertThat(carys.get("/_lanyard/v1/nowhere").html()).contains("errcode");
    }

    @Test
    void whatIsTooLongIsSaidBesideItsFieldAndTheFormIsKept() {
        var carys = carys();
        var tooLong = Map.of("name", NAME, "ward", "w".repeat(20_001));
        var shown = carys.post(ROTA, ROTA, tooLong);
        assertPage(shown, 422, "That is too long: it has at most 20,000 characters.");
        assertThat(shown.html()).contains("href=\"#ward\"", "w".repeat(20_001));
        var huge = carys.post(ROTA, ROTA, Map.of("name", NAME, "ward", "w".repeat(2_200_000)));
        assertPage(huge, 413, "That is too big", "shorten the longest text");
    }

    @Test
    void afterAFaultOfOursWhatWasTypedIsSentAgain() {
        var carys = carys();
        var fields = Map.of("name", NAME, "ward", "Ward 7");
        server.database()
                .write(tx -> tx.update("ALTER TABLE on_call_role RENAME TO on_call_role_away")
                        .execute());
        TestConsole.Shown fault;
        try {
            fault = carys.post(ROTA, ROTA, fields);
        } finally {
            server.database()
                    .write(tx -> tx.update("ALTER TABLE on_call_role_away RENAME TO on_call_role")
                            .execute());
        }
        assertPage(fault, 500, "Reference", "What to do next", "Send what I typed again", NAME);
        var again = carys.send(ROTA, TestConsole.hidden(fault));
        assertThat(again.status()).isEqualTo(303);
        assertThat(carys.get(again.location()).text()).contains(NAME);
    }

    @Test
    void aPageThatHasGoneGivesTheFormBack() {
        var carys = carys();
        var shown = carys.post(ROTA, ROTA + "/roles/none", Map.of("name", "", "ward", "A ward of ours"));
        assertPage(shown, 422, "Fill this in.", "A ward of ours", "Send what I typed again");
    }

    @Test
    void whoWasSignedOutSendsAfterSigningInAgainWhatTheyTypedAndNobodyElseDoes() {
        var carys = carys();
        clock.move(Duration.ofMinutes(16));
        var fields = new LinkedHashMap<>(Map.of("name", "Late registrar", "ward", "Ward of hers"));
        var out = carys.post(ROTA, ROTA, fields);
        assertPage(out, 401, "You were signed out", "what you typed is kept");
        var back = TestConsole.signedInWith(server, "carys.bevan", TestConsole.hidden(out));
        assertPage(back.shown(), 200, "What you typed is not yet sent", "Ward of hers");
        var sent = back.console().send(ROTA, TestConsole.hidden(back.shown()));
        assertThat(sent.status()).isEqualTo(303);
        assertThat(back.console().get(sent.location()).text()).contains("Late registrar");

        clock.move(Duration.ofMinutes(1));
        var other = TestConsole.signedInWith(server, "helen.ashworth", TestConsole.hidden(out));
        assertThat(other.shown().status()).isEqualTo(303);
        assertThat(other.shown().location()).isEqualTo("/console");
        var noForm = TestConsole.stranger(server).send(ROTA, Map.of("name", "x"));
        assertThat(noForm.location()).isEqualTo("/console/sign-in");
    }

    @Test
    void aFormOfAnEarlierSignInIsGivenBackToItsPersonOnly() {
        var carys = carys();
        var stale = new LinkedHashMap<>(Map.of("name", "Early registrar", "ward", "Ward of old", "_csrf", "x"));
        var shown = carys.post(ROTA, ROTA, stale);
        assertPage(shown, 403, "earlier sign-in", "Send what I typed again", "Ward of old");
        assertThat(carys.send(ROTA, TestConsole.hidden(shown)).status()).isEqualTo(303);
        stale.put("_who", "@helen.ashworth:lanyard.localhost");
        assertThat(carys.post(ROTA, ROTA, stale).text())
                .contains("earlier sign-in")
                .doesNotContain("Ward of old");
    }

    @Test
    void secretsAreNeverPutIntoAPage() {
        var carys = carys();
        var shown = carys.post(
                ROTA,
                ROTA + "/roles/none",
                Map.of("name", "", "ward", "A ward of ours", "passphrase-1", "my secret words"));
        assertPage(shown, 422, "A ward of ours");
        assertThat(shown.text()).doesNotContain("my secret words", "Send what I typed again");
    }
}
