package lanyard.trust.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lanyard.platform.http.TestHttp;
import lanyard.platform.http.TestHttp.Answer;
import lanyard.platform.json.Json;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PasswordsTest {
    private static final String GOOD = "copper lantern sings";

    private final TestIdentity ground = TestIdentity.start();
    private final TestHttp http = TestHttp.serving(ground.identity);
    private final Credentials anns = ground.credentials(ground.person("ann", "Ann Jones"));
    private final String token = ground.signedIn(TestIdentity.user("ann")).accessToken();

    @AfterEach
    void close() {
        http.close();
        ground.close();
    }

    private Answer change(String password, boolean others) {
        var body = Json.object().put("new_password", password).put("logout_devices", others);
        return http.post("/_lanyard/v1/me/password", token, body);
    }

    private Answer signIn(String password) {
        var body = Json.object().put("user", "ann").put("password", password);
        return http.post("/_lanyard/v1/sign-in/password", null, body);
    }

    private int status(String other) {
        return http.post("/_lanyard/v1/me/step-up", other, Json.object().put("code", "x"))
                .status();
    }

    @Test
    @DisplayName("A12: a password change with logout_devices signs every other device out")
    void a12OtherDevicesAreSignedOut() {
        var other = ground.signedIn(TestIdentity.user("ann")).accessToken();
        assertThat(change(GOOD, false).status()).isEqualTo(200);
        assertThat(status(other)).as("it stays when it is to stay").isEqualTo(403);
        assertThat(change(GOOD + " again", true).status()).isEqualTo(200);
        assertThat(status(other)).isEqualTo(401);
        assertThat(status(token)).isEqualTo(403);
        assertThat(signIn(anns.password()).errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(signIn(GOOD + " again").status()).isEqualTo(200);
    }

    @Test
    void aPasswordThatIsTriedFirstIsRefused() {
        for (var weak : List.of("Password1234", "annjones2026!", "short", "x".repeat(513))) {
            assertThat(change(weak, true).errcode()).as(weak).isEqualTo("M_WEAK_PASSWORD");
        }
        assertThat(signIn(anns.password()).status()).as("nothing has changed").isEqualTo(200);
    }

    @Test
    void changingItNeedsFreshProof() {
        ground.clock.pass(StepUp.FRESH);
        assertThat(change(GOOD, true).errcode()).isEqualTo("ORG_LANYARD_STEP_UP");
        http.post("/_lanyard/v1/me/step-up", token, Json.object().put("code", ground.code(anns)));
        assertThat(change(GOOD, true).status()).isEqualTo(200);
    }

    @Test
    @Rule("G20")
    void aNewPasswordLeavesTheSecondStep() {
        change(GOOD, true);
        assertThat(signIn(GOOD).json().get("ways").toString()).isEqualTo("[\"totp\"]");
    }
}
