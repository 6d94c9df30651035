package lanyard.trust.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;
import lanyard.messaging.account.Account;
import lanyard.messaging.account.AccountParts;
import lanyard.messaging.account.AccountSettings;
import lanyard.messaging.timeline.Timeline;
import lanyard.messaging.timeline.TimelineParts;
import lanyard.platform.http.TestHttp;
import lanyard.platform.json.Json;
import lanyard.platform.notify.Wakes;
import lanyard.standards.matrix.MatrixException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class OpenRegistrationTest {
    private static final String V3 = "/_matrix/client/v3/";
    private static final String HOST = "ward.test";

    private final TestIdentity ground = TestIdentity.startForConformance();
    private final TestHttp http = TestHttp.serving(ground.identity, account(ground, true));

    static Account account(TestIdentity ground, boolean conformance) {
        var wakes = new Wakes();
        var timeline =
                new Timeline(new TimelineParts(ground.database, ground.writer, ground.keys, wakes, ground.clock));
        return new Account(new AccountParts(
                ground.database,
                ground.writer,
                timeline,
                ground.identity,
                wakes,
                new AccountSettings(URI.create("https://ward.test"), conformance, AccountSettings.Turn.NONE),
                new AccountParts.Given(ground.clock, ground.random)));
    }

    @AfterEach
    void close() {
        http.close();
        ground.close();
    }

    private static ObjectNode wish(String name, String password) {
        return Json.object().put("username", name).put("password", password);
    }

    private ObjectNode registered(String name, String password) {
        var first = http.post(V3 + "register", null, wish(name, password));
        assertThat(first.status()).isEqualTo(401);
        var body = wish(name, password);
        body.putObject("auth").put("type", "m.login.dummy").put("session", Json.text(first.json(), "session"));
        var done = http.post(V3 + "register", null, body);
        assertThat(done.status()).as(done.text()).isEqualTo(200);
        return done.json();
    }

    private static ObjectNode login(String user, String password) {
        var body = Json.object().put("type", "m.login.password").put("password", password);
        body.putObject("identifier").put("type", "m.id.user").put("user", user);
        return body;
    }

    @Test
    void anybodyRegistersAndSignsInWithThePassword() {
        var session = registered("kay", "right");
        assertThat(Json.text(session, "user_id")).isEqualTo("@kay:ward.test");
        var who = http.get(V3 + "account/whoami", Json.text(session, "access_token"));
        assertThat(Json.text(who.json(), "user_id")).isEqualTo("@kay:ward.test");

        var again = http.post(V3 + "login", null, login("kay", "right").put("device_id", "PHONE"));
        assertThat(Json.text(again.json(), "device_id")).isEqualTo("PHONE");
        assertThat(http.post(V3 + "login", null, login("@kay:ward.test", "right"))
                        .status())
                .isEqualTo(200);
        assertThat(http.post(V3 + "login", null, login("kay", "wrong")).errcode())
                .isEqualTo("M_FORBIDDEN");
        assertThat(http.post(V3 + "login", null, login("nobody", "right")).errcode())
                .isEqualTo("M_FORBIDDEN");
        var nobody = Json.object().put("type", "m.login.password").put("password", "x");
        assertThat(http.post(V3 + "login", null, nobody).errcode()).isEqualTo("M_MISSING_PARAM");
    }

    @Test
    void aNameIsTakenOnceAndMustBeGood() {
        registered("kay", "right");
        assertThat(http.get(V3 + "register/available?username=kay").errcode()).isEqualTo("M_USER_IN_USE");
        assertThat(http.get(V3 + "register/available?username=lee").json())
                .isEqualTo(Json.object().put("available", true));
        assertThat(http.get(V3 + "register/available").errcode()).isEqualTo("M_MISSING_PARAM");
        assertThatThrownBy(() ->
                        ground.identity.openRegistration().register(HOST, Optional.of("kay"), "p", DeviceRequest.ANY))
                .isInstanceOf(MatrixException.class)
                .hasMessageContaining("taken");
        assertThatThrownBy(() -> ground.identity
                        .openRegistration()
                        .register(HOST, Optional.of("Kay Smith"), "p", DeviceRequest.ANY))
                .isInstanceOf(MatrixException.class)
                .hasMessageContaining("lower-case");
    }

    @Test
    void whoGivesNoNameGetsOne() {
        var session = ground.identity.openRegistration().register(HOST, Optional.empty(), "p", DeviceRequest.ANY);
        assertThat(session.user().localpart()).startsWith("u");
    }

    @Test
    void outsideConformanceModeEveryDoorIsShut() {
        try (var real = TestIdentity.start();
                var door = TestHttp.serving(account(real, false))) {
            var open = real.identity.openRegistration();
            assertThatThrownBy(() -> open.register(HOST, Optional.of("kay"), "p", DeviceRequest.ANY))
                    .isInstanceOf(MatrixException.class);
            assertThatThrownBy(() -> open.login(HOST, "kay", "p", DeviceRequest.ANY))
                    .isInstanceOf(MatrixException.class);
            assertThatThrownBy(() -> open.isFree(HOST, "kay")).isInstanceOf(MatrixException.class);
            assertThat(door.post(V3 + "register", null, wish("kay", "p")).errcode())
                    .isEqualTo("M_FORBIDDEN");
            assertThat(door.get(V3 + "register/available?username=kay").errcode())
                    .isEqualTo("M_FORBIDDEN");
            assertThat(door.post(V3 + "login", null, login("kay", "p")).errcode())
                    .isEqualTo("M_FORBIDDEN");
        }
    }

    @Test
    void a16AWishToBeAdministratorIsIgnoredAndTheOrganisationsOwnNamesAreNotGiven() {
        for (var name : java.util.List.of("records", "lanyard")) {
            var first = http.post(V3 + "register", null, wish(name, "x"));
            var body = wish(name, "x");
            body.putObject("auth").put("type", "m.login.dummy").put("session", Json.text(first.json(), "session"));
            assertThat(http.post(V3 + "register", null, body).errcode()).isEqualTo("M_EXCLUSIVE");
        }
        var first = http.post(V3 + "register", null, wish("mallory", "x").put("admin", true));
        var body = wish("mallory", "x").put("admin", true);
        body.putObject("auth").put("type", "m.login.dummy").put("session", Json.text(first.json(), "session"));
        var mallory = http.post(V3 + "register", null, body);
        assertThat(mallory.status()).isEqualTo(200);
        assertThat(ground.identity.moderation().isAdministrator(TestIdentity.user("mallory")))
                .isFalse();
    }
}
