package lanyard.governance.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import lanyard.MovableClock;
import lanyard.TestServer;
import lanyard.trust.console.TestConsole;
import lanyard.trust.console.TestConsole.Shown;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The schedule in the console: what its bounds are, and what is said to who leaves them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SchedulePagesTest {
    private static final String PATH = "/console/retention/schedule";

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private TestServer server;
    private TestConsole elin;

    @BeforeAll
    void start() {
        server = TestServer.demonstration(clock, Map.of());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void signIn() {
        clock.move(Duration.ofMinutes(1));
        elin = TestConsole.signedIn(server, "elin.parry");
    }

    private static Map<String, String> typed() {
        return new HashMap<>(Map.of(
                "clinical", "400",
                "operational", "365",
                "social", "90",
                "files", "401",
                "undo", "8",
                "ask", "29",
                "backups", "31"));
    }

    private Shown sentWith(String field, String text) {
        var fields = typed();
        fields.put("reason", "as the board decided");
        fields.put(field, text);
        return elin.post(PATH, PATH, fields);
    }

    @Test
    void eachFieldSaysItsBoundsAndByWhoseWordTheyAre() {
        var page = elin.get(PATH).html();
        for (var field : new String[] {"clinical", "operational", "social", "files", "undo", "ask", "backups"}) {
            assertThat(page).contains("aria-describedby=\"" + field + "-hint\"");
        }
        assertThat(page)
                .contains("id=\"clinical-hint\">30 to 2928 days. The least is Lanyard&#39;s own")
                .contains("id=\"operational-hint\">30 to 2928 days. ", "id=\"social-hint\">7 to 2928 days. ")
                .contains("id=\"files-hint\">At most 2928 days. At least as long as the messages")
                .contains("id=\"undo-hint\">1 to 30 days. Lanyard&#39;s own", "id=\"ask-hint\">7 to 90 days. The NHS")
                .contains("id=\"backups-hint\">0 to 365 days. Lanyard&#39;s own bound", "Article 5(1)(e)")
                .doesNotContain("aria-invalid");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "clinical    | 29    | Messages of clinical rooms must be kept at least 30 days",
                "operational | 0     | Messages of operational rooms must be kept at least 30 days",
                "social      | 6     | Messages of social rooms must be kept at least 7 days",
                "clinical    | 2929  | Messaging is not the record: clinical rooms keep nothing for more than 2928 days",
                "files       | 399   | Files of clinical rooms must be kept as long as the messages that show them",
                "files       | 2929  | Messaging is not the record",
                "undo        | 0     | What is marked for disposal must wait 1 to 30 days",
                "ask         | 91    | Owners of clinical rooms must be asked 7 to 90 days",
                "backups     | 366   | Backups may be kept for at most 365 days",
                "undo        | soon  | Type a whole number between 1 and 30",
                "ask         | ''    | Fill this in"
            })
    void whatLeavesTheBoundsIsRefusedAtItsFieldAndWhatWasTypedStays(String field, String text, String sentence) {
        var refused = sentWith(field, text);
        assertThat(refused.status()).isEqualTo(422);
        var id = "id=\"" + field + "\"";
        assertThat(refused.html())
                .contains("<a href=\"#" + field + "\">" + sentence)
                .containsPattern("id=\"" + field + "-error\">.*" + sentence)
                .containsPattern("<input[^>]* " + id + " [^>]*value=\"" + text + "\"[^>]*" + "aria-describedby=\""
                        + field + "-hint " + field + "-error\" aria-invalid=\"true\"")
                .containsOnlyOnce("aria-invalid")
                .contains(">as the board decided</textarea>");
        typed().forEach((other, days) -> assertThat(refused.html())
                .containsPattern("name=\"" + other + "\"[^>]*value=\"" + (other.equals(field) ? text : days) + "\""));
    }

    @Test
    void whatIsWithinThemIsPutInForce() {
        assertThat(sentWith("clinical", "30").status()).isEqualTo(303);
        assertThat(elin.get(PATH).html()).containsPattern("name=\"clinical\"[^>]*value=\"30\"");
        assertThat(sentWith("social", "7").status()).isEqualTo(303);
    }
}
