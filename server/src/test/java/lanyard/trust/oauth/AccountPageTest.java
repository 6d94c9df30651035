package lanyard.trust.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.TestHttp;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.DeviceId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// What apps leave to our own page.
class AccountPageTest {
    private final TestOAuth test = new TestOAuth();
    private final TestHttp deeds = TestHttp.routing(routes -> {
        routes.add("POST /reset", this::reset);
        routes.add("POST /delete", this::delete);
    });
    private final String access = Json.text(test.tokens(test.client()), "access_token");

    @AfterEach
    void close() {
        deeds.close();
        test.close();
    }

    private Reply reset(Exchange x) {
        var caller = test.ground.identity.caller(x);
        return test.ground
                .identity
                .interactiveAuth()
                .challenge(caller, x, x.body())
                .orElseGet(Reply::empty);
    }

    private Reply delete(Exchange x) {
        test.ground.identity.interactiveAuth().requireOwnApp(test.ground.identity.caller(x));
        return Reply.empty();
    }

    private ObjectNode token(String token) {
        return Json.object().put("login_token", token);
    }

    @Test
    void thePersonSeesTheirDevicesAndSignsOneOut() {
        test.ground.signedIn(test.ann, new DeviceId("PHONE"));
        var account = test.http.post("/_lanyard/v1/account", null, token(test.loginToken()));
        assertThat(Json.text(account.json(), "display_name")).isEqualTo("Ann Jones");
        assertThat(account.json().get("devices")).hasSize(2);
        var path = "/_lanyard/v1/account/devices/" + TestOAuth.DEVICE + "/sign-out";
        var next = Json.text(account.json(), "login_token");
        assertThat(test.http.post(path, null, token(next)).status()).isEqualTo(200);
        assertThat(test.whoAmI(access).errcode()).isEqualTo("M_UNKNOWN_TOKEN");
        assertThat(test.ground.identity.devices().list(test.ann))
                .extracting(device -> device.id().value())
                .containsExactly("PHONE");
        assertThat(test.http.post(path, null, token(next)).errcode())
                .as("each token is good once")
                .isEqualTo("M_FORBIDDEN");
    }

    @Test
    void theNextTokensOfAVisitEndAQuarterOfAnHourAfterBothSteps() {
        var next = test.loginToken();
        for (var minutes = 0; minutes < 14; minutes++) {
            var answer = test.http.post("/_lanyard/v1/account", null, token(next));
            assertThat(answer.status()).as("after " + minutes).isEqualTo(200);
            next = Json.text(answer.json(), "login_token");
            test.ground.clock.pass(java.time.Duration.ofMinutes(1));
        }
        var last = test.http.post("/_lanyard/v1/account", null, token(next)).json();
        test.ground.clock.pass(java.time.Duration.ofMinutes(1));
        assertThat(test.http
                        .post("/_lanyard/v1/account", null, token(Json.text(last, "login_token")))
                        .errcode())
                .isEqualTo("M_FORBIDDEN");
        assertThat(test.http
                        .post("/_lanyard/v1/account", null, token(test.loginToken()))
                        .status())
                .as("who signs in again goes on")
                .isEqualTo(200);
    }

    @Test
    void withoutBothStepsThePageDoesNothing() {
        for (var path : List.of("", "/devices/" + TestOAuth.DEVICE + "/sign-out", "/cross-signing-reset")) {
            assertThat(test.http
                            .post("/_lanyard/v1/account" + path, null, token("lyl_nonsense"))
                            .errcode())
                    .isEqualTo("M_FORBIDDEN");
            assertThat(test.http
                            .post("/_lanyard/v1/account" + path, access, token(access))
                            .errcode())
                    .as("an app's own token is no sign-in")
                    .isEqualTo("M_FORBIDDEN");
        }
        assertThat(test.whoAmI(access).status()).isEqualTo(200);
    }

    /// An app is sent away with an address, and comes back once its person has been there.
    @Test
    void anAppReplacesKeysOnceThePersonHasSaidSo() {
        var asked = deeds.post("/reset", access, Json.object().put("keys", 1));
        assertThat(asked.status()).as("however lately it was let in").isEqualTo(401);
        assertThat(asked.json().get("flows").get(0).get("stages").get(0).stringValue())
                .isEqualTo("m.oauth");
        assertThat(asked.json().get("params").get("m.oauth").get("url").stringValue())
                .isEqualTo("https://ward.test/account?action=org.matrix.cross_signing_reset");
        var again = Json.object().put("keys", 1);
        again.putObject("auth").put("session", Json.text(asked.json(), "session"));
        assertThat(deeds.post("/reset", access, again).status()).isEqualTo(401);

        test.http.post("/_lanyard/v1/account/cross-signing-reset", null, token(test.loginToken()));
        var other = again.deepCopy().put("keys", 2);
        assertThat(deeds.post("/reset", access, other).status())
                .as("A14: the session is for what it was opened for")
                .isEqualTo(401);
        assertThat(deeds.post("/reset", access, again).status()).isEqualTo(200);
        assertThat(deeds.post("/reset", access, again).status()).as("once").isEqualTo(401);
    }

    @Test
    void devicesAndPasswordsAreNoAppsToChange() {
        var answer = deeds.post("/delete", access, Json.object());
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.errcode()).isEqualTo("M_UNRECOGNIZED");
        assertThat(Json.text(answer.json(), "error")).contains("https://ward.test/account");
        var own = test.ground.signedIn(test.ann).accessToken();
        assertThat(deeds.post("/delete", own, Json.object()).status()).isEqualTo(200);
    }
}
