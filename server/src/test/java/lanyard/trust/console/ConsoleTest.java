package lanyard.trust.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import lanyard.Behind;
import lanyard.MovableClock;
import lanyard.TestServer;
import lanyard.platform.json.Json;
import lanyard.traceability.Rule;
import lanyard.trust.passkey.TestPasskey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleTest {
    private static final String ORIGIN = "http://localhost:8448";
    private static final Pattern OPTIONS = Pattern.compile("data-options=\"([^\"]+)\"");
    private static final String DUTIES = "/console/duties";
    private static final String OWEN = "@owen.rowlands:lanyard.localhost";

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private TestServer server;

    @BeforeAll
    void start() {
        server = TestServer.demonstration(clock, Map.of("LANYARD_PUBLIC_URL", ORIGIN));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void anotherCode() {
        clock.move(Duration.ofMinutes(1));
    }

    private TestConsole helen() {
        return TestConsole.signedIn(server, "helen.ashworth");
    }

    @Test
    void somebodySignsInWithoutJavaScriptAndSeesWhatTheyMayDo() {
        var front = helen().get("/console");
        assertThat(front.status()).isEqualTo(200);
        assertThat(front.text()).contains("Helen Ashworth", "information governance team, administrator", "Duties");
        assertThat(front.headers())
                .containsEntry("cache-control", "no-store")
                .containsEntry("referrer-policy", "same-origin");
        assertThat(front.headers().get("content-security-policy")).startsWith("default-src 'none'");
        clock.move(Duration.ofMinutes(1));
        var amara = TestConsole.signedIn(server, "amara.okafor").get("/console");
        assertThat(amara.text()).contains("You have no duty of information governance");
    }

    @Test
    void aWrongPasswordOrCodeIsSaidInAnErrorSummary() {
        var stranger = TestConsole.stranger(server);
        var wrong = stranger.send("/console/sign-in", Map.of("user", "samir.haddad", "password", "<b>no</b>"));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.text()).contains("There is a problem", "The user name or the password is not right.");
        assertThat(wrong.html()).contains("value=\"samir.haddad\"").doesNotContain("<b>no");
        var code = stranger.send("/console/sign-in/code", Map.of("session", "lys_x", "code", "000000"));
        assertThat(code.status()).isEqualTo(422);
        assertThat(stranger.get("/console").location()).isEqualTo("/console/sign-in");
    }

    @Test
    void whoIsLockedOutIsToldWhatToDoAndWhomToAskInBothLanguages() {
        var stranger = TestConsole.stranger(server);
        var shown = stranger.get("/console/sign-in");
        assertThat(shown.text())
                .contains("If you cannot sign in", "Your passkey is lost, or not on this computer: use your password")
                .contains("You have lost everything, recovery codes too: ask your help desk or an administrator.")
                .contains(
                        "You can sign in, but have no duty here: ask an administrator", "Tell the two other officers.");
        assertThat(shown.html()).contains("href=\"/lost\"", "href=\"/\"");
        var first = Map.of("user", "samir.haddad", "password", server.passwordOf("samir.haddad"));
        assertThat(stranger.send("/console/sign-in", first).text())
                .contains("Without the app: one of your recovery codes", "If you cannot sign in");
        var welsh = stranger.with("lanyard-console-language=cy").get("/console/sign-in");
        assertThat(welsh.text())
                .contains("Os na allwch fewngofnodi", "Mae eich cyfallwedd ar goll", "gan gynnwys eich codau adfer")
                .contains("Cloi ffôn coll", "ond nid oes gennych ddyletswydd yma", "y ddau swyddog arall")
                .doesNotContain("passkey", "recovery", "officer");
    }

    @Test
    void aRecoveryCodeStandsForALostAuthenticatorHereToo() {
        var phone = server.signIn("samir.haddad");
        var codes = server.post(phone, "/_lanyard/v1/me/recovery-codes", Json.object());
        var stranger = TestConsole.stranger(server);
        var first = Map.of("user", "samir.haddad", "password", server.passwordOf("samir.haddad"));
        var second = TestConsole.hidden(stranger.send("/console/sign-in", first));
        second.put("code", codes.body().path("codes").get(0).asString(""));
        assertThat(stranger.send("/console/sign-in/code", second).status()).isEqualTo(303);
        assertThat(stranger.get("/console").text()).contains("Your duties:");
        var again = TestConsole.hidden(TestConsole.stranger(server).send("/console/sign-in", first));
        again.put("code", second.get("code"));
        assertThat(TestConsole.stranger(server)
                        .send("/console/sign-in/code", again)
                        .status())
                .isEqualTo(422);
    }

    private TestPasskey passkeyOf(String user) {
        clock.move(Duration.ofMinutes(1));
        var phone = server.signIn(user);
        var passkey = new TestPasskey(ORIGIN);
        var asked = server.post(phone, "/_lanyard/v1/me/passkeys/options", Json.object());
        var body = Json.object().put("name", "A key");
        body.set("credential", passkey.create(Json.objectField(asked.object(), "publicKey")));
        assertThat(server.post(phone, "/_lanyard/v1/me/passkeys", body).status())
                .isEqualTo(200);
        return passkey;
    }

    @Test
    void aPasskeySignsInAndIsFreshProof() {
        var passkey = passkeyOf("samir.haddad");
        var asked = server.call("POST", "/_lanyard/v1/sign-in/passkey/options", null, Json.object());
        var body = Json.object().put("session", asked.text("session"));
        body.set("credential", passkey.get(Json.objectField(asked.object(), "publicKey")));
        var passed = server.call("POST", "/_lanyard/v1/sign-in/passkey", null, body);
        var samir = TestConsole.stranger(server);
        var in = Map.of("token", passed.text("login_token"), "_to", "/console/audit");
        assertThat(samir.send("/console/sign-in/passkey", in).location()).isEqualTo("/console/audit");
        assertThat(TestConsole.stranger(server)
                        .send("/console/sign-in/passkey", in)
                        .status())
                .isEqualTo(422);
        samir.get("/console/audit");

        clock.move(Duration.ofMinutes(6));
        var export = new LinkedHashMap<>(Map.of("format", "csv"));
        var page = samir.post("/console/audit/export", "/console/audit", export);
        var options = OPTIONS.matcher(page.html());
        assertThat(options.find()).isTrue();
        var publicKey = Json.object(options.group(1).replace("&quot;", "\"").getBytes(StandardCharsets.UTF_8));
        export.put("_credential", passkey.get(publicKey).toString());
        assertThat(samir.post("/console/audit/export", "/console/audit", export).status())
                .isEqualTo(200);

        clock.move(Duration.ofMinutes(6));
        var again = samir.post("/console/audit/export", "/console/audit", export);
        assertThat(again.status()).isEqualTo(422);
        assertThat(again.text()).contains("Show that it is you", "That took too long or was used already.");
    }

    @Test
    void aPageThatIsNotTheirsSaysWhoMay() {
        var farah = TestConsole.signedIn(server, "farah.siddiqui");
        var page = farah.get(DUTIES);
        assertThat(page.status()).isEqualTo(403);
        assertThat(page.text()).contains("Only these may do that: administrator.");
        var form = farah.post(DUTIES + "/give", DUTIES, Map.of("user", OWEN, "duty", "siro"));
        assertThat(form.status()).isEqualTo(403);
    }

    @Test
    void aDutyIsGivenAfterFreshProofAndTheFormIsKept() {
        var helen = helen();
        clock.move(Duration.ofMinutes(6));
        var fields = Map.of("user", OWEN, "duty", "siro");
        var asked = helen.post(DUTIES + "/give", DUTIES, fields);
        assertThat(asked.text()).contains("Show that it is you");
        assertThat(asked.html()).contains("name=\"duty\" value=\"siro\"", "name=\"user\" value=\"" + OWEN + "\"");
        var wrong = new LinkedHashMap<>(fields);
        wrong.put("_code", "000000");
        assertThat(helen.post(DUTIES + "/give", DUTIES, wrong).status()).isEqualTo(422);
        var right = new LinkedHashMap<>(fields);
        right.put("_code", server.codeOf("helen.ashworth"));
        var done = helen.post(DUTIES + "/give", DUTIES, right);
        assertThat(done.status()).isEqualTo(303);
        assertThat(done.location()).isEqualTo(DUTIES);
        assertThat(helen.get(DUTIES).html()).contains("name=\"user\" value=\"" + OWEN + "\"");
        assertThat(helen.post(DUTIES + "/take", DUTIES, fields).status()).isEqualTo(303);
    }

    /// A rule that takes two people cannot see that two accounts are one person's.
    @Test
    @Rule("G17")
    void whoseSecondAccountNobodyWouldKnowIsSaidWhereDutiesAreGiven() {
        var warning = "a second account of theirs would count as somebody else";
        assertThat(helen().get(DUTIES).text()).doesNotContain(warning);
        Behind.staffNumber(server, OWEN, "N/A");
        clock.move(Duration.ofMinutes(1));
        assertThat(helen().get(DUTIES).html()).contains(warning, "<li>Owen Rowlands</li>");
        Behind.staffNumber(server, OWEN, "D-116");
    }

    @Test
    void aRefusedFormIsShownAgainWithWhatWasTyped() {
        var helen = helen();
        var nobody = helen.post(DUTIES + "/give", DUTIES, Map.of("user", "", "duty", "siro"));
        assertThat(nobody.status()).isEqualTo(422);
        assertThat(nobody.html()).contains("href=\"#user\"", "<option value=\"siro\" selected>");
        var self = helen.post(
                DUTIES + "/give", DUTIES, Map.of("user", "@helen.ashworth:lanyard.localhost", "duty", "siro"));
        assertThat(self.status()).isEqualTo(422);
        assertThat(self.text()).contains("Nobody gives a duty to themselves");
    }

    @Test
    void aFormFromElsewhereDoesNothing() {
        var helen = helen();
        var fields = Map.of("user", OWEN, "duty", "siro", "_page", DUTIES);
        assertThat(helen.send(DUTIES + "/give", fields).text()).contains("earlier sign-in");
        var csrf = Map.of("user", OWEN, "duty", "siro", "_csrf", "x");
        assertThat(helen.send(DUTIES + "/give", csrf, Map.of()).status()).isEqualTo(403);
        for (var origin : List.of("null", "https://evil.example")) {
            assertThat(helen.send(DUTIES + "/give", csrf, Map.of("Origin", origin))
                            .status())
                    .isEqualTo(403);
        }
        assertThat(helen.get(DUTIES).text()).contains("Owen Rowlands, Head of information governance Take away");
        assertThat(Behind.dutiesOf(server, OWEN)).hasSize(1);
    }

    @Test
    void noTokenOpensTheConsoleAndNoCookieTheInterface() {
        var helen = helen();
        assertThat(helen.get("/_matrix/client/v3/account/whoami").status()).isEqualTo(401);
        clock.move(Duration.ofMinutes(1));
        var phone = server.signIn("helen.ashworth");
        for (var route : server.consoleRoutes().keySet()) {
            var method = route.substring(0, route.indexOf(' '));
            var path = route.substring(route.indexOf(' ') + 1).replaceAll("\\{[^}]*}", "x");
            var answer = TestConsole.raw(server, method, path, phone.token());
            assertThat(answer.status()).as(route).isEqualTo(303);
            assertThat(answer.location()).as(route).startsWith("/console/sign-in");
        }
    }

    @Test
    void c1WhoHasNoDutyGetsNothingButTheFrontPageAndThatIsOnRecord() {
        var before = Behind.audited(server, "console.refused");
        var amara = TestConsole.signedIn(server, "tom.fletcher");
        server.consoleRoutes().forEach((route, duties) -> {
            if (duties.isEmpty()) {
                return;
            }
            var path = route.substring(route.indexOf(' ') + 1).replaceAll("\\{[^}]*}", "x");
            var answer = route.startsWith("GET") ? amara.get(path) : amara.post(path, path, Map.of());
            assertThat(answer.status()).as(route).isEqualTo(403);
        });
        assertThat(Behind.audited(server, "console.refused") - before)
                .isGreaterThanOrEqualTo(server.consoleRoutes().size() / 2);
    }

    @Test
    void aSessionEndsWithItsIdleTimeItsDayAndItsPerson() {
        var idle = helen();
        clock.move(Duration.ofMinutes(14));
        assertThat(idle.get("/console").status()).isEqualTo(200);
        clock.move(Duration.ofMinutes(14));
        assertThat(idle.get("/console").status()).isEqualTo(200);
        clock.move(Duration.ofMinutes(16));
        assertThat(idle.get("/console?x=1").location()).startsWith("/console/sign-in?to=");

        var day = helen();
        for (var minutes = 0; minutes < 8 * 60; minutes += 10) {
            assertThat(day.get("/console").status()).isEqualTo(200);
            clock.move(Duration.ofMinutes(10));
        }
        assertThat(day.get("/console").status()).isEqualTo(303);

        var leaver = TestConsole.signedIn(server, "judith.pemberton");
        assertThat(leaver.get("/console").status()).isEqualTo(200);
        server.leave("@judith.pemberton:lanyard.localhost");
        assertThat(leaver.get("/console").status()).isEqualTo(303);
    }

    @Test
    void signingOutEndsTheSessionItself() {
        var helen = helen();
        var cookie = helen.cookie();
        assertThat(cookie).startsWith("lanyard-console=lyc_");
        assertThat(helen.post("/console/sign-out", "/console", Map.of()).location())
                .isEqualTo("/console/sign-in");
        assertThat(TestConsole.stranger(server).with(cookie).get("/console").status())
                .isEqualTo(303);
    }

    @Test
    void theLayoutSpeaksWelsh() {
        var stranger = TestConsole.stranger(server).with("lanyard-console-language=cy");
        var page = stranger.get("/console/sign-in");
        assertThat(page.html()).contains("<html lang=\"cy\"");
        assertThat(page.text())
                .contains("Mewngofnodi", "Neidio i'r prif gynnwys")
                .doesNotContain("Skip to main");
        assertThat(stranger.get("/console/language/cy?to=//evil.example").location())
                .isEqualTo("/console");
    }

    @Test
    void theMenuSpeaksWelshAndAPageThatDoesNotSaysSo() {
        var helen = helen();
        var english = menu(helen.get("/console").html());
        var welsh = TestConsole.stranger(server).with(helen.cookie() + "; lanyard-console-language=cy");
        var front = welsh.get("/console").html();
        assertThat(english).hasSizeGreaterThan(3);
        assertThat(menu(front)).hasSameSizeAs(english).doesNotContainAnyElementsOf(english);
        assertThat(front).contains("<html lang=\"cy\"").doesNotContain("<main lang", "lang=\"en\" data-page");

        var audit = welsh.get("/console/audit").html();
        assertThat(audit).contains("<html lang=\"cy\"", "<title lang=\"en\">Audit", "lang=\"en\" data-page");
        assertThat(menu(audit)).isEqualTo(menu(front));
        assertThat(helen.get("/console/audit").html()).doesNotContain("lang=\"en\" data-page");
    }

    private static List<String> menu(String html) {
        return Pattern.compile("nhsuk-header__navigation-link\"[^>]*>([^<]*)<")
                .matcher(html)
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
