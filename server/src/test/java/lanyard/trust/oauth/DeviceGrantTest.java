package lanyard.trust.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import lanyard.platform.http.TestHttp.Answer;
import lanyard.platform.json.Json;
import lanyard.trust.identity.NewPerson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// Signing in on one device by a code typed on another.
class DeviceGrantTest {
    private static final String DEVICE = "/_lanyard/v1/sign-in/device";

    private final TestOAuth test = new TestOAuth();
    private final String client = test.client();

    @AfterEach
    void close() {
        test.close();
    }

    private ObjectNode start() {
        return test.form("/oauth2/device", Map.of("client_id", client, "scope", TestOAuth.SCOPE))
                .json();
    }

    private Answer poll(ObjectNode started) {
        return test.form(
                "/oauth2/token",
                Map.of(
                        "grant_type",
                        "urn:ietf:params:oauth:grant-type:device_code",
                        "client_id",
                        client,
                        "device_code",
                        Json.text(started, "device_code")));
    }

    private String error(ObjectNode started) {
        return Json.text(poll(started).json(), "error");
    }

    private void wait(int seconds) {
        test.ground.clock.pass(Duration.ofSeconds(seconds));
    }

    private static ObjectNode typed(ObjectNode started) {
        return Json.object().put("user_code", Json.text(started, "user_code"));
    }

    @Test
    void theAppWaitsUntilThePersonHasLetItIn() {
        var started = start();
        assertThat(Json.text(started, "verification_uri")).isEqualTo("https://ward.test/link");
        assertThat(error(started)).isEqualTo("authorization_pending");
        var code = Json.object()
                .put(
                        "user_code",
                        Json.text(started, "user_code")
                                .toLowerCase(java.util.Locale.ROOT)
                                .replace("-", " "));
        assertThat(Json.text(test.http.post(DEVICE, null, code).json(), "software"))
                .isEqualTo("Example Chat");
        assertThat(test.http
                        .post(DEVICE + "/allow", null, code.put("login_token", test.loginToken()))
                        .status())
                .isEqualTo(200);
        var tokens = poll(started).json();
        assertThat(test.whoAmI(Json.text(tokens, "access_token")).status()).isEqualTo(200);
        wait(30);
        assertThat(error(started)).as("once").isEqualTo("invalid_grant");
        assertThat(test.http.post(DEVICE, null, typed(started)).errcode()).isEqualTo("M_NOT_FOUND");
    }

    private String administrator(String localpart) {
        var post = new NewPerson.Post("Nurse", "Ward 7", "NMC", localpart);
        var user = test.ground.person(localpart, "Of the help desk", post);
        test.ground.writer.write(commit -> {
            test.ground.identity.moderation().appoint(commit, user, true, "@lanyard:ward.test");
            return user;
        });
        return test.ground.signedIn(user).accessToken();
    }

    @Test
    void whatSomebodyAllowedBeforeTheyBeganAgainLetsNoAppIn() {
        var started = start();
        var allowed = test.http.post(DEVICE + "/allow", null, typed(started).put("login_token", test.loginToken()));
        assertThat(allowed.status()).isEqualTo(200);
        var code = test.code(TestOAuth.request(client));
        var reset = "/_lanyard/v1/people/" + test.ann.value() + "/second-step-reset";
        var check = Json.object().put("identity_check", "called back on the ward's number");
        var asked = test.http.post(reset, administrator("jack"), check);
        assertThat(asked.status()).isEqualTo(200);
        var seen = Json.object().put("asking_id", Json.text(asked.json(), "asking_id"));
        assertThat(test.http
                        .post(reset + "/confirm", administrator("mia"), seen)
                        .status())
                .isEqualTo(200);
        assertThat(error(started)).isEqualTo("invalid_grant");
        var answer = test.form("/oauth2/token", TestOAuth.exchange(client, code));
        assertThat(Json.text(answer.json(), "error")).isEqualTo("invalid_grant");
    }

    @Test
    void anAppThatAsksTooOftenIsToldToSlowDown() {
        var started = start();
        assertThat(error(started)).isEqualTo("authorization_pending");
        wait(1);
        assertThat(error(started)).isEqualTo("slow_down");
        wait(6);
        assertThat(error(started)).as("ten seconds by now").isEqualTo("slow_down");
        wait(15);
        assertThat(error(started)).isEqualTo("authorization_pending");
    }

    @Test
    void aRefusalAndALateCodeEndIt() {
        var refused = start();
        assertThat(test.http.post(DEVICE + "/refuse", null, typed(refused)).status())
                .isEqualTo(200);
        assertThat(error(refused)).isEqualTo("access_denied");
        var late = start();
        wait(601);
        assertThat(error(late)).isEqualTo("expired_token");
        assertThat(test.http.post(DEVICE, null, typed(late)).errcode()).isEqualTo("M_NOT_FOUND");
        assertThat(test.http
                        .post(DEVICE + "/allow", null, typed(late).put("login_token", test.loginToken()))
                        .errcode())
                .isEqualTo("M_NOT_FOUND");
    }

    @Test
    void aCodeNeedsAPersonAndTheRightClient() {
        var started = start();
        assertThat(test.http
                        .post(DEVICE + "/allow", null, typed(started).put("login_token", "lyl_x"))
                        .errcode())
                .isEqualTo("M_FORBIDDEN");
        assertThat(test.http
                        .post(DEVICE, null, Json.object().put("user_code", "BBBB-BBBB"))
                        .errcode())
                .isEqualTo("M_NOT_FOUND");
        var other = Json.text(
                test.register(TestOAuth.metadata("https://app.example.org/other"))
                        .json(),
                "client_id");
        var stolen = Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:device_code",
                "client_id",
                other,
                "device_code",
                Json.text(started, "device_code"));
        assertThat(Json.text(test.form("/oauth2/token", stolen).json(), "error"))
                .isEqualTo("invalid_grant");
    }

    @Test
    void anAppThatDidNotRegisterForItDoesNotGetIt() {
        var metadata = TestOAuth.metadata(TestOAuth.REDIRECT);
        metadata.putArray("grant_types").add("authorization_code").add("refresh_token");
        var plain = Json.text(test.register(metadata).json(), "client_id");
        var answer = test.form("/oauth2/device", Map.of("client_id", plain, "scope", TestOAuth.SCOPE));
        assertThat(Json.text(answer.json(), "error")).isEqualTo("unauthorized_client");
        assertThat(test.form("/oauth2/device", Map.of("client_id", client, "scope", "openid"))
                        .status())
                .isEqualTo(400);
    }
}
