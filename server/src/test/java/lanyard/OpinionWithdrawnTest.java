package lanyard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lanyard.governance.disclosure.CaseId;
import lanyard.governance.disclosure.CaseKind;
import lanyard.governance.disclosure.CaseScope;
import lanyard.governance.disclosure.NewCase;
import lanyard.governance.disclosure.Requester;
import lanyard.governance.disclosure.Shown;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Rule;
import lanyard.trust.console.TestConsole;
import lanyard.trust.identity.Caller;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// A question to a health professional that is taken back, on the console's pages.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpinionWithdrawnTest {
    private static final Caller HELEN =
            new Caller(user("helen.ashworth"), new DeviceId("CONSOLE"), Demonstration.ODS_CODE);
    private static final UserId PRIYA = user("priya.nair");

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

    private static UserId user(String name) {
        return new UserId("@" + name + ":lanyard.localhost");
    }

    private TestConsole as(String user) {
        clock.move(Duration.ofMinutes(1));
        return TestConsole.signedIn(server, user);
    }

    private CaseId opened() {
        var scope = new CaseScope(Set.of(user("amara.okafor")), Set.of(), Set.of(), 0, 4_000_000_000_000L);
        var requester = new Requester("Alex Quill", "alex@example.org", "themselves", "Everything said of me.");
        var asked = new NewCase(
                CaseKind.SUBJECT_ACCESS,
                requester,
                scope,
                "UK GDPR Article 15",
                LocalDate.parse("2026-11-20"),
                Optional.empty());
        return server.app().governance().cases().open(HELEN, asked);
    }

    /// Neither an empty list nor a button that could do nothing; what somebody had typed meanwhile is not lost.
    private static void nothingToWithdraw(TestConsole helen, String withdraw) {
        var page = helen.get(withdraw);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains("Nobody is asked for an opinion in this case now.");
        assertThat(page.html()).doesNotContain("nhsuk-radios", "<button class=\"nhsuk-button\"");
        var sent = helen.post(withdraw, withdraw, Map.of("asked", PRIYA.value(), "reason", "she has left"));
        assertThat(sent.status()).isEqualTo(422);
        assertThat(sent.text()).contains("They are not asked for an opinion here.", "she has left");
        assertThat(sent.html()).doesNotContain("nhsuk-radios", "<button class=\"nhsuk-button\"");
    }

    /// What became of it, by which team and when, and that it is over; not who of the team, nor about whom it was.
    private void isTold(TestConsole priya, String mine) {
        var page = priya.get(mine);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text())
                .contains("This question was withdrawn")
                .contains("The information governance team withdrew it on 23 November 2026, 09:0")
                .contains("Nothing is left for you to do")
                .doesNotContain("changed meanwhile", "Helen", "Harm?", "Quill", "she has left the ward");
    }

    @Test
    @Rule("G17")
    void aQuestionIsWithdrawnOnAPageAndLeavesTheProfessionalsList() {
        var helen = as("helen.ashworth");
        var id = opened();
        var path = "/console/cases/" + id;
        var withdraw = path + "/withdraw-opinion";
        assertThat(helen.get(path).text()).doesNotContain("Withdraw a question");
        nothingToWithdraw(helen, withdraw);
        server.app()
                .governance()
                .cases()
                .opinions()
                .ask(HELEN, id, PRIYA, "Harm?", List.of(new Shown("said", Map.of())));
        assertThat(helen.get(path).text()).contains("Opinion asked of @priya.nair", "Withdraw a question");
        assertThat(helen.get(withdraw).text()).contains("Priya Nair", PRIYA.value());
        var fields = new HashMap<>(Map.of("reason", "she has left the ward"));
        var nobody = helen.post(withdraw, withdraw, fields);
        assertThat(nobody.status()).isEqualTo(422);
        assertThat(nobody.html()).contains("href=\"#asked\"", "she has left the ward");
        var priya = as("priya.nair");
        var mine = "/console/opinions/" + id;
        assertThat(priya.get(mine).text()).contains("Harm?");
        assertThat(priya.post(withdraw, withdraw, Map.of("asked", PRIYA.value(), "reason", "not mine"))
                        .status())
                .isEqualTo(403);
        fields.put("asked", PRIYA.value());
        assertThat(helen.post(withdraw, withdraw, fields).status()).isEqualTo(303);
        assertThat(helen.get(path).text())
                .contains(
                        "withdrew the question to Priya Nair. “she has left the ward”",
                        "asked Priya Nair for an opinion")
                .doesNotContain("Opinion asked of", "Withdraw a question");
        nothingToWithdraw(helen, withdraw);
        assertThat(priya.get("/console/opinions").text()).contains("You are not asked");
        var late = priya.post(mine, mine, Map.of("finding", "may_be_told", "words", "No harm seen."));
        assertThat(late.status()).isEqualTo(422);
        assertThat(late.text()).contains("This question was withdrawn", "No harm seen.");
        isTold(priya, mine);
        assertThat(as("dawn.whitaker").get(mine).status()).isEqualTo(404);
    }
}
