package lanyard.trust.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import lanyard.MovableClock;
import lanyard.TestServer;
import lanyard.TestServer.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The register of approved apps and the help desk, as those use them who have the duty.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegisterPagesTest {
    private static final String APPS = "/console/apps";
    private static final Pattern ASKING = Pattern.compile("name=\"asking\" value=\"([^\"]+)\"");
    private static final String DESK = "/console/help-desk";
    private static final Pattern APP = Pattern.compile("/console/apps/entries/([0-9a-f]+)\"");
    private static final Pattern HANDSET = Pattern.compile("name=\"handset\" value=\"([^\"]+)\"");

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private TestServer server;
    private TestConsole helen;
    private TestConsole jack;
    private Person amara;

    @BeforeAll
    void start() {
        server = TestServer.demonstration(clock, Map.of());
        helen = TestConsole.signedIn(server, "helen.ashworth");
        jack = TestConsole.signedIn(server, "jack.turner");
        amara = server.signIn("amara.okafor");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static Map<String, String> app() {
        var fields = new LinkedHashMap<>(Map.of(
                "software", "Other App",
                "client_host", "app.example.org",
                "redirect_hosts", "app.example.org\r\nlocalhost",
                "purpose", "Reading on a desktop",
                "approved_for", "Operational rooms",
                "not_approved_for", "Photos",
                "unmet_tips", "Locks by itself",
                "dpia_reference", "DPIA 7"));
        fields.putAll(Map.of("review_date-day", "30", "review_date-month", "4", "review_date-year", "2027"));
        return fields;
    }

    @Test
    void anAppIsApprovedChangedAndTakenOff() {
        helen.get(APPS + "/new");
        var wrong = new LinkedHashMap<>(app());
        wrong.put("review_date-month", "13");
        var again = helen.post(APPS + "/new", APPS + "/new", wrong);
        assertThat(again.status()).isEqualTo(422);
        assertThat(again.text()).contains("There is no such date.", "Locks by itself");
        var noHost = new LinkedHashMap<>(app());
        noHost.put("client_host", "https://app.example.org/");
        assertThat(helen.post(APPS + "/new", APPS + "/new", noHost).text()).contains("Give hosts alone");
        assertThat(helen.post(APPS + "/new", APPS + "/new", app()).location()).isEqualTo(APPS);

        var list = helen.get(APPS);
        assertThat(list.text()).contains("Other App", "Operational rooms", "30 April 2027");
        var id = APP.matcher(list.html());
        assertThat(id.find()).isTrue();
        var path = APPS + "/entries/" + id.group(1);
        assertThat(helen.get(path).html())
                .contains("value=\"Other App\"", "value=\"30\"", "app.example.org\nlocalhost")
                .contains("After it nobody new signs in", "aria-describedby=\"client_host-hint\"");
        var clinical = new LinkedHashMap<>(app());
        clinical.put("marks", "clinical");
        assertThat(helen.post(path, path, clinical).status()).isEqualTo(303);
        assertThat(helen.get(APPS).text()).contains("Clinical rooms");

        clock.move(Duration.ofMinutes(1));
        var samir = TestConsole.signedIn(server, "samir.haddad");
        assertThat(samir.get(path).text()).contains("Reading on a desktop").doesNotContain("Save");
        assertThat(samir.post(path, path, app()).status()).isEqualTo(403);

        assertThat(helen.post(path + "/withdraw", path, Map.of()).status()).isEqualTo(422);
        assertThat(helen.post(path + "/withdraw", path, Map.of("withdrawn", "no longer kept"))
                        .status())
                .isEqualTo(303);
        assertThat(helen.get(APPS).text()).contains("No other app is approved.");
        assertThat(helen.get(path).status()).isEqualTo(404);
    }

    @Test
    void theHelpDeskLocksUnlocksAndWipesAColleaguesPhone() {
        var order =
                new LinkedHashMap<>(Map.of("user", "amara.okafor", "reason", "left on the bus, called back on ward"));
        // In under five taps: the front page's link, whose phone, lock.
        assertThat(jack.get("/console").html()).contains("href=\"" + DESK + "\"");
        jack.get(DESK);
        assertThat(jack.post(DESK, DESK, Map.of("user", "amara.okafor")).status())
                .isEqualTo(422);
        assertThat(jack.post(DESK, DESK, Map.of("user", "nobody", "reason", "x"))
                        .text())
                .contains("There is no such person in your organisation.");
        var phones = jack.post(DESK, DESK, order);
        assertThat(phones.text()).contains("Amara Okafor, Pharmacist, Maple Ward", "In use");
        var handset = HANDSET.matcher(phones.html());
        assertThat(handset.find()).isTrue();
        order.put("handset", handset.group(1));
        assertThat(jack.post(DESK + "/lock", DESK, order).text()).contains("The phone is locked.");
        assertThat(server.get(amara, "/_matrix/client/v3/account/whoami").status())
                .isEqualTo(401);
        assertThat(jack.post(DESK + "/report", DESK, order).text()).contains("Draft of the note");
        assertThat(jack.post(DESK + "/unlock", DESK, order).text()).contains("The phone is unlocked.");
        assertThat(server.get(amara, "/_matrix/client/v3/account/whoami").status())
                .isEqualTo(200);

        assertThat(jack.post(DESK + "/wipe", DESK, order).status()).isEqualTo(422);
        order.put("confirm", "yes");
        clock.move(Duration.ofMinutes(6));
        assertThat(jack.post(DESK + "/wipe", DESK, order).text()).contains("Show that it is you");
        order.put("_code", server.codeOf("jack.turner"));
        assertThat(jack.post(DESK + "/wipe", DESK, order).text()).contains("Access has ended");
        assertThat(server.get(amara, "/_matrix/client/v3/account/whoami").status())
                .isEqualTo(401);
        assertThat(helen.post(DESK, DESK, order).status()).isEqualTo(403);
    }

    @Test
    void whoHasLostEverySecondStepIsLetBeginAgainByTwo() {
        var steps = "/console/second-steps";
        var order = new LinkedHashMap<>(Map.of("user", "sian.evans", "check", "knows her, stands at the desk"));
        jack.get(steps);
        assertThat(jack.post(steps, steps, Map.of("user", "sian.evans")).text())
                .contains("Say how you made sure who is asking.");
        clock.move(Duration.ofMinutes(6));
        order.put("_code", server.codeOf("jack.turner"));
        assertThat(jack.post(steps, steps, order).status()).isEqualTo(303);
        var asked = jack.get(steps);
        assertThat(asked.text()).contains("Asked for by Jack Turner: knows her, stands at the desk", "Withdraw");
        assertThat(asked.html()).as("not by the same person").doesNotContain(steps + "/confirm");
        order.remove("_code");
        assertThat(jack.post(steps + "/confirm", steps, order).status()).isEqualTo(403);

        var read = helen.get(steps);
        assertThat(read.text()).contains("Let them begin again");
        jack.post(steps, steps, Map.of("user", "sian.evans", "check", "she sounded like herself"));
        order.putAll(Map.of("_code", server.codeOf("helen.ashworth"), "asking", asking(read)));
        var refused = helen.post(steps + "/confirm", steps, order);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("asked for this anew since you looked", "she sounded like herself");
        order.put("asking", asking(refused));
        var done = helen.post(steps + "/confirm", steps, order);
        assertThat(done.text()).contains("They can begin again with this code", "Nobody waits.");
        assertThat(amaraConsole(steps)).isEqualTo(403);
    }

    /// Which asking the page's button confirms.
    private static String asking(TestConsole.Shown page) {
        var found = ASKING.matcher(page.html());
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private int amaraConsole(String page) {
        return TestConsole.signedIn(server, "amara.okafor").get(page).status();
    }
}
