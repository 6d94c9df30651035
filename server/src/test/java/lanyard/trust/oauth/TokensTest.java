package lanyard.trust.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import lanyard.platform.json.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How long an app stays signed in, and how that ends.
class TokensTest {
    private final TestOAuth test = new TestOAuth();
    private final String client = test.client();
    private final tools.jackson.databind.node.ObjectNode tokens = test.tokens(client);
    private final String access = Json.text(tokens, "access_token");
    private final String refresh = Json.text(tokens, "refresh_token");

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void anAccessTokenEndsAfterAQuarterOfAnHourAndIsRenewed() {
        test.ground.clock.pass(Duration.ofMinutes(16));
        var ended = test.whoAmI(access);
        assertThat(ended.errcode()).isEqualTo("M_UNKNOWN_TOKEN");
        assertThat(ended.json().get("soft_logout").booleanValue()).isTrue();
        var next = test.refresh(client, refresh).json();
        assertThat(test.whoAmI(Json.text(next, "access_token")).status()).isEqualTo(200);
        assertThat(next.get("expires_in").intValue()).isEqualTo(900);
    }

    /// A10: whoever comes second with a refresh token ends all that came of it.
    @Test
    void a10ARefreshTokenUsedTwiceEndsTheFamily() {
        var next = test.refresh(client, refresh).json();
        var nextAccess = Json.text(next, "access_token");
        assertThat(test.whoAmI(nextAccess).status()).isEqualTo(200);
        assertThat(Json.text(test.refresh(client, refresh).json(), "error")).isEqualTo("invalid_grant");
        assertThat(test.whoAmI(nextAccess).errcode()).isEqualTo("M_UNKNOWN_TOKEN");
        assertThat(test.refresh(client, Json.text(next, "refresh_token")).status())
                .isEqualTo(400);
    }

    @Test
    void aRefreshTokenIsItsClientsAlone() {
        var other = Json.text(
                test.register(TestOAuth.metadata("https://app.example.org/other"))
                        .json(),
                "client_id");
        assertThat(Json.text(test.refresh(other, refresh).json(), "error")).isEqualTo("invalid_grant");
        assertThat(test.refresh("unknown", refresh).status()).isEqualTo(401);
        var ours = test.ground.identity;
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> ours.refresh().refresh(refresh)))
                .as("the legacy way renews no app's token")
                .isInstanceOf(lanyard.standards.matrix.MatrixException.class);
        assertThat(test.refresh(client, refresh).status())
                .as("and nothing was lost")
                .isEqualTo(200);
    }

    @Test
    void revokingEitherTokenSignsTheDeviceOut() {
        for (var hint : new String[] {"access_token", "refresh_token"}) {
            var mine = test.tokens(client);
            var answer = test.form(
                    "/oauth2/revoke",
                    Map.of("token", Json.text(mine, hint), "token_type_hint", hint, "client_id", client));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(test.whoAmI(Json.text(mine, "access_token")).errcode()).isEqualTo("M_UNKNOWN_TOKEN");
            assertThat(test.refresh(client, Json.text(mine, "refresh_token")).status())
                    .isEqualTo(400);
            assertThat(test.ground.identity.devices().list(test.ann)).isEmpty();
        }
    }

    @Test
    void revokingNothingIsNoErrorAndTouchesNothing() {
        assertThat(test.form("/oauth2/revoke", Map.of("token", "lyt_nonsense", "client_id", client))
                        .status())
                .isEqualTo(200);
        assertThat(test.form("/oauth2/revoke", Map.of("client_id", client)).status())
                .isEqualTo(400);
        var ours = test.ground.signedIn(test.ann).accessToken();
        test.form("/oauth2/revoke", Map.of("token", ours, "client_id", client));
        assertThat(test.whoAmI(ours).status())
                .as("our own app signs out its own way")
                .isEqualTo(200);
        assertThat(test.whoAmI(access).status()).isEqualTo(200);
    }

    @Test
    void otherWaysOfSigningInAreNotOffered() {
        var password = Map.of("grant_type", "password", "client_id", client, "username", "ann", "password", "x");
        assertThat(Json.text(test.form("/oauth2/token", password).json(), "error"))
                .isEqualTo("unsupported_grant_type");
        var secret = Map.of(
                "grant_type", "refresh_token", "client_id", client, "client_secret", "x", "refresh_token", refresh);
        assertThat(test.form("/oauth2/token", secret).status()).isIn(400, 401);
        assertThat(test.whoAmI(access).status()).isEqualTo(200);
    }

    @Test
    void nothingSecretIsStoredInClear() {
        var everything = test.ground.database.read(
                tx -> tx.query("""
                        select coalesce((select string_agg(c::text, '') from authorization_code c), '')
                               || coalesce((select string_agg(a::text, '') from access_token a), '')
                               || coalesce((select string_agg(r::text, '') from refresh_token r), '')
                        """).mapTo(String.class).one());
        assertThat(everything).isNotEmpty().doesNotContain(access).doesNotContain(refresh);
    }
}
