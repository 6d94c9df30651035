package lanyard.trust.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.HashSet;
import lanyard.platform.http.TestHttp;
import lanyard.platform.http.TestHttp.Answer;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SignInTest {
    private final TestIdentity ground = TestIdentity.start();
    private final TestHttp http = TestHttp.serving(ground.identity);
    private final UserId ann = ground.person("ann", "Ann Jones");
    private final Credentials anns = ground.credentials(ann);

    @AfterEach
    void close() {
        http.close();
        ground.close();
    }

    private Answer password(String user, String password) {
        return password(http, user, password);
    }

    private static Answer password(TestHttp http, String user, String password) {
        return http.post(
                "/_lanyard/v1/sign-in/password",
                null,
                Json.object().put("user", user).put("password", password));
    }

    private Answer secondStep(String session, String code) {
        return http.post(
                "/_lanyard/v1/sign-in/second-step",
                null,
                Json.object().put("session", session).put("code", code));
    }

    private String session() {
        return Json.text(password("ann", anns.password()).json(), "session");
    }

    /// The step of a code is used up, so the next sign-in waits for the next one.
    private void nextCode() {
        ground.clock.pass(Duration.ofSeconds(30));
    }

    private int auditLeaves() {
        return ground.database.read(tx ->
                tx.query("select count(*) from audit_leaf").mapTo(Integer.class).one());
    }

    @Test
    @Rule("G20")
    void twoStepsGiveATokenThatBecomesADevice() {
        var first = password("ann", anns.password());
        assertThat(first.status()).isEqualTo(200);
        assertThat(Json.text(first.json(), "next")).isEqualTo("totp");
        var second = secondStep(Json.text(first.json(), "session"), ground.code(anns));
        assertThat(second.status()).isEqualTo(200);
        assertThat(Json.text(second.json(), "user_id")).isEqualTo("@ann:ward.test");
        assertThat(second.json().get("recovery_codes_left").intValue()).isZero();

        var loginToken = Json.text(second.json(), "login_token");
        var device = ground.identity.signIn().login(loginToken, DeviceRequest.ANY);
        assertThat(device.user()).isEqualTo(ann);
        assertThat(auditLeaves()).isGreaterThan(1);
    }

    @Test
    void theWholeUserIdWillDoToo() {
        assertThat(password(" @Ann:ward.test ", anns.password()).status()).isEqualTo(200);
    }

    @Test
    @Rule("G20")
    void aPasswordAloneReachesNothing() {
        var session = session();
        assertThat(http.post(
                                "/_lanyard/v1/me/recovery-codes",
                                session,
                                Json.object().put("code", ground.code(anns)))
                        .errcode())
                .isEqualTo("M_UNKNOWN_TOKEN");
        assertThat(secondStep(session, "").errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(secondStep(session, "000000").status()).isEqualTo(403);
    }

    @Test
    void aLoginTokenWorksOnceAndForTwoMinutes() {
        var used = Json.text(secondStep(session(), ground.code(anns)).json(), "login_token");
        ground.identity.signIn().login(used, DeviceRequest.ANY);
        assertThat(refusalOfLogin(used)).isEqualTo("M_FORBIDDEN");
        nextCode();
        var late = Json.text(secondStep(session(), ground.code(anns)).json(), "login_token");
        ground.clock.pass(Duration.ofMinutes(2));
        assertThat(refusalOfLogin(late)).isEqualTo("M_FORBIDDEN");
        assertThat(refusalOfLogin("lyl_nonsense")).isEqualTo("M_FORBIDDEN");
    }

    private String refusalOfLogin(String token) {
        try {
            return ground.identity.signIn().login(token, DeviceRequest.ANY).toString();
        } catch (lanyard.standards.matrix.MatrixException refusal) {
            return refusal.code().name();
        }
    }

    @Test
    @Rule("G20")
    void aCodeWorksOnceEvenInAnotherSession() {
        var code = ground.code(anns);
        assertThat(secondStep(session(), code).status()).isEqualTo(200);
        var replay = secondStep(session(), code);
        assertThat(replay.status()).isEqualTo(403);
        assertThat(replay.text()).contains("used");
        nextCode();
        assertThat(secondStep(session(), code).status()).isEqualTo(403);
        assertThat(secondStep(session(), ground.code(anns)).status()).isEqualTo(200);
    }

    /// A6, with the next.
    @Test
    void a6AnUnknownNameAndAWrongPasswordGetTheSameAnswer() {
        var wrong = password("ann", "wrong");
        for (var stranger : new String[] {"nobody", "", "@ann:elsewhere.test", "@lanyard:ward.test", "not a name"}) {
            var unknown = password(stranger, "wrong");
            assertThat(unknown.status()).isEqualTo(403);
            assertThat(unknown.text()).isEqualTo(wrong.text());
        }
        assertThat(wrong.errcode()).isEqualTo("M_FORBIDDEN");
    }

    @Test
    void anUnknownNameTakesAsLongAsAWrongPassword() {
        try (var dear = TestIdentity.withDearPasswords();
                var door = TestHttp.serving(dear.identity)) {
            dear.credentials(dear.person("ann", "Ann Jones"));
            password(door, "ann", "warm");
            password(door, "nobody", "warm");
            var known = time(() -> password(door, "ann", "wrong"));
            var unknown = time(() -> password(door, "nobody", "wrong"));
            assertThat(unknown).isBetween(known / 3, known * 3);
        }
    }

    private static long time(Runnable work) {
        var fastest = Long.MAX_VALUE;
        for (var i = 0; i < 3; i++) {
            var begin = System.nanoTime();
            work.run();
            fastest = Math.min(fastest, System.nanoTime() - begin);
        }
        return fastest;
    }

    @Test
    void wrongPasswordsCostTimeAndNeverTheAccount() {
        for (var i = 0; i < 6; i++) {
            assertThat(password("ann", "wrong").status()).isEqualTo(403);
        }
        var slowed = password("ann", anns.password());
        assertThat(slowed.status()).isEqualTo(429);
        assertThat(slowed.errcode()).isEqualTo("M_LIMIT_EXCEEDED");
        assertThat(slowed.json().get("retry_after_ms").longValue()).isEqualTo(2000);
        assertThat(slowed.header("Retry-After")).isEqualTo("2");
        ground.clock.pass(Duration.ofSeconds(2));
        assertThat(password("ann", anns.password()).status()).isEqualTo(200);
        for (var i = 0; i < 20; i++) {
            ground.clock.pass(Duration.ofMinutes(5));
            assertThat(password("ann", "wrong").status()).isEqualTo(403);
        }
        ground.clock.pass(Duration.ofMinutes(5));
        assertThat(password("ann", anns.password()).status()).isEqualTo(200);
    }

    @Test
    void anUnknownNameIsSlowedDownLikeAKnownOne() {
        for (var i = 0; i < 6; i++) {
            assertThat(password("nobody", "wrong").status()).isEqualTo(403);
        }
        assertThat(password("nobody", "wrong").status()).isEqualTo(429);
        assertThat(password("ann", anns.password()).status()).isEqualTo(200);
    }

    @Test
    void slowingDownIsAuditedOnce() {
        var before = auditLeaves();
        for (var i = 0; i < 6; i++) {
            password("ann", "wrong");
        }
        password("ann", "wrong");
        assertThat(auditLeaves()).isEqualTo(before + 1);
    }

    @Test
    void aStrangersTriesDoNotSlowAKnownBrowser() {
        var signedIn = secondStep(session(), ground.code(anns));
        var cookie = signedIn.header("Set-Cookie");
        assertThat(cookie).contains("HttpOnly").contains("Secure").contains("SameSite=Strict");
        for (var i = 0; i < 7; i++) {
            password("ann", "wrong");
        }
        assertThat(password("ann", anns.password()).status()).isEqualTo(429);
        var request = HttpRequest.newBuilder(http.address("/_lanyard/v1/sign-in/password"))
                .header("Cookie", cookie.substring(0, cookie.indexOf(';')))
                .POST(BodyPublishers.ofByteArray(
                        Json.bytes(Json.object().put("user", "ann").put("password", anns.password()))))
                .build();
        assertThat(http.send(request).status()).isEqualTo(200);
    }

    @Test
    void wrongCodesEndTheSessionAndSlowDown() {
        var session = session();
        for (var i = 0; i < 5; i++) {
            assertThat(secondStep(session, "00000" + i).status()).isEqualTo(403);
        }
        assertThat(secondStep(session, ground.code(anns)).status()).isEqualTo(403);
        assertThat(secondStep(session(), "000009").status()).isEqualTo(403);
        assertThat(password("ann", anns.password()).status()).isEqualTo(429);
    }

    @Test
    void aSignInLeftAloneMustStartAgain() {
        var session = session();
        ground.clock.pass(Duration.ofMinutes(10));
        assertThat(secondStep(session, ground.code(anns)).status()).isEqualTo(403);
        assertThat(secondStep("lys_nonsense", ground.code(anns)).status()).isEqualTo(403);
    }

    @Test
    void somebodyWhoLeftIsRefusedAndAStrangerDoesNotLearnIt() {
        ground.writer.write(commit -> {
            ground.identity.leave(commit, ann, "@lanyard:ward.test", "Contract ended");
            return true;
        });
        assertThat(password("ann", anns.password()).errcode()).isEqualTo("M_USER_DEACTIVATED");
        assertThat(password("ann", "wrong").errcode()).isEqualTo("M_FORBIDDEN");
    }

    @Test
    @Rule("G20")
    void aRecoveryCodeStandsInForThePhoneOnce() {
        var token = ground.signedIn(ann).accessToken();
        var made =
                http.post("/_lanyard/v1/me/recovery-codes", token, Json.object().put("code", ground.code(anns)));
        var codes = new HashSet<String>();
        made.json().get("codes").forEach(code -> codes.add(code.stringValue()));
        assertThat(codes).hasSize(10);
        var one = codes.iterator().next();
        var signedIn = secondStep(session(), one.toLowerCase(java.util.Locale.ROOT));
        assertThat(signedIn.status()).isEqualTo(200);
        assertThat(signedIn.json().get("recovery_codes_left").intValue()).isEqualTo(9);
        assertThat(secondStep(session(), one).status()).isEqualTo(403);
    }

    @Test
    void newRecoveryCodesEndTheOldOnes() {
        var token = ground.signedIn(ann).accessToken();
        var refused =
                http.post("/_lanyard/v1/me/recovery-codes", token, Json.object().put("code", "000000"));
        assertThat(refused.status()).isEqualTo(403);
        var old = http.post(
                        "/_lanyard/v1/me/recovery-codes", token, Json.object().put("code", ground.code(anns)))
                .json()
                .get("codes")
                .get(0)
                .stringValue();
        assertThat(http.post(
                                "/_lanyard/v1/me/recovery-codes",
                                token,
                                Json.object().put("code", old))
                        .status())
                .isEqualTo(403);
        nextCode();
        http.post("/_lanyard/v1/me/recovery-codes", token, Json.object().put("code", ground.code(anns)));
        assertThat(secondStep(session(), old).status()).isEqualTo(403);
    }

    @Test
    void wrongTypesAreBadJson() {
        var answer = http.post(
                "/_lanyard/v1/sign-in/password",
                null,
                Json.object().put("user", 1).put("password", "x"));
        assertThat(answer.errcode()).isEqualTo("M_BAD_JSON");
        assertThat(http.post("/_lanyard/v1/sign-in/second-step", null, Json.object())
                        .errcode())
                .isIn("M_BAD_JSON", "M_MISSING_PARAM");
        assertThat(password("ann", "x".repeat(2000)).status()).isEqualTo(400);
    }

    @Test
    void nothingSecretIsStoredInClear() {
        var session = session();
        var token = Json.text(secondStep(session, ground.code(anns)).json(), "login_token");
        var everything =
                ground.database.read(tx -> tx.query("""
                        select coalesce(string_agg(p::text, ''), '')
                               || coalesce((select string_agg(s::text, '') from login_token s), '')
                        from person p
                        """).mapTo(String.class).one());
        assertThat(everything).doesNotContain(token).doesNotContain(anns.password());
        assertThat(everything).doesNotContain(hex(anns.totpSecret()));
    }

    private static String hex(String base32) {
        return java.util.HexFormat.of().formatHex(Base32.decode(base32));
    }
}
