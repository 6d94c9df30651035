package lanyard.trust.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import lanyard.platform.json.Json;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// From an app's request to its tokens, by way of a person's consent.
class AuthorizationTest {
    private final TestOAuth test = new TestOAuth();
    private final String client = test.client();

    @AfterEach
    void close() {
        test.close();
    }

    private String authorize(Map<String, String> request) {
        var answer = test.http.get("/oauth2/authorize?" + TestOAuth.query(request));
        assertThat(answer.status()).isEqualTo(302);
        return answer.header("Location");
    }

    @Test
    @Rule("G20")
    void thePersonSignsInWithBothStepsReadsWhatTheAppIsForAndLetsItIn() {
        var page = authorize(TestOAuth.request(client));
        assertThat(page).startsWith("/sign-in?authorize=");
        var request = URLDecoder.decode(page.substring(page.indexOf('=') + 1), StandardCharsets.UTF_8);
        var face = test.http
                .post("/_lanyard/v1/sign-in/authorization", null, Json.object().put("request", request))
                .json();
        assertThat(Json.text(face, "software")).isEqualTo("Example Chat");
        assertThat(Json.text(face, "not_approved_for")).isEqualTo("Anything about patients");
        assertThat(Json.text(face, "goes_to")).isEqualTo("app.example.org");
        assertThat(face.has("dpia_reference")).isFalse();

        var back = Json.text(
                test.allow(TestOAuth.request(client), test.loginToken()).json(), "redirect_to");
        assertThat(back).startsWith(TestOAuth.REDIRECT + "?");
        assertThat(TestOAuth.parameters(back)).containsEntry("state", "s-1");

        var tokens = test.form("/oauth2/token", TestOAuth.exchange(client, TestOAuth.codeIn(back)));
        assertThat(tokens.status()).isEqualTo(200);
        assertThat(Json.text(tokens.json(), "token_type")).isEqualTo("Bearer");
        assertThat(tokens.json().get("expires_in").intValue()).isEqualTo(900);
        assertThat(Json.text(tokens.json(), "scope")).isEqualTo(TestOAuth.SCOPE);
        var who = test.whoAmI(Json.text(tokens.json(), "access_token")).json();
        assertThat(Json.text(who, "user_id")).isEqualTo("@ann:ward.test");
        assertThat(Json.text(who, "device_id")).isEqualTo(TestOAuth.DEVICE);
    }

    @Test
    void theAnswerGoesIntoTheFragmentWhenAskedForAndAPersonMayRefuse() {
        var request = TestOAuth.request(client);
        request.put("response_mode", "fragment");
        assertThat(Json.text(test.allow(request, test.loginToken()).json(), "redirect_to"))
                .startsWith(TestOAuth.REDIRECT + "#");
        var refused = test.http.post(
                "/_lanyard/v1/sign-in/authorization/refuse",
                null,
                Json.object().put("request", TestOAuth.query(request)));
        var back = TestOAuth.parameters(Json.text(refused.json(), "redirect_to"));
        assertThat(back).containsEntry("error", "access_denied").containsEntry("state", "s-1");
    }

    @Test
    void scopesAsClientsSpeltThemEarlierAndOthersBesideThemAreUnderstood() {
        var request = TestOAuth.request(client);
        request.put(
                "scope",
                "openid urn:matrix:org.matrix.msc2967.client:api:*" + " urn:matrix:org.matrix.msc2967.client:device:"
                        + TestOAuth.DEVICE);
        var tokens = test.form("/oauth2/token", TestOAuth.exchange(client, test.code(request)));
        assertThat(Json.text(tokens.json(), "scope")).isEqualTo(TestOAuth.SCOPE);
    }

