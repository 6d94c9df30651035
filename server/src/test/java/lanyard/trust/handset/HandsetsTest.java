package lanyard.trust.handset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import lanyard.platform.http.TestHttp;
import lanyard.platform.http.TestHttp.Answer;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.DestroyedKeyException;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import lanyard.trust.identity.NewSession;
import lanyard.trust.identity.RemovedDevice;
import lanyard.trust.identity.StepUp;
import lanyard.trust.identity.TestIdentity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HandsetsTest {
    private final TestIdentity ground = TestIdentity.start();
    private final Handsets handsets = new Handsets(ground.ground(), ground.identity);
    private final TestHttp http = TestHttp.serving(ground.identity, handsets);
    private final AtomicInteger people = new AtomicInteger();

    @AfterAll
    void close() {
        http.close();
        ground.close();
    }

    private NewSession somebody() {
        var name = "person" + people.incrementAndGet();
        return ground.signedIn(ground.person(name, "Person " + name));
    }

    private TestPhone enrolled(NewSession session, String passcode) {
        var phone = new TestPhone(http);
        assertThat(phone.enrol(session.accessToken()).status()).isEqualTo(200);
        assertThat(phone.newPasscode(session.accessToken(), passcode).status()).isEqualTo(200);
        return phone;
    }

    private static String share(Answer answer) {
        return Json.text(answer.json(), "share");
    }

    private int leaves() {
        return ground.database.read(tx ->
                tx.query("select count(*) from audit_leaf").mapTo(Integer.class).one());
    }

    private void shareIsDestroyed(TestPhone phone) {
        assertThatThrownBy(() -> ground.keys.find(Handsets.keyOf(phone.id, 1)))
                .isInstanceOf(DestroyedKeyException.class);
    }

    @Test
    @Rule("G21")
    void theRightPasscodeOnTheRightPhoneOpens() {
        var session = somebody();
        var phone = new TestPhone(http);
        phone.enrol(session.accessToken());
        var given = share(phone.newPasscode(session.accessToken(), "271828"));
        assertThat(Base64.getDecoder().decode(given)).hasSize(32);
        assertThat(share(phone.open("271828"))).isEqualTo(given);
        assertThat(share(phone.open("271828"))).isEqualTo(given);
        assertThat(ground.identity.devices().list(session.user()).getFirst().handset())
                .hasValue(phone.id);
    }

    @Test
    void aWrongPasscodeIsRefusedAndSaysHowManyTriesAreLeft() {
        var phone = enrolled(somebody(), "271828");
        var wrong = phone.open("111111");
        assertThat(wrong.status()).isEqualTo(403);
        assertThat(wrong.errcode()).isEqualTo("ORG_LANYARD_WRONG_PASSCODE");
        assertThat(wrong.json().get("attempts_left").intValue()).isEqualTo(9);
        assertThat(wrong.json().get("retry_after_ms").intValue()).isZero();
        assertThat(phone.open("271828").status()).isEqualTo(200);
        assertThat(phone.open("111111").json().get("attempts_left").intValue())
                .as("the right one starts the count again")
                .isEqualTo(9);
    }

    @Test
    void aNonceOpensOnceAndForAMinute() {
        var phone = enrolled(somebody(), "271828");
        var nonce = phone.nonce();
        assertThat(phone.open("271828", nonce).status()).isEqualTo(200);
        assertThat(phone.open("271828", nonce).errcode()).isEqualTo("M_FORBIDDEN");
        var late = phone.nonce();
        ground.clock.pass(Duration.ofSeconds(60));
        assertThat(phone.open("271828", late).errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(phone.open("271828", "made-up").errcode()).isEqualTo("M_FORBIDDEN");
    }

    @Test
    void aSignatureByAnotherKeyIsRefusedAndCountsAsNoTry() {
        var phone = enrolled(somebody(), "271828");
        var other = new TestPhone(http);
        other.id = phone.id;
        for (var i = 0; i < 12; i++) {
            assertThat(other.open("111111").errcode()).isEqualTo("M_FORBIDDEN");
        }
        var zeros = Base64.getEncoder().encodeToString(new byte[64]);
        assertThat(phone.open("271828", phone.nonce(), zeros).errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(phone.open("271828").status()).isEqualTo(200);
    }

    @Test
    void anotherPhonesNonceIsRefused() {
        var session = somebody();
        var one = enrolled(session, "271828");
        var two = enrolled(ground.signedIn(session.user()), "314159");
        assertThat(two.open("314159", one.nonce()).errcode()).isEqualTo("M_FORBIDDEN");
    }

    @Test
    @Hazard("H10")
    @Rule("G21")
    void wrongPasscodesSlowDownAndTheTenthDestroysTheShare() {
        var session = somebody();
        var phone = enrolled(session, "271828");
        for (var tries = 1; tries <= 3; tries++) {
            assertThat(phone.open("111111").json().get("retry_after_ms").intValue())
                    .isZero();
        }
        assertThat(phone.open("111111").json().get("retry_after_ms").intValue()).isEqualTo(2000);
        var tooSoon = phone.open("271828");
        assertThat(tooSoon.status()).isEqualTo(429);
        assertThat(tooSoon.errcode()).isEqualTo("M_LIMIT_EXCEEDED");
        ground.clock.pass(Duration.ofSeconds(2));
        for (var tries = 5; tries <= 9; tries++) {
            var wrong = phone.open("111111").json();
            assertThat(wrong.get("attempts_left").intValue()).isEqualTo(10 - tries);
            assertThat(wrong.get("retry_after_ms").intValue()).isEqualTo(1000 << (tries - 3));
            ground.clock.pass(Duration.ofMinutes(5));
        }
        var before = leaves();
        var tenth = phone.open("111111");
        assertThat(tenth.status()).isEqualTo(410);
        assertThat(tenth.errcode()).isEqualTo("ORG_LANYARD_SHARE_DESTROYED");
        assertThat(leaves()).isEqualTo(before + 1);
        assertThat(phone.open("271828").status()).isEqualTo(410);
        shareIsDestroyed(phone);
        assertThat(http.get("/_lanyard/v1/handsets", session.accessToken()).status())
                .as("the session is not what was guessed at")
                .isEqualTo(200);
    }

    @Test
    void theCountSurvivesARestart() {
        var phone = enrolled(somebody(), "271828");
        for (var tries = 1; tries <= 3; tries++) {
            phone.open("111111");
        }
        var again = new Handsets(ground.ground(), ground.identity);
        try (var restarted = TestHttp.serving(again)) {
            var same = phone.on(restarted);
            assertThat(same.open("111111").json().get("attempts_left").intValue())
                    .isEqualTo(6);
            assertThat(same.open("271828").status()).isEqualTo(429);
        }
    }

    @Test
    void aNewPasscodeMakesANewShareAndDestroysTheOld() {
        var session = somebody();
        var phone = enrolled(session, "271828");
        var old = share(phone.open("271828"));
        var fresh = share(phone.newPasscode(session.accessToken(), "314159"));
        assertThat(fresh).isNotEqualTo(old);
        assertThat(share(phone.open("314159"))).isEqualTo(fresh);
        assertThat(phone.open("271828").errcode()).isEqualTo("ORG_LANYARD_WRONG_PASSCODE");
        shareIsDestroyed(phone);
    }

    @Test
    @Hazard("H10")
    void aPhoneThatDiesBeforeItTookTheNewShareOpensAsBefore() {
        var session = somebody();
        var phone = enrolled(session, "271828");
        var old = share(phone.open("271828"));
        phone.newPasscode(session.accessToken(), "314159");
        assertThat(share(phone.open("271828"))).isEqualTo(old);
        var asked = share(phone.newPasscode(session.accessToken(), "161803"));
        assertThat(phone.open("314159").errcode()).isEqualTo("ORG_LANYARD_WRONG_PASSCODE");
        assertThat(share(phone.open("271828"))).isEqualTo(old);
        assertThat(share(phone.open("161803"))).isEqualTo(asked);
        shareIsDestroyed(phone);
    }

    @Test
    void whoAsksTwiceForTheSamePasscodeHoldsTheLaterShare() {
        var session = somebody();
        var phone = enrolled(session, "271828");
        var later = share(phone.newPasscode(session.accessToken(), "271828"));
        assertThat(share(phone.open("271828"))).isEqualTo(later);
        shareIsDestroyed(phone);
    }

    @Test
    void aShareNobodyClaimedGoesWithThePhone() {
        var session = somebody();
        var phone = enrolled(session, "271828");
        phone.newPasscode(session.accessToken(), "314159");
        http.delete("/_lanyard/v1/handsets/" + phone.id, session.accessToken());
        shareIsDestroyed(phone);
        assertThatThrownBy(() -> ground.keys.find(Handsets.keyOf(phone.id, 2)))
                .isInstanceOf(DestroyedKeyException.class);
        assertThat(phone.open("314159").status()).isEqualTo(410);
    }

    @Test
    void aPasscodeIsSetOnThePhoneItselfByItsOwner() {
        var session = somebody();
        var phone = enrolled(session, "271828");
        var otherDevice = ground.signedIn(session.user());
        assertThat(phone.newPasscode(otherDevice.accessToken(), "314159").errcode())
                .isEqualTo("M_FORBIDDEN");
        assertThat(phone.newPasscode(somebody().accessToken(), "314159").errcode())
                .isEqualTo("M_NOT_FOUND");
        assertThat(http.put("/_lanyard/v1/handsets/" + phone.id + "/passcode", null, Json.object())
                        .errcode())
                .isEqualTo("M_MISSING_TOKEN");
        assertThat(phone.open("271828").status()).isEqualTo(200);
    }

    @Test
    @Rule("G24")
    void aWipedPhoneIsSignedOutToldToClearItselfAndNeverOpensAgain() {
        var lost = somebody();
        var phone = enrolled(lost, "271828");
        var browser = ground.signedIn(lost.user());
        var before = leaves();
        assertThat(http.delete("/_lanyard/v1/handsets/" + phone.id, browser.accessToken())
                        .status())
                .isEqualTo(200);
        assertThat(leaves()).isGreaterThan(before);
        var contact = http.get("/_lanyard/v1/handsets", lost.accessToken());
        assertThat(contact.status()).isEqualTo(401);
        assertThat(contact.header("Clear-Site-Data")).isEqualTo("\"cache\", \"cookies\", \"storage\"");
        assertThat(phone.challenge().status()).isEqualTo(410);
        assertThat(phone.challenge().errcode()).isEqualTo("ORG_LANYARD_SHARE_DESTROYED");
        shareIsDestroyed(phone);
        assertThat(ground.identity.devices().list(lost.user())).hasSize(1);
        assertThat(http.get("/_lanyard/v1/handsets", browser.accessToken())
                        .json()
                        .get("handsets"))
                .isEmpty();
        assertThat(handsets.lost().list(lost.user()).getFirst().state()).isEqualTo("unreadable_since");
        assertThat(handsets.list(lost.user())).isEmpty();
    }

    @Test
    @DisplayName("A20: wiping and enrolling ask for fresh proof")
    void a20WipingAndEnrollingAskForFreshProof() {
        var session = somebody();
        var phone = enrolled(session, "271828");
        var other = ground.signedIn(session.user());
        ground.clock.pass(StepUp.FRESH);
        var refused = http.delete("/_lanyard/v1/handsets/" + phone.id, other.accessToken());
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.errcode()).isEqualTo("ORG_LANYARD_STEP_UP");
        assertThat(new TestPhone(http).enrol(session.accessToken()).errcode()).isEqualTo("ORG_LANYARD_STEP_UP");
        assertThat(phone.open("271828").status()).as("nothing has changed").isEqualTo(200);
        var own = http.delete("/_lanyard/v1/handsets/" + phone.id, session.accessToken());
        assertThat(own.status())
                .as("the phone in one's hand is only signed out")
                .isEqualTo(200);
        assertThat(handsets.lost().list(session.user())).isEmpty();
    }

    @Test
    void anothersPhoneCannotBeWiped() {
        var owner = somebody();
        var phone = enrolled(owner, "271828");
        var path = "/_lanyard/v1/handsets/" + phone.id;
        assertThat(http.delete(path, somebody().accessToken()).errcode()).isEqualTo("M_NOT_FOUND");
        assertThat(http.delete(path, null).errcode()).isEqualTo("M_MISSING_TOKEN");
        assertThat(phone.open("271828").status()).isEqualTo(200);
    }

    @Test
    void aChallengeTakenBeforeTheWipeOpensNothing() {
        var owner = somebody();
        var phone = enrolled(owner, "271828");
        var nonce = phone.nonce();
        http.delete("/_lanyard/v1/handsets/" + phone.id, owner.accessToken());
        assertThat(phone.open("271828", nonce).status()).isEqualTo(410);
    }

    @Test
    void signingOutDestroysTheShareToo() {
        var session = somebody();
        var phone = enrolled(session, "271828");
        ground.writer.write(commit -> {
            ground.identity.devices().removeAll(commit, session.user(), RemovedDevice.Why.SIGNED_OUT_EVERYWHERE);
            return true;
        });
        assertThat(phone.challenge().status()).isEqualTo(410);
        handsets.destroyDue();
        shareIsDestroyed(phone);
    }

    @Test
    void threePhonesAreEnoughAndARemovedOneMakesRoom() {
        var first = somebody();
        var one = enrolled(first, "271828");
        for (var i = 0; i < 2; i++) {
            var more = ground.signedIn(first.user());
            assertThat(new TestPhone(http).enrol(more.accessToken()).status()).isEqualTo(200);
        }
        var fourth = ground.signedIn(first.user());
        assertThat(new TestPhone(http).enrol(fourth.accessToken()).errcode()).isEqualTo("M_FORBIDDEN");
        http.delete("/_lanyard/v1/handsets/" + one.id, fourth.accessToken());
        assertThat(new TestPhone(http).enrol(fourth.accessToken()).status()).isEqualTo(200);
    }

    @Test
    void enrollingAgainOnTheSameDeviceEndsTheFormerEnrolment() {
        var session = somebody();
        var before = enrolled(session, "271828");
        var after = enrolled(session, "314159");
        assertThat(before.challenge().status()).isEqualTo(410);
        assertThat(after.open("314159").status()).isEqualTo(200);
        assertThat(handsets.list(session.user())).hasSize(1);
    }

    @Test
    void aKeyThatIsNotAPublicPointOnTheCurveIsRefused() {
        var session = somebody();
        var good = new TestPhone(http).jwk();
        var wrongPoint = good.deepCopy().put("x", Json.text(good, "y"));
        var tooShort = good.deepCopy().put("x", "AAAA");
        var otherCurve = good.deepCopy().put("crv", "P-384");
        var withPrivate = good.deepCopy().put("d", "AAAA");
        for (var bad : List.of(wrongPoint, tooShort, otherCurve, withPrivate)) {
            var body = Json.object().put("name", "x").put("platform", "y").put("policy_version", 1);
            body.set("public_key_jwk", bad);
            assertThat(http.post("/_lanyard/v1/handsets", session.accessToken(), body)
                            .errcode())
                    .isEqualTo("M_INVALID_PARAM");
        }
    }

    @Test
    void neitherShareNorProofIsInTheDatabase() {
        var phone = enrolled(somebody(), "271828");
        var share = Base64.getDecoder().decode(share(phone.open("271828")));
        var rows = ground.database.read(tx -> tx.query("select string_agg(h::text, '') from handset h")
                .mapTo(String.class)
                .one());
        assertThat(rows)
                .doesNotContain(HexFormat.of().formatHex(share))
                .doesNotContain(HexFormat.of().formatHex("271828".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void anUnknownPhoneHasNoChallengeAndMalformedProofsAreRefused() {
        var stranger = new TestPhone(http);
        stranger.id = "hAAAAAAAAAAAAAAAAAAAAAA";
        assertThat(stranger.challenge().errcode()).isEqualTo("M_NOT_FOUND");
        var phone = enrolled(somebody(), "271828");
        var body =
                Json.object().put("nonce", phone.nonce()).put("signature", "!!").put("auth_proof", "AA==");
        assertThat(http.post("/_lanyard/v1/handsets/" + phone.id + "/share", null, body)
                        .errcode())
                .isEqualTo("M_INVALID_PARAM");
    }
}
