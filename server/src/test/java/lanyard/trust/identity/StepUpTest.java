package lanyard.trust.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.TestHttp;
import lanyard.platform.http.TestHttp.Answer;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.DeviceId;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StepUpTest {
    private final TestIdentity ground = TestIdentity.start();
    private final TestHttp http = TestHttp.routing(routes -> {
        routes.add("POST /deed", this::deed);
        routes.add("GET /backup", this::backup);
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
        ground.identity.stepUp().require(ground.identity.caller(exchange));
        return Reply.empty();
    }

    private Reply backup(Exchange exchange) {
        ground.identity.stepUp().requireAfterWipe(ground.identity.caller(exchange));
        return Reply.empty();
    }

    private Answer tryDeed(String by) {
        return http.post("/deed", by, Json.object());
    }

    private Answer stepUp(String by, String code) {
        return http.post("/_lanyard/v1/me/step-up", by, Json.object().put("code", code));
    }

    @Test
    void aSignInOfTheLastFiveMinutesCounts() {
        assertThat(tryDeed(token).status()).isEqualTo(200);
        ground.clock.pass(StepUp.FRESH.minusSeconds(1));
        assertThat(tryDeed(token).status()).isEqualTo(200);
    }

    @Test
    @Rule("G20")
    @DisplayName("A20: a step-up older than five minutes is refused, and the answer says how to prove oneself")
    void a20AnOldProofIsNone() {
        ground.clock.pass(StepUp.FRESH);
        var refused = tryDeed(token);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.errcode()).isEqualTo("ORG_LANYARD_STEP_UP");
        var flows = refused.json().get("flows");
        assertThat(flows.get(0).get("stages").get(0).stringValue()).isEqualTo("org.lanyard.totp");

        var until =
                stepUp(token, ground.code(anns)).json().get("fresh_until_ts").longValue();
        assertThat(until).isEqualTo(ground.clock.instant().plus(StepUp.FRESH).toEpochMilli());
        assertThat(tryDeed(token).status()).isEqualTo(200);
        ground.clock.pass(StepUp.FRESH);
        assertThat(tryDeed(token).status()).isEqualTo(401);
    }

    @Test
    void itCountsForThisDeviceAlone() {
        var other = ground.signedIn(TestIdentity.user("ann")).accessToken();
        ground.clock.pass(StepUp.FRESH);
        stepUp(token, ground.code(anns));
        assertThat(tryDeed(token).status()).isEqualTo(200);
        assertThat(tryDeed(other).errcode()).isEqualTo("ORG_LANYARD_STEP_UP");
    }

    @Test
    void aWrongAUsedOrAPaperCodeIsNoProof() {
        var codes = http.post("/_lanyard/v1/me/recovery-codes", token, Json.object());
        var paper = codes.json().get("codes").get(0).stringValue();
        ground.clock.pass(StepUp.FRESH);
        var code = ground.code(anns);
        assertThat(stepUp(token, "000000").errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(stepUp(token, paper).errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(tryDeed(token).status()).isEqualTo(401);
        assertThat(stepUp(token, code).status()).isEqualTo(200);
        assertThat(stepUp(token, code).errcode()).isEqualTo("M_FORBIDDEN");
    }

    @Test
    void wrongCodesSlowDown() {
        for (var i = 0; i <= Failures.FREE; i++) {
            stepUp(token, "000000");
        }
        assertThat(stepUp(token, ground.code(anns)).errcode()).isEqualTo("M_LIMIT_EXCEEDED");
        ground.clock.pass(Duration.ofSeconds(2));
        assertThat(stepUp(token, ground.code(anns)).status()).isEqualTo(200);
    }

    @Test
    void recoveryCodesNeedAFreshProof() {
        assertThat(http.post("/_lanyard/v1/me/recovery-codes", token, Json.object())
                        .status())
                .isEqualTo(200);
        ground.clock.pass(StepUp.FRESH);
        assertThat(http.post("/_lanyard/v1/me/recovery-codes", token, Json.object())
                        .errcode())
                .isEqualTo("ORG_LANYARD_STEP_UP");
    }

    @Test
    @DisplayName("J7: after a wipe, a device made since reads the backup of keys with fresh proof only")
    void j7ABackupIsNotReadOnANewDeviceAfterAWipeWithoutFreshProof() {
        var lost = ground.signedIn(TestIdentity.user("ann"));
        ground.clock.pass(Duration.ofMinutes(1));
        ground.writer.write(commit -> {
            ground.identity.devices().remove(commit, lost.user(), List.of(lost.device()), RemovedDevice.Why.WIPED);
            return lost;
        });
        assertThat(http.get("/backup", lost.accessToken()).errcode()).isEqualTo("M_UNKNOWN_TOKEN");
        var next = ground.signedIn(TestIdentity.user("ann")).accessToken();
        assertThat(http.get("/backup", next).status()).isEqualTo(200);
        ground.clock.pass(StepUp.FRESH);
        assertThat(http.get("/backup", next).errcode()).isEqualTo("ORG_LANYARD_STEP_UP");
        assertThat(http.get("/backup", token).status())
                .as("an older one is trusted")
                .isEqualTo(200);
        stepUp(next, ground.code(anns));
        assertThat(http.get("/backup", next).status()).isEqualTo(200);
        ground.clock.pass(Duration.ofDays(31));
        assertThat(http.get("/backup", next).status()).isEqualTo(200);
    }

    @Test
    void anotherAppHasNoProofToGive() {
        var app = new AppAccess("client-1", true);
        var request = new DeviceRequest(Optional.of(new DeviceId("APP")), Optional.empty(), false, Optional.of(app));
        var prepared = ground.identity.devices().prepare(request);
        var session = ground.writer.write(
                commit -> ground.identity.signIn().device(commit, TestIdentity.user("ann"), prepared));
        assertThat(tryDeed(session.accessToken()).errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(stepUp(session.accessToken(), ground.code(anns)).errcode()).isEqualTo("M_FORBIDDEN");
    }
}
