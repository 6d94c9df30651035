package lanyard.trust.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import lanyard.platform.http.TestHttp;
import lanyard.platform.http.TestHttp.Answer;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// Somebody's first day.
class EnrolmentTest {
    private static final String PASSWORD = "copper lantern sings";
    private static final String ENROL = "/_lanyard/v1/sign-in/enrol/totp";

    private final TestIdentity ground = TestIdentity.start();
    private final TestHttp http = TestHttp.serving(ground.identity);
    private final UserId ann = ground.person("ann", "Ann Jones");
    private final String administrator = administrator();

    @AfterEach
    void close() {
        http.close();
        ground.close();
    }

    private String administrator() {
        var ines = ground.person("ines", "Ines Governance");
        ground.writer.write(commit -> {
            ground.identity.moderation().appoint(commit, ines, true, "a test");
            return ines;
        });
        return ground.signedIn(ines).accessToken();
    }

    private Answer invite(UserId user, String by) {
        return http.post("/_lanyard/v1/people/" + user.value() + "/invitation", by, Json.object());
    }

    private String code() {
        return Json.text(invite(ann, administrator).json(), "code");
    }

    private Answer password(String password) {
        var body = Json.object().put("user", "ann").put("password", password);
        return http.post("/_lanyard/v1/sign-in/password", null, body);
    }

    private Answer offer(String session) {
        return http.post(ENROL, null, Json.object().put("session", session));
    }

    private Answer confirm(String session, String code, String password) {
        ObjectNode body =
                Json.object().put("session", session).put("code", code).put("new_password", password);
        return http.post(ENROL + "/confirm", null, body);
    }

    private String codeOf(String secret) {
        return Totp.code(Base32.decode(secret), ground.clock.instant());
    }

    @Test
    @Rule("G20")
    void aJoinerChoosesTheirSecondStepBeforeAnythingElse() {
        var first = password(code()).json();
        assertThat(Json.text(first, "next")).isEqualTo("enrol");
        var session = Json.text(first, "session");
        var offered = offer(session).json();
        var secret = Json.text(offered, "secret");
        assertThat(Json.text(offered, "otpauth_uri"))
                .isEqualTo("otpauth://totp/Lanyard%3Aann?secret=" + secret + "&issuer=Lanyard");
        assertThat(confirm(session, "000000", PASSWORD).errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(confirm(session, codeOf(secret), "Password1234").errcode()).isEqualTo("M_WEAK_PASSWORD");

        var code = codeOf(secret);
        var enrolled = confirm(session, code, PASSWORD);
        assertThat(enrolled.status()).isEqualTo(200);
        assertThat(enrolled.json().get("recovery_codes")).hasSize(10);
        assertThat(enrolled.json().get("recovery_codes_left").intValue()).isEqualTo(10);
        var device = ground.identity.signIn().login(Json.text(enrolled.json(), "login_token"), DeviceRequest.ANY);
        assertThat(device.user()).isEqualTo(ann);

        assertThat(confirm(session, code, PASSWORD).errcode()).isEqualTo("M_FORBIDDEN");
        var again = password(PASSWORD).json();
        assertThat(Json.text(again, "next")).isEqualTo("totp");
        assertThat(offer(Json.text(again, "session")).errcode())
                .as("who has a second step adds none with a password alone")
                .isEqualTo("M_FORBIDDEN");
        var used = http.post(
                "/_lanyard/v1/sign-in/second-step",
                null,
                Json.object().put("session", Json.text(again, "session")).put("code", code));
        assertThat(used.errcode()).as("the code that confirmed is used up").isEqualTo("M_FORBIDDEN");
    }

    @Test
    @Rule("G20")
    void anInvitationAloneReachesNothing() {
        var session = Json.text(password(code()).json(), "session");
        assertThat(http.post(
                                "/_lanyard/v1/sign-in/second-step",
                                null,
                                Json.object().put("session", session).put("code", "000000"))
                        .errcode())
                .isEqualTo("M_FORBIDDEN");
        assertThat(http.post("/_lanyard/v1/me/password", session, Json.object()).status())
                .isEqualTo(401);
    }

    /// Or an administrator could come in as somebody who signs in by the organisation's provider alone.
    @Test
    @Rule("G20")
    void nobodyIsInvitedWhoHasSignedInBeforeWithoutAFactorOfOurs() {
        var code = code();
        ground.signedIn(ann);
        assertThat(invite(ann, administrator).errcode()).isEqualTo("M_FORBIDDEN");
        var session = Json.text(password(code).json(), "session");
        var secret = Json.text(offer(session).json(), "secret");
        assertThat(confirm(session, codeOf(secret), PASSWORD).errcode())
                .as("nor does an earlier invitation work any more")
                .isEqualTo("M_FORBIDDEN");
        boolean enrolled = ground.database.read(tx -> ground.identity.signIn().hasCode(tx, ann));
        assertThat(enrolled).isFalse();
    }

    @Test
    void anInvitationEndsAfterTwoWeeksAndWithTheNext() {
        var old = code();
        var next = code();
        assertThat(password(old).errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(password(next).status()).isEqualTo(200);
        ground.clock.pass(Duration.ofDays(14));
        assertThat(password(next).errcode()).isEqualTo("M_FORBIDDEN");
    }

    @Test
    @Rule("G20")
    void nobodyIsInvitedPastTheirSecondStepAndOnlyAdministratorsInvite() {
        ground.credentials(ann);
        assertThat(invite(ann, administrator).errcode())
                .as("an administrator does not get into an account this way")
                .isEqualTo("M_FORBIDDEN");
        var bob = ground.person("bob", "Bob Hart");
        assertThat(invite(bob, ground.signedIn(ann).accessToken()).errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(invite(TestIdentity.user("nobody"), administrator).errcode()).isEqualTo("M_NOT_FOUND");
        ground.clock.pass(StepUp.FRESH);
        assertThat(invite(bob, administrator).errcode()).isEqualTo("ORG_LANYARD_STEP_UP");
    }
}
