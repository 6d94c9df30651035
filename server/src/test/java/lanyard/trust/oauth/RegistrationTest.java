package lanyard.trust.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Locale;
import lanyard.platform.json.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// Apps that introduce themselves, and what they find out about us.
class RegistrationTest {
    private final TestOAuth test = new TestOAuth();

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void theMetadataNamesEveryAddressAndNothingWeDoNotDo() {
        var metadata = test.http.get("/_matrix/client/v1/auth_metadata").json();
        assertThat(Json.text(metadata, "jwks_uri")).isEqualTo("https://ward.test/oauth2/keys");
        assertThat(test.http.get("/oauth2/keys").json().get("keys")).isEmpty();
        assertThat(Json.text(metadata, "issuer")).isEqualTo("https://ward.test/");
        assertThat(Json.text(metadata, "token_endpoint")).isEqualTo("https://ward.test/oauth2/token");
        assertThat(metadata.get("code_challenge_methods_supported").toString()).isEqualTo("[\"S256\"]");
        assertThat(metadata.get("account_management_actions_supported")).hasSize(6);
        assertThat(test.http
                        .get("/_matrix/client/unstable/org.matrix.msc2965/auth_metadata")
                        .json())
                .isEqualTo(metadata);
    }

    @Test
    void anApprovedAppRegistersAndIsTheSameClientNextTime() {
        test.approve(TestOAuth.entry());
        var answer = test.register(TestOAuth.metadata(TestOAuth.REDIRECT));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(answer.json().get("redirect_uris").get(0).stringValue()).isEqualTo(TestOAuth.REDIRECT);
        var again = test.register(TestOAuth.metadata(TestOAuth.REDIRECT).put("unknown_field", "x"));
        assertThat(Json.text(again.json(), "client_id")).isEqualTo(Json.text(answer.json(), "client_id"));
    }

    @Test
    void anAppThatIsNotOnTheRegisterIsRefusedInWordsAPersonCanRead() {
        var before = test.register(TestOAuth.metadata(TestOAuth.REDIRECT));
        assertThat(before.status()).isEqualTo(400);
        assertThat(Json.text(before.json(), "error")).isEqualTo("invalid_client_metadata");
        assertThat(Json.text(before.json(), "error_description"))
                .isEqualTo("Your organisation has not approved this app, so nobody can sign in with it."
                        + " Use Lanyard, or ask your information governance team.");
        test.approve(TestOAuth.entry());
        var other = TestOAuth.metadata("https://other.test/").put("client_uri", "https://other.test/");
        assertThat(test.register(other).status()).isEqualTo(400);
        var below = TestOAuth.metadata("https://evil.example.org/").put("client_uri", "https://evil.example.org/");
        assertThat(test.register(below).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.org/other",
                "https://app.example.org:8443/callback?x=1",
                "http://localhost/callback",
                "http://127.0.0.1/callback",
                "http://[::1]/callback",
                "org.example.chat:/callback"
            })
    void addressesOfTheAppOnTheRegisterAreAccepted(String redirect) {
        test.approve(TestOAuth.entry());
        assertThat(test.register(TestOAuth.metadata(redirect).put("application_type", "native"))
                        .status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://app.example.org/callback",
                "https://app.example.org/callback#x",
                "https://user@app.example.org/callback",
                "https://app.example.org.evil.test/callback",
                "https://notexample.org/callback",
                "https://web.example.org/callback",
                "http://localhost:8080/callback",
                "http://localhost.evil.test/callback",
                "http://10.0.0.1/callback",
                "org.example.chat://callback",
                "org.example.chatter:/callback",
                "com.example.chat:/callback",
                "javascript:alert(1)",
                "data:text/html,x"
            })
    void otherAddressesAreRefused(String redirect) {
        test.approve(TestOAuth.entry());
        var answer = test.register(TestOAuth.metadata(redirect).put("application_type", "native"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(Json.text(answer.json(), "error")).isIn("invalid_redirect_uri", "invalid_client_metadata");
    }

    @Test
    void aWebAppHasNoLoopbackAddressAndNoScheme() {
        test.approve(TestOAuth.entry());
        for (var redirect : new String[] {"http://localhost/callback", "org.example.chat:/callback"}) {
            assertThat(test.register(TestOAuth.metadata(redirect)).status()).isEqualTo(400);
        }
    }

    @Test
    void whatWeCannotServeIsRefused() {
        test.approve(TestOAuth.entry());
        assertRefused(TestOAuth.metadata(TestOAuth.REDIRECT).put("token_endpoint_auth_method", "client_secret_basic"));
        assertRefused(TestOAuth.metadata());
        assertRefused(TestOAuth.metadata(TestOAuth.REDIRECT).put("client_uri", "http://example.org/"));
        assertRefused(TestOAuth.metadata(TestOAuth.REDIRECT).put("tos_uri", "https://elsewhere.test/"));
        var nothing = TestOAuth.metadata(TestOAuth.REDIRECT);
        nothing.putArray("grant_types").add("password");
        assertRefused(nothing);
        var nameless = TestOAuth.metadata(TestOAuth.REDIRECT);
        nameless.remove("client_uri");
        assertRefused(nameless);
    }

    private void assertRefused(ObjectNode metadata) {
        var answer = test.register(metadata);
        assertThat(answer.status()).as(metadata.toString()).isEqualTo(400);
        assertThat(Json.text(answer.json(), "error").toLowerCase(Locale.ROOT)).startsWith("invalid_");
    }

    @Test
    void aFormOfTheWrongTypeIsNoForm() {
        var client = test.client();
        var form = TestOAuth.query(TestOAuth.exchange(client, "lyc_x"));
        var answer = test.http.send(HttpRequest.newBuilder(test.http.address("/oauth2/token"))
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(form))
                .build());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(Json.text(answer.json(), "error")).isEqualTo("invalid_request");
    }
}
