package lanyard.trust.handset;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import lanyard.platform.http.TestHttp;
import lanyard.platform.http.TestHttp.Answer;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Rule;
import lanyard.trust.identity.IdentitySettings;
import lanyard.trust.identity.NewSession;
import lanyard.trust.identity.TestIdentity;
import lanyard.trust.passkey.Passkeys;
import lanyard.trust.passkey.TestPasskey;
import lanyard.trust.policy.Policies;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrfSharesTest {
    private static final String ORIGIN = "https://ward.test";
    private static final String CODE = TestIdentity.ORGANIZATION.odsCode();

    private final TestIdentity ground = TestIdentity.start();
    private final Handsets handsets = new Handsets(ground.ground(), ground.identity);
    private final Passkeys passkeys =
            new Passkeys(ground.ground(), ground.identity, new IdentitySettings(URI.create(ORIGIN), List.of(), false));
    private final Policies policies =
            new Policies(ground.database, ground.writer, ground.audit, ground.keys, ground.clock);
    private final PrfShares shares = new PrfShares(ground.ground(), ground.identity, handsets, passkeys, policies);
    private final TestHttp http = TestHttp.serving(ground.identity, passkeys, handsets, shares);
    private int people;
    private NewSession session = first();
    private TestPasskey passkey = new TestPasskey(ORIGIN);
    private TestPhone phone = new TestPhone(http);

    private NewSession first() {
        policies.establish(CODE);
        return ground.signedIn(ground.person("first", "First"));
    }

    /// Somebody with an enrolled phone, a passcode and a passkey.
    @BeforeEach
    void somebody() {
        var user = ground.person("person" + people++, "Ann Jones");
        ground.credentials(user);
        session = ground.signedIn(user);
        phone = new TestPhone(http);
        phone.enrol(session.accessToken());
        phone.newPasscode(session.accessToken(), "271828");
        passkey = new TestPasskey(ORIGIN);
        add(passkey);
    }

    @AfterAll
    void close() {
        http.close();
        ground.close();
    }

    private void add(TestPasskey one) {
        var options = http.post("/_lanyard/v1/me/passkeys/options", session.accessToken(), Json.object());
        var body = Json.object().put("name", "My phone");
        body.set("credential", one.create(Json.objectField(options.json(), "publicKey")));
        assertThat(http.post("/_lanyard/v1/me/passkeys", session.accessToken(), body)
                        .status())
                .isEqualTo(200);
    }

    private String given() {
        return share(phone.newPasskey(session.accessToken(), passkey.id()));
    }

    private static String share(Answer answer) {
        return Json.text(answer.json(), "share");
    }

    private Answer offline() {
        return http.post("/_lanyard/v1/handsets/" + phone.id + "/prf/offline", session.accessToken(), Json.object());
    }

    private void wipe() {
        var browser = ground.signedIn(session.user());
        assertThat(http.delete("/_lanyard/v1/handsets/" + phone.id, browser.accessToken())
                        .status())
                .isEqualTo(200);
    }

    @Test
    @Rule("G21")
    void aPasskeyThatCheckedItsPersonOpensThePhone() {
        var given = given();
        assertThat(Base64.getDecoder().decode(given)).hasSize(32);
        assertThat(share(phone.open(passkey))).isEqualTo(given);
        assertThat(share(phone.open("271828")))
                .as("another share than the passcode's")
                .isNotEqualTo(given);
        passkey.checksPerson = false;
        assertThat(phone.open(passkey).errcode()).isEqualTo("M_FORBIDDEN");
    }

    @Test
    void onlyThePasskeyThatTheShareIsForOpensIt() {
        given();
        var other = new TestPasskey(ORIGIN);
        add(other);
        assertThat(phone.open(other).status()).isEqualTo(404);
        var options = Json.objectField(phone.passkeyOptions().json(), "publicKey");
        assertThat(options.get("allowCredentials").get(0).get("id").stringValue())
                .isEqualTo(passkey.id());
        assertThat(options.get("allowCredentials")).hasSize(1);
        assertThat(Json.text(options, "userVerification")).isEqualTo("required");
    }

    @Test
    void anAnswerForAnotherDeedOrFromAnotherPhoneOpensNothing() {
        var given = given();
        var stepUp = http.post("/_lanyard/v1/me/step-up/options", session.accessToken(), Json.object());
        var forStepUp = passkey.get(Json.objectField(stepUp.json(), "publicKey"));
        assertThat(phone.open(forStepUp, phone.nonce()).errcode()).isEqualTo("M_FORBIDDEN");
        var stranger = new TestPhone(http);
        stranger.id = phone.id;
        assertThat(stranger.open(passkey).errcode())
                .as("a copied browser profile has not the phone's key")
                .isEqualTo("M_FORBIDDEN");
        var good = passkey.get(Json.objectField(phone.passkeyOptions().json(), "publicKey"));
        var nonce = phone.nonce();
        assertThat(share(phone.open(good, nonce))).isEqualTo(given);
        assertThat(phone.open(good, phone.nonce()).errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(phone.open(
                                passkey.get(
                                        Json.objectField(phone.passkeyOptions().json(), "publicKey")),
                                nonce)
                        .errcode())
                .isEqualTo("M_FORBIDDEN");
    }

    @Test
    void eachShareIsNewAndEndsTheOneBefore() {
        var one = given();
        var two = given();
        assertThat(two).isNotEqualTo(one);
        assertThat(share(phone.open(passkey))).isEqualTo(two);
        isDestroyed(1);
    }

    private void isDestroyed(int version) {
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> ground.keys.find(Handsets.keyOf(PrfStore.KEY_SCOPE, phone.id, version)))
                .isInstanceOf(lanyard.platform.sealing.DestroyedKeyException.class);
    }

    @Test
    void onlyOnesOwnPhoneAndPasskey() {
        var anns = phone;
        var annsPasskey = passkey;
        somebody();
        assertThat(anns.newPasskey(session.accessToken(), passkey.id()).status())
                .isEqualTo(404);
        assertThat(phone.newPasskey(session.accessToken(), annsPasskey.id()).status())
                .isEqualTo(404);
        var otherDevice = ground.signedIn(session.user()).accessToken();
        assertThat(phone.newPasskey(otherDevice, passkey.id()).errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(phone.passkeyOptions().status()).as("none was made").isEqualTo(404);
        assertThat(offline().status()).isEqualTo(404);
    }

    @Test
    @Rule("G24")
    void wipingDestroysThisShareToo() {
        given();
        wipe();
        assertThat(phone.passkeyOptions().errcode()).isEqualTo("ORG_LANYARD_SHARE_DESTROYED");
        isDestroyed(1);
    }

    @Test
    @Rule("G24")
    void aRestoredDatabaseBringsNoShareBack() {
        given();
        wipe();
        ground.database.write(tx -> {
            tx.update("update handset set ended_at = null, ended_why = null where handset_id = :id")
                    .bind("id", phone.id)
                    .execute();
            tx.update("delete from handset_loss where handset_id = :id")
                    .bind("id", phone.id)
                    .execute();
            return tx.update("insert into prf_share (handset_id, passkey_id, version, made_at)"
                            + " values (:id, :passkey, 1, now())")
                    .bind("id", phone.id)
                    .bind("passkey", passkey.id())
                    .execute();
        });
        assertThat(phone.open(passkey).errcode()).isEqualTo("ORG_LANYARD_SHARE_DESTROYED");
    }

    @Test
    void aRemovedPasskeyOpensNothingAndItsShareIsDestroyed() {
        given();
        var options = Json.objectField(phone.passkeyOptions().json(), "publicKey");
        assertThat(http.delete("/_lanyard/v1/me/passkeys/" + passkey.id(), session.accessToken())
                        .status())
                .isEqualTo(200);
        assertThat(phone.open(passkey.get(options), phone.nonce()).errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(phone.passkeyOptions().status()).isEqualTo(404);
        isDestroyed(1);
        passkey = new TestPasskey(ORIGIN);
        add(passkey);
        var again = given();
        assertThat(share(phone.open(passkey))).as("under a number of its own").isEqualTo(again);
    }

    @Test
    void tenWrongPasscodesLeaveThePasskeysShareAndANewPasscodeMayBeSet() {
        var given = given();
        for (var i = 0; i < Handsets.WRONG_PROOFS_ALLOWED; i++) {
            phone.open("111111");
            ground.clock.pass(Duration.ofMinutes(5));
        }
        assertThat(phone.open("271828").errcode()).isEqualTo("ORG_LANYARD_SHARE_DESTROYED");
        assertThat(share(phone.open(passkey))).isEqualTo(given);
        assertThat(phone.newPasscode(session.accessToken(), "314159").status()).isEqualTo(200);
        assertThat(phone.open("314159").status()).isEqualTo(200);
        assertThat(phone.open("271828").errcode()).isEqualTo("ORG_LANYARD_WRONG_PASSCODE");
    }

    @Test
    @Rule("G24")
    void thePhoneMayKeepItsShareForAsLongAsPolicySaysAndTheServerKnowsUntilWhen() {
        given();
        var until = offline().json().get("until_ts").longValue();
        assertThat(until)
                .isEqualTo(ground.clock.instant().plus(Duration.ofHours(12)).toEpochMilli());
        assertThat(handsets.list(session.user())
                        .getFirst()
                        .offlineUntil()
                        .orElseThrow()
                        .toEpochMilli())
                .isEqualTo(until);
        var by = new UserId("@officer:ward.test");
        policies.change(CODE, policies.of(CODE).withOfflineHours(0), by, "a test");
        assertThat(offline().errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(handsets.list(session.user())
                        .getFirst()
                        .offlineUntil()
                        .orElseThrow()
                        .toEpochMilli())
                .as("what was given is still to be reckoned with")
                .isEqualTo(until);
        policies.change(CODE, policies.of(CODE).withOfflineHours(12), by, "a test");
    }
}
