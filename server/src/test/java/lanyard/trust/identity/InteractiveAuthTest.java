package lanyard.trust.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lanyard.platform.CannotStartException;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.TestHttp;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ServerName;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class InteractiveAuthTest {
    private final TestIdentity ground = TestIdentity.start();
    private final TestHttp http = TestHttp.routing(routes -> {
        routes.add("POST /deed", this::deed);
        routes.add("POST /other-deed", this::deed);
        ground.identity.routes(routes);
    });
    private final Credentials anns = ground.credentials(ground.person("ann", "Ann Jones"));
    private final String token = ground.signedIn(TestIdentity.user("ann")).accessToken();

    @AfterEach
    void close() {
        http.close();
        ground.close();
    }

    private Reply deed(Exchange exchange) {
        var caller = ground.identity.caller(exchange);
        return ground.identity
                .interactiveAuth()
                .challenge(caller, exchange, exchange.body())
                .orElseGet(Reply::empty);
    }

    private void longAgo() {
        ground.clock.pass(Duration.ofMinutes(5));
    }

    /// A challenge's session.
    private String session(ObjectNode body) {
        return Json.text(http.post("/deed", token, body).json(), "session");
    }

    private static ObjectNode withAuth(ObjectNode body, ObjectNode auth) {
        var whole = body.deepCopy();
        whole.set("auth", auth);
        return whole;
    }

    private ObjectNode code(String session) {
        return Json.object()
                .put("type", "org.lanyard.totp")
                .put("session", session)
                .put("code", ground.code(anns));
    }

    @Test
    void whoeverHasJustSignedInIsNotAsked() {
        assertThat(http.post("/deed", token, Json.object()).status()).isEqualTo(200);
    }

    @Test
    @Rule("G20")
    void fiveMinutesLaterACodeIsAskedFor() {
        longAgo();
        var asked = http.post("/deed", token, Json.object().put("a", 1));
        assertThat(asked.status()).isEqualTo(401);
        assertThat(asked.json().has("errcode")).isFalse();
        assertThat(asked.json().get("flows").get(0).get("stages").get(0).stringValue())
                .isEqualTo("org.lanyard.totp");
        var auth = code(Json.text(asked.json(), "session"));
        assertThat(http.post("/deed", token, withAuth(Json.object().put("a", 1), auth))
                        .status())
                .isEqualTo(200);
        assertThat(http.post("/deed", token, withAuth(Json.object().put("a", 1), auth))
                        .status())
                .as("the session ended with the deed")
                .isEqualTo(401);
    }

    @Test
    void aWrongCodeIsSaidAndAskedAgain() {
        longAgo();
        var auth = code(session(Json.object())).put("code", "000000");
        var wrong = http.post("/deed", token, withAuth(Json.object(), auth));
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(Json.text(wrong.json(), "session")).isEqualTo(Json.text(auth, "session"));
    }

    @Test
    @DisplayName("A14: a proof for one deed is none for another")
    void a14AProofForOneDeedIsNoneForAnother() {
        longAgo();
        var session = session(Json.object().put("device", "A"));
        var other = withAuth(Json.object().put("device", "B"), code(session));
        assertThat(http.post("/deed", token, other).status()).isEqualTo(401);
        var elsewhere = withAuth(Json.object().put("device", "A"), code(session));
        assertThat(http.post("/other-deed", token, elsewhere).status()).isEqualTo(401);
        var bob = ground.signedIn(ground.person("bob", "Bob Hart")).accessToken();
        longAgo();
        assertThat(http.post("/deed", bob, elsewhere).status()).isEqualTo(401);
    }

    @Test
    @DisplayName("A15: another person's code is no proof, and neither is their password")
    void a15AnotherPersonsFactorsAreNoProof() {
        longAgo();
        var bobs = ground.credentials(ground.person("bob", "Bob Hart"));
        var session = session(Json.object());
        var auth = code(session).put("code", ground.code(bobs));
        var refused = http.post("/deed", token, withAuth(Json.object(), auth));
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.errcode()).isEqualTo("M_FORBIDDEN");
        var password = Json.object()
                .put("type", "m.login.password")
                .put("session", session)
                .put("user", "bob")
                .put("password", bobs.password());
        assertThat(http.post("/deed", token, withAuth(Json.object(), password)).status())
                .isEqualTo(401);
    }

    @Test
    void aPasswordOrNothingAtAllIsNoProof() {
        longAgo();
        for (var type : List.of("m.login.dummy", "m.login.password", "")) {
            var auth = Json.object()
                    .put("type", type)
                    .put("session", session(Json.object()))
                    .put("password", anns.password());
            assertThat(http.post("/deed", token, withAuth(Json.object(), auth)).status())
                    .isEqualTo(401);
        }
    }

    @Test
    void signingInAgainInAWindowProvesTheSameAndOnlyForOneself() {
        longAgo();
        var session = session(Json.object());
        var window = http.get("/_matrix/client/v3/auth/m.login.sso/fallback/web?session=" + session);
        assertThat(window.status()).isEqualTo(302);
        var back = "https://ward.test/_lanyard/v1/sign-in/again?session=" + session;
        assertThat(window.header("Location"))
                .isEqualTo("/sign-in?redirectUrl=" + URLEncoder.encode(back, StandardCharsets.UTF_8));

        var bobs = ground.credentials(ground.person("bob", "Bob Hart"));
        var again = "/_lanyard/v1/sign-in/again?session=" + session + "&loginToken=";
        assertThat(http.get(again + loginToken("bob", bobs)).status()).isEqualTo(403);
        var proof = Json.object().put("session", session);
        assertThat(http.post("/deed", token, withAuth(Json.object(), proof)).status())
                .isEqualTo(401);

        assertThat(http.get(again + loginToken("ann", anns)).status()).isEqualTo(200);
        assertThat(http.post("/deed", token, withAuth(Json.object(), proof)).status())
                .isEqualTo(200);
    }

    private String loginToken(String user, Credentials credentials) {
        var attempt = new SignIn.Attempt(TestIdentity.ORGANIZATION, user, credentials.password(), Optional.empty(), "");
        var pending = ground.identity.signIn().password(attempt);
        return ground.identity
                .signIn()
                .secondStep(pending.session(), ground.code(credentials), Optional.empty())
                .loginToken();
    }

    @Test
    void conformanceModeRefusesARealOrganisation() {
        var real = new Organization("RXX", new ServerName("real.test"), "A Real NHS Trust", false);
        try (var other = TestIdentity.hosting(real)) {
            var settings = new IdentitySettings(URI.create("https://real.test"), List.of(), true);
            assertThatThrownBy(() -> new Identity(other.ground(), settings))
                    .isInstanceOf(CannotStartException.class)
                    .hasMessageContaining("RXX");
        }
    }
}