    /// What is wrong with who asks never leaves our page.
    @ParameterizedTest
    @CsvSource({
        "client_id, unknown",
        "redirect_uri, https://app.example.org/callback/",
        "redirect_uri, https://app.example.org/callback/../evil",
        "redirect_uri, https://app.example.org/callback?x",
        "redirect_uri, https://app.example.org.evil.test/callback",
        "redirect_uri, https://evil.test/",
        "redirect_uri, 'https://app.example.org/callback\\'",
        "redirect_uri, ''"
    })
    void aRequestThatMayNotBeTheAppsIsToldToThePersonAlone(String name, String value) {
        var request = TestOAuth.request(client);
        request.put(name, value);
        assertThat(authorize(request)).startsWith("/sign-in?authorize=");
        var face = test.http.post(
                "/_lanyard/v1/sign-in/authorization", null, Json.object().put("request", TestOAuth.query(request)));
        assertThat(face.errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(test.allow(request, test.loginToken()).errcode()).isEqualTo("M_FORBIDDEN");
    }

    @Test
    void aParameterGivenTwiceIsRefused() {
        var twice = TestOAuth.query(TestOAuth.request(client)) + "&redirect_uri=https%3A%2F%2Fevil.test%2F";
        var answer = test.http.get("/oauth2/authorize?" + twice);
        assertThat(answer.header("Location")).startsWith("/sign-in?authorize=");
        var scopes = TestOAuth.query(TestOAuth.request(client)) + "&scope=x";
        assertThat(test.http.get("/oauth2/authorize?" + scopes).header("Location"))
                .startsWith(TestOAuth.REDIRECT + "?")
                .contains("error=invalid_request");
    }

    /// Everything else is the app's to know.
    @ParameterizedTest
    @CsvSource({
        "response_type, token, unsupported_response_type",
        "response_type, '', invalid_request",
        "response_mode, form_post, invalid_request",
        "state, '', invalid_request",
        "code_challenge, '', invalid_request",
        "code_challenge, short, invalid_request",
        "code_challenge_method, plain, invalid_request",
        "code_challenge_method, '', invalid_request",
        "scope, '', invalid_scope",
        "scope, urn:matrix:client:api:*, invalid_scope",
        "scope, urn:matrix:client:device:ABCDEFGHIJ, invalid_scope",
        "scope, urn:matrix:client:api:* urn:matrix:client:device:SHORT, invalid_scope",
        "scope, urn:matrix:client:api:* urn:matrix:client:device:ABCDEFGHI/, invalid_scope",
        "scope, urn:matrix:client:api:* urn:matrix:client:device:AAAAAAAAAA urn:matrix:client:device:BBBBBBBBBB,"
                + " invalid_scope"
    })
    void aRequestThatIsNotAsItShouldBeIsToldToTheApp(String name, String value, String error) {
        var request = TestOAuth.request(client);
        request.put(name, value);
        var back = authorize(request);
        assertThat(back).startsWith(TestOAuth.REDIRECT + "?");
        assertThat(TestOAuth.parameters(back)).containsEntry("error", error);
        assertThat(TestOAuth.parameters(
                        Json.text(test.allow(request, test.loginToken()).json(), "redirect_to")))
                .containsEntry("error", error)
                .doesNotContainKey("code");
    }

    @Test
    void anAppOnThisMachineMayChooseItsPort() {
        var native_ = Json.text(
                test.register(TestOAuth.metadata("http://localhost/cb").put("application_type", "native"))
                        .json(),
                "client_id");
        var request = TestOAuth.request(native_);
        request.put("redirect_uri", "http://localhost:54321/cb");
        var form = TestOAuth.exchange(native_, test.code(request));
        form.put("redirect_uri", "http://localhost:54321/cb");
        assertThat(test.form("/oauth2/token", form).status()).isEqualTo(200);
        for (var other : new String[] {
            "http://127.0.0.1:54321/cb",
            "http://localhost:54321/other",
            "https://localhost:54321/cb",
            "http://localhost:54321@evil.test/cb",
            "http://localhost:54321/cb?x=1"
        }) {
            request.put("redirect_uri", other);
            assertThat(test.allow(request, test.loginToken()).errcode())
                    .as(other)
                    .isEqualTo("M_FORBIDDEN");
        }
    }

    @Test
    void aSignInIsGoodForOneConsent() {
        var token = test.loginToken();
        assertThat(test.allow(TestOAuth.request(client), token).status()).isEqualTo(200);
        assertThat(test.allow(TestOAuth.request(client), token).errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(test.allow(TestOAuth.request(client), "lyl_nonsense").errcode())
                .isEqualTo("M_FORBIDDEN");
        var late = test.loginToken();
        test.ground.clock.pass(Duration.ofMinutes(3));
        assertThat(test.allow(TestOAuth.request(client), late).errcode()).isEqualTo("M_FORBIDDEN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"code_verifier", "redirect_uri", "client_id", "code"})
    void aCodeIsGoodOnlyTogetherWithWhatItWasAskedForWith(String part) {
        var form = TestOAuth.exchange(client, test.code(TestOAuth.request(client)));
        var other = Json.text(
                test.register(TestOAuth.metadata("https://app.example.org/other"))
                        .json(),
                "client_id");
        form.put(
                part,
                Map.of(
                                "code_verifier",
                                "x".repeat(43),
                                "redirect_uri",
                                "https://app.example.org/other",
                                "client_id",
                                other,
                                "code",
                                "lyc_" + "A".repeat(43))
                        .get(part));
        var answer = test.form("/oauth2/token", form);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(Json.text(answer.json(), "error")).isEqualTo("invalid_grant");
    }

    @Test
    void aCodeWithoutItsVerifierIsRefused() {
        var form = TestOAuth.exchange(client, test.code(TestOAuth.request(client)));
        form.remove("code_verifier");
        assertThat(test.form("/oauth2/token", form).status()).isEqualTo(400);
    }

    @Test
    void aLateCodeIsRefused() {
        var form = TestOAuth.exchange(client, test.code(TestOAuth.request(client)));
        test.ground.clock.pass(Duration.ofMinutes(2));
        assertThat(Json.text(test.form("/oauth2/token", form).json(), "error")).isEqualTo("invalid_grant");
    }

    @Test
    void aCodeUsedTwiceEndsWhatItGave() {
        var form = TestOAuth.exchange(client, test.code(TestOAuth.request(client)));
        var access = Json.text(test.form("/oauth2/token", form).json(), "access_token");
        assertThat(test.whoAmI(access).status()).isEqualTo(200);
        assertThat(Json.text(test.form("/oauth2/token", form).json(), "error")).isEqualTo("invalid_grant");
        assertThat(test.whoAmI(access).errcode()).isEqualTo("M_UNKNOWN_TOKEN");
    }

    /// A19: a device id is its person's; and of one's own devices an app gets none that is another app's.
    @Test
    void a19AnAppGetsNoDeviceThatIsNotItsOwn() {
        var bob = test.ground.person("bob", "Bob Hart");
        var bobs = test.ground
                .signedIn(bob, new lanyard.standards.matrix.DeviceId(TestOAuth.DEVICE))
                .accessToken();
        assertThat(test.tokens(client).has("access_token")).isTrue();
        assertThat(test.whoAmI(bobs).status()).as("Bob's device is untouched").isEqualTo(200);

        var own = test.ground
                .signedIn(test.ann, new lanyard.standards.matrix.DeviceId("LANYARDAPP"))
                .accessToken();
        var request = TestOAuth.request(client);
        request.put("scope", "urn:matrix:client:api:* urn:matrix:client:device:LANYARDAPP");
        var answer = test.form("/oauth2/token", TestOAuth.exchange(client, test.code(request)));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(test.whoAmI(own).status()).isEqualTo(200);
    }
}
