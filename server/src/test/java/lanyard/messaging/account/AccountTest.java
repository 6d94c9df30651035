package lanyard.messaging.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import lanyard.messaging.timeline.Timeline;
import lanyard.messaging.timeline.TimelineParts;
import lanyard.platform.http.TestHttp;
import lanyard.platform.http.TestHttp.Answer;
import lanyard.platform.json.Json;
import lanyard.platform.notify.Wakes;
import lanyard.platform.stream.SyncToken;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Rule;
import lanyard.trust.identity.NewSession;
import lanyard.trust.identity.SignIn;
import lanyard.trust.identity.TestIdentity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.node.ObjectNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccountTest {
    private static final String V3 = "/_matrix/client/v3/";

    private final TestIdentity ground = TestIdentity.start();
    private final Account account = account();
    private final TestHttp http = TestHttp.serving(ground.identity, account);
    private final UserId ann = ground.person("ann", "Ann Jones");
    private final String bob = ground.signedIn(ground.person("bob", "Bob Hart")).accessToken();

    private Account account() {
        var wakes = new Wakes();
        var timeline =
                new Timeline(new TimelineParts(ground.database, ground.writer, ground.keys, wakes, ground.clock));
        return new Account(new AccountParts(
                ground.database,
                ground.writer,
                timeline,
                ground.identity,
                wakes,
                new AccountSettings(URI.create("https://ward.test"), false, AccountSettings.Turn.NONE),
                new AccountParts.Given(ground.clock, ground.random)));
    }

    @AfterAll
    void close() {
        http.close();
        ground.close();
    }

    private NewSession signedIn() {
        return ground.signedIn(ann);
    }

    private static ObjectNode login(String type, String field, String value) {
        return Json.object().put("type", type).put(field, value);
    }

    @Test
    void versionsFlowsAndTheServersAddressNeedNoToken() {
        assertThat(http.get("/_matrix/client/versions").text()).contains("v1.13");
        assertThat(http.get("/.well-known/matrix/client").text()).contains("https://ward.test");
        assertThat(http.get(V3 + "login").text())
                .contains("m.login.sso", "m.login.token")
                .doesNotContain("m.login.password");
    }

    @Test
    @Rule("G20")
    void aTokenOfBothStepsLogsInAndAPasswordDoesNot() {
        var carol = ground.person("carol", "Carol Vine");
        var credentials = ground.credentials(carol);
        var pending = ground.identity
                .signIn()
                .password(new SignIn.Attempt(
                        TestIdentity.ORGANIZATION, "carol", credentials.password(), Optional.empty(), ""));
        var passed = ground.identity.signIn().secondStep(pending.session(), ground.code(credentials), Optional.empty());
        var body = login("m.login.token", "token", passed.loginToken()).put("initial_device_display_name", "Phone");
        var session = http.post(V3 + "login", null, body).json();
        assertThat(Json.text(session, "user_id")).isEqualTo("@carol:ward.test");
        var who = http.get(V3 + "account/whoami", Json.text(session, "access_token"));
        assertThat(Json.text(who.json(), "device_id")).isEqualTo(Json.text(session, "device_id"));

        assertThat(http.post(V3 + "login", null, body).errcode()).isEqualTo("M_FORBIDDEN");
        var password =
                login("m.login.password", "password", credentials.password()).put("user", "carol");
        assertThat(http.post(V3 + "login", null, password).errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(http.post(V3 + "login", null, login("m.login.other", "x", "y"))
                        .status())
                .isEqualTo(400);
        assertThat(http.post(V3 + "register", null, Json.object()).errcode()).isEqualTo("M_FORBIDDEN");
    }

    @Test
    void loggingOutEndsOneDeviceAndLoggingOutEverywhereAll() {
        var one = signedIn().accessToken();
        var two = signedIn().accessToken();
        assertThat(http.post(V3 + "logout", one, Json.object()).status()).isEqualTo(200);
        assertThat(http.get(V3 + "account/whoami", one).status()).isEqualTo(401);
        assertThat(http.get(V3 + "account/whoami", two).status()).isEqualTo(200);
        assertThat(http.post(V3 + "logout/all", two, Json.object()).status()).isEqualTo(200);
        assertThat(http.get(V3 + "account/whoami", two).status()).isEqualTo(401);
        assertThat(http.get(V3 + "account/whoami", bob).status()).isEqualTo(200);
    }

    @Test
    void accountDataIsOnesOwn() {
        var token = signedIn().accessToken();
        var path = V3 + "user/@ann:ward.test/account_data/org.example.x";
        assertThat(http.get(path, token).errcode()).isEqualTo("M_NOT_FOUND");
        assertThat(http.put(path, token, Json.object().put("a", 1)).status()).isEqualTo(200);
        assertThat(http.get(path, token).json()).isEqualTo(Json.object().put("a", 1));
        assertThat(http.put(path, bob, Json.object()).errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(http.get(path, bob).errcode()).isEqualTo("M_FORBIDDEN");
        var rules = V3 + "user/@ann:ward.test/account_data/m.push_rules";
        assertThat(http.put(rules, token, Json.object()).status()).isEqualTo(405);
        var changed = account.accountData().globalSince(ann, SyncToken.start("abcd"));
        assertThat(changed.toString()).contains("org.example.x").contains("m.push_rules");
        assertThat(account.accountData()
                        .globalSince(ann, ground.writer.visible())
                        .toString())
                .doesNotContain("org.example.x");
    }

    @Test
    void accountDataKeepsFractionsAsTheyWereSent() {
        var token = signedIn().accessToken();
        var path = V3 + "user/@ann:ward.test/account_data/org.example.order";
        var sent = "{\"order\":0.50,\"small\":1e-3}";
        assertThat(http.send("PUT", path, token, utf8(sent)).status()).isEqualTo(200);
        assertThat(http.get(path, token).text()).isEqualTo("{\"order\":0.50,\"small\":0.001}");
        account.accountData().forget(ann);
        assertThat(http.get(path, token).text()).contains("0.50");
        assertThat(http.send("PUT", path, token, utf8("{\"order\":1e999}")).errcode())
                .isEqualTo("M_BAD_JSON");
        assertThat(http.send("PUT", path, token, utf8("{\"a\":1,\"a\":2}")).errcode())
                .isEqualTo("M_BAD_JSON");
        assertThat(http.send("PUT", path, token, new byte[0]).status()).isEqualTo(200);
        assertThat(http.post(V3 + "user/@ann:ward.test/filter", token, Json.ownObject(utf8(sent)))
                        .errcode())
                .as("what is not one's own stays strict")
                .isEqualTo("M_BAD_JSON");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void aFilterIsKeptAndItsIdIsTheSameForTheSameFilter() {
        var token = signedIn().accessToken();
        var filter = Json.object();
        filter.putObject("room").putObject("timeline").put("limit", 10);
        var path = V3 + "user/@ann:ward.test/filter";
        var id = Json.text(http.post(path, token, filter).json(), "filter_id");
        assertThat(Json.text(http.post(path, token, filter).json(), "filter_id"))
                .isEqualTo(id);
        assertThat(http.get(path + "/" + id, token).json()).isEqualTo(filter);
        assertThat(http.get(path + "/" + id, bob).errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(http.get(path + "/999999", token).status()).isEqualTo(404);
        assertThat(http.get(path + "/nonsense", token).status()).isBetween(400, 404);
    }

    @Test
    void devicesAreListedRenamedAndRemoved() {
        var one = signedIn();
        var two = signedIn();
        var path = V3 + "devices/" + two.device().value();
        assertThat(http.put(path, one.accessToken(), Json.object().put("display_name", "Ward computer"))
                        .status())
                .isEqualTo(200);
        assertThat(http.get(path, one.accessToken()).text()).contains("Ward computer");
        assertThat(http.get(path, bob).errcode()).isEqualTo("M_NOT_FOUND");
        assertThat(http.put(path, bob, Json.object().put("display_name", "x")).errcode())
                .isEqualTo("M_NOT_FOUND");

        assertThat(remove(path, bob).status()).isEqualTo(200);
        assertThat(http.get(V3 + "account/whoami", two.accessToken()).status())
                .as("another's device stays")
                .isEqualTo(200);
        assertThat(remove(path, one.accessToken()).status()).isEqualTo(200);
        assertThat(http.get(V3 + "account/whoami", two.accessToken()).status()).isEqualTo(401);
        var late = signedIn();
        ground.clock.pass(Duration.ofMinutes(15));
        assertThat(remove(V3 + "devices/" + one.device().value(), late.accessToken())
                        .json()
                        .has("flows"))
                .isTrue();
    }

    private Answer remove(String path, String token) {
        return http.send("DELETE", path, token, Json.bytes(Json.object()));
    }

    @Test
    void theOrganisationOwnsTheName() {
        var token = signedIn().accessToken();
        var path = V3 + "profile/@ann:ward.test";
        assertThat(http.get(path, token).json()).isEqualTo(Json.object().put("displayname", "Ann Jones"));
        assertThat(http.put(path + "/displayname", token, Json.object().put("displayname", "Dr Ann"))
                        .errcode())
                .isEqualTo("M_FORBIDDEN");
        assertThat(http.get(V3 + "profile/@nobody:ward.test", token).errcode()).isEqualTo("M_NOT_FOUND");
        assertThat(http.get(path).errcode()).isEqualTo("M_MISSING_TOKEN");
    }

    @Test
    void wrongTypesAreBadJson() {
        var token = signedIn().accessToken();
        assertThat(http.post(V3 + "login", null, Json.object().put("type", 1)).errcode())
                .isEqualTo("M_BAD_JSON");
        var path = V3 + "user/@ann:ward.test/account_data/org.example.y";
        var notAnObject = "[]".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        assertThat(http.send("PUT", path, token, notAnObject).errcode()).isEqualTo("M_BAD_JSON");
    }
}
