package lanyard.trust.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import lanyard.platform.http.TestHttp.Answer;
import lanyard.platform.json.Json;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// Tokens that are good only together with the key they were given to: RFC 9449.
class KeyBoundTokensTest {
    private static final String WHO = "/_matrix/client/v3/account/whoami";

    private final TestOAuth test = new TestOAuth();
    private final TestKey key = new TestKey();
    private String client = "";

    @AfterEach
    void close() {
        test.close();
    }

    private String client(boolean demanded) {
        test.approve(TestOAuth.entry().put("dpop_bound_access_tokens", demanded));
        client = Json.text(test.register(TestOAuth.metadata(TestOAuth.REDIRECT)).json(), "client_id");
        return client;
    }

    /// Ann's tokens with the app, bound to the key.
    private ObjectNode tokens() {
        var form = TestOAuth.exchange(client(true), test.code(TestOAuth.request(client)));
        var answer = test.form("/oauth2/token", form, key.forTokens());
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }

    private Answer who(String token, String proof) {
        return TestKey.get(test.http, WHO, token, proof);
    }

    private static void assertRefused(Answer answer, String error) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.errcode()).isEqualTo("M_UNKNOWN_TOKEN");
        assertThat(answer.json().get("soft_logout").booleanValue()).isTrue();
        assertThat(answer.header("WWW-Authenticate"))
                .startsWith("DPoP ")
                .contains("error=\"" + error + "\"")
                .contains("ES256");
    }

    @Test
    @Rule("G20")
    void aTokenOfAnAppWhoseEntryDemandsItIsBoundToItsKeyAndGoodWithFreshProofs() {
        var tokens = tokens();
        assertThat(Json.text(tokens, "token_type")).isEqualTo("DPoP");
        var access = Json.text(tokens, "access_token");
        for (var again = 0; again < 2; again++) {
            var who = who(access, key.proof("GET", WHO, access));
            assertThat(Json.text(who.json(), "device_id")).isEqualTo(TestOAuth.DEVICE);
        }
        assertThat(test.http
                        .get("/_matrix/client/v1/auth_metadata")
                        .json()
                        .get("dpop_signing_alg_values_supported")
                        .toString())
                .isEqualTo("[\"ES256\",\"ES384\",\"PS256\"]");
    }

    /// A13, the six cases, and five that are like them.
    @Test
    void a13ABoundTokenWithoutAGoodProofIsRefused() {
        var access = Json.text(tokens(), "access_token");
        assertRefused(test.whoAmI(access), "invalid_token");
        assertRefused(
                test.http.send(HttpRequest.newBuilder(test.http.address(WHO))
                        .header("Authorization", "DPoP " + access)
                        .build()),
                "invalid_token");
        assertRefused(
                test.http.send(HttpRequest.newBuilder(test.http.address(WHO))
                        .header("Authorization", "Bearer " + access)
                        .header("DPoP", key.proof("GET", WHO, access))
                        .build()),
                "invalid_token");
        var other = "/_matrix/client/v3/sync";
        assertRefused(who(access, key.proof("GET", other, access)), "invalid_dpop_proof");
        assertRefused(who(access, key.proof("POST", WHO, access)), "invalid_dpop_proof");
        var once = key.proof("GET", WHO, access);
        assertThat(who(access, once).status()).isEqualTo(200);
        assertRefused(who(access, once), "invalid_dpop_proof");
        for (var minutes : new int[] {10, -10}) {
            var skewed = key.proof("GET", WHO, Optional.of(access), Duration.ofMinutes(minutes));
            assertRefused(who(access, skewed), "invalid_dpop_proof");
        }
        var beforeTheStart = key.proof("GET", WHO, Optional.of(access), Duration.ofMinutes(4));
        assertRefused(who(access, beforeTheStart), "invalid_dpop_proof");
        assertRefused(who(access, new TestKey().proof("GET", WHO, access)), "invalid_token");
        assertRefused(who(access, TestKey.unsigned("GET", WHO)), "invalid_dpop_proof");
        assertRefused(who(access, key.proof("GET", WHO, "lyt_another")), "invalid_token");
        assertRefused(who(access, key.proof("GET", WHO, Optional.empty(), Duration.ZERO)), "invalid_dpop_proof");
        assertRefused(who(access, once.substring(0, once.length() - 4) + "AAAA"), "invalid_dpop_proof");
        assertRefused(who(access, "nonsense"), "invalid_dpop_proof");
        assertThat(who(access, key.proof("GET", WHO, access)).status())
                .as("and nothing of it ended the session")
                .isEqualTo(200);
    }

    @Test
    void j6AStolenTokenWithAnotherKeyIsRefusedAndAdministratorsAreTold() {
        var access = Json.text(tokens(), "access_token");
        assertThat(trouble()).isEqualTo("[]");
        assertRefused(who(access, new TestKey().proof("GET", WHO, access)), "invalid_token");
        assertRefused(who(access, new TestKey().proof("GET", WHO, access)), "invalid_token");
        assertThat(trouble())
                .as("once, however often")
                .containsOnlyOnce("token_without_key")
                .contains("@ann:ward.test");
    }

    private String trouble() {
        return test.http
                .get("/_lanyard/v1/admin/sign-in-trouble", test.administrator)
                .json()
                .get("trouble")
                .toString();
    }

    @Test
    void withoutAProofNoTokenIsGivenToAnAppThatMustBindThem() {
        client(true);
        assertThat(unchanged(() -> test.form("/oauth2/token", exchange()).json()))
                .isEqualTo("invalid_dpop_proof");
        var late = key.proof("POST", "/oauth2/token", Optional.empty(), Duration.ofMinutes(10));
        assertThat(unchanged(() -> test.form("/oauth2/token", exchange(), late).json()))
                .isEqualTo("invalid_dpop_proof");
        var elsewhere = key.proof("POST", "/oauth2/device", Optional.empty(), Duration.ZERO);
        assertThat(unchanged(
                        () -> test.form("/oauth2/token", exchange(), elsewhere).json()))
                .isEqualTo("invalid_dpop_proof");
        var once = key.forTokens();
        assertThat(test.form("/oauth2/token", exchange(), once).status()).isEqualTo(200);
        assertThat(unchanged(() -> test.form("/oauth2/token", exchange(), once).json()))
                .isEqualTo("invalid_dpop_proof");
    }

    private Map<String, String> exchange() {
        return TestOAuth.exchange(client, test.code(TestOAuth.request(client)));
    }

    /// The refusal, and nobody's devices are others than before.
    private String unchanged(Supplier<ObjectNode> refused) {
        var before = test.ground.identity.devices().list(test.ann);
        var error = Json.text(refused.get(), "error");
        assertThat(test.ground.identity.devices().list(test.ann)).isEqualTo(before);
        return error;
    }

    @Test
    void aBoundRefreshTokenIsRenewedWithItsKeyAlone() {
        var refresh = Json.text(tokens(), "refresh_token");
        var form = Map.of("grant_type", "refresh_token", "client_id", client, "refresh_token", refresh);
        assertThat(unchanged(() -> test.form("/oauth2/token", form).json())).isEqualTo("invalid_grant");
        assertThat(unchanged(() -> test.form("/oauth2/token", form, new TestKey().forTokens())
                        .json()))
                .isEqualTo("invalid_grant");
        var next = test.form("/oauth2/token", form, key.forTokens()).json();
        assertThat(Json.text(next, "token_type")).isEqualTo("DPoP");
        var access = Json.text(next, "access_token");
        assertThat(who(access, key.proof("GET", WHO, access)).status()).isEqualTo(200);
        assertRefused(test.whoAmI(access), "invalid_token");
    }

    @Test
    void aCodeThatWasAskedForWithAKeyIsExchangedWithThatKeyAlone() {
        client(false);
        var request = new LinkedHashMap<>(TestOAuth.request(client));
        request.put("dpop_jkt", key.thumbprint());
        var stolen = TestOAuth.exchange(client, test.code(request));
        assertThat(unchanged(() -> test.form("/oauth2/token", stolen).json())).isEqualTo("invalid_grant");
        var kept = TestOAuth.exchange(client, test.code(request));
        assertThat(unchanged(() -> test.form("/oauth2/token", kept, new TestKey().forTokens())
                        .json()))
                .isEqualTo("invalid_grant");
        var good = TestOAuth.exchange(client, test.code(request));
        assertThat(test.form("/oauth2/token", good, key.forTokens()).status()).isEqualTo(200);
    }

    @Test
    void anAppWhoseEntryDoesNotDemandItGoesOnWithBearerTokensUnlessItWantsMore() {
        var bearer = test.tokens(client(false));
        assertThat(Json.text(bearer, "token_type")).isEqualTo("Bearer");
        var access = Json.text(bearer, "access_token");
        assertThat(test.whoAmI(access).status()).isEqualTo(200);
        assertRefused(who(access, key.proof("GET", WHO, access)), "invalid_token");
        var asked = test.register(
                TestOAuth.metadata("https://app.example.org/bound").put("dpop_bound_access_tokens", true));
        assertThat(asked.json().get("dpop_bound_access_tokens").booleanValue()).isTrue();
        var bound = test.form("/oauth2/token", exchange(), key.forTokens()).json();
        assertThat(Json.text(bound, "token_type")).isEqualTo("DPoP");
        assertRefused(test.whoAmI(Json.text(bound, "access_token")), "invalid_token");
    }

    @Test
    void anAppThatMustBindItsTokensFromNowOnSignsInAgain() {
        var access = Json.text(test.tokens(client(false)), "access_token");
        var id = Json.text(
                (ObjectNode) test.http
                        .get("/_lanyard/v1/apps", test.administrator)
                        .json()
                        .get("apps")
                        .get(0),
                "app_id");
        test.http.put(
                "/_lanyard/v1/apps/" + id, test.administrator, TestOAuth.entry().put("dpop_bound_access_tokens", true));
        assertThat(test.whoAmI(access).errcode()).isEqualTo("M_UNKNOWN_TOKEN");
    }
}
