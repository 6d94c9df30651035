package lanyard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import lanyard.governance.custodian.TestOfficer;
import lanyard.platform.json.Json;
import lanyard.trust.console.TestConsole;
import lanyard.trust.console.TestConsole.Shown;
import lanyard.trust.passkey.TestPasskey;

/// The custodian's officers at their browsers: each with a passkey, and with what it opens.
final class OfficerDesk {
    static final String ORIGIN = "http://localhost:8448";
    static final String PATH = "/console/custodian";
    static final String REPLACEMENTS = PATH + "/replacements";
    private static final Pattern KEY = Pattern.compile("data-session=\"([^\"]+)\" data-key=\"([^\"]+)\"");
    private static final Pattern KEPT = Pattern.compile("data-kept=\"([^\"]*)\" data-current=\"([^\"]*)\"");

    private final TestServer server;
    private final MovableClock clock;
    private final Map<String, TestOfficer> officers = new HashMap<>();
    private final Map<String, TestConsole> consoles = new HashMap<>();
    private final Set<String> tried = new HashSet<>();

    /// With the three of the demonstration.
    OfficerDesk(TestServer server, MovableClock clock) {
        this.server = server;
        this.clock = clock;
        new CaseFixture(server)
                .officers()
                .forEach(officer -> officers.put(officer.person().localpart(), officer));
    }

    /// Somebody who has no share yet.
    void comes(String user) {
        officers.put(user, TestOfficer.without("@" + user + ":lanyard.localhost"));
    }

    TestOfficer officer(String user) {
        return Objects.requireNonNull(officers.get(user));
    }

    /// Nobody can be asked for the same code twice, nor is a proof fresh for ever.
    void later() {
        clock.move(Duration.ofMinutes(6));
        consoles.clear();
    }

    /// Once until it is later: a proof counts for five minutes.
    TestConsole signedIn(String user) {
        return consoles.computeIfAbsent(user, someone -> TestConsole.signedIn(server, someone));
    }

    void duty(String what, String user) {
        var fields = Map.of("user", "@" + user + ":lanyard.localhost", "duty", "custodian_officer");
        assertThat(signedIn("helen.ashworth")
                        .post("/console/duties/" + what, "/console/duties", fields)
                        .status())
                .isEqualTo(303);
    }

    /// As the app adds a passkey, and then the officer's browser prepares it.
    Shown prepare(String user) {
        clock.move(Duration.ofSeconds(30));
        var phone = server.signIn(user);
        clock.move(Duration.ofSeconds(30));
        var passkey = new TestPasskey(ORIGIN);
        var asked = server.post(phone, "/_lanyard/v1/me/passkeys/options", Json.object());
        var body = Json.object().put("name", "A key");
        body.set("credential", passkey.create(Json.objectField(asked.object(), "publicKey")));
        assertThat(server.post(phone, "/_lanyard/v1/me/passkeys", body).status())
                .isEqualTo(200);
        var fields = Map.of("key", officer(user).publicKey(), "credential", passkey.id());
        return signedIn(user).post(PATH + "/keys", PATH, fields);
    }

    private static String unescaped(String html) {
        return html.replace("&quot;", "\"")
                .replace("&#43;", "+")
                .replace("&#x3D;", "=")
                .replace("&#61;", "=");
    }

    /// On the page at `path`, which says to which key.
    Shown present(TestConsole console, String path, TestOfficer officer) {
        var key = KEY.matcher(console.get(path).html());
        assertThat(key.find()).isTrue();
        var sealed = officer.sealed(key.group(1), unescaped(key.group(2)));
        return console.post(path, path, Map.of("sealed", Base64.getEncoder().encodeToString(sealed)));
    }

    /// Opens the share that waits, by what the passkey says, and has a worker look at it.
    TestOfficer trying(String user) {
        var console = signedIn(user);
        var path = console.post(PATH + "/tests", PATH, Map.of()).location();
        var kept = KEPT.matcher(console.get(path).html());
        assertThat(kept.find()).isTrue();
        var listed = "{\"kept\":" + unescaped(kept.group(1)) + "}";
        var waiting = Json.arrayField(Json.object(listed.getBytes(StandardCharsets.UTF_8)), "kept");
        var opened = officer(user);
        for (var one : waiting) {
            var ceremony = one.path("ceremony").asString();
            if (tried.add(user + ceremony)) {
                opened = opened.opening(ceremony, one.path("sealed").asString());
            }
        }
        assertThat(present(console, path, opened).location()).isEqualTo(path);
        return opened;
    }

    private String shareOf(String name) {
        return server.database()
                .read(tx -> tx.query("""
                        select ceremony || ' ' || officer from custodian_officer
                        where name = :name and retired_ts is null order by ceremony limit 1
                        """).bind("name", name).mapTo(String.class).one());
    }

    /// What begins a replacement.
    Map<String, String> asking(String goes, String comes) {
        return Map.of(
                "share", shareOf(goes), "newcomer", "@" + comes + ":lanyard.localhost", "reason", "leaves the trust");
    }
}
