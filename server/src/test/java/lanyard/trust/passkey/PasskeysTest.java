package lanyard.trust.passkey;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import lanyard.platform.http.TestHttp;
import lanyard.platform.http.TestHttp.Answer;
import lanyard.platform.json.Json;
import lanyard.traceability.Rule;
import lanyard.trust.identity.Credentials;
import lanyard.trust.identity.DeviceRequest;
import lanyard.trust.identity.IdentitySettings;
import lanyard.trust.identity.StepUp;
import lanyard.trust.identity.TestIdentity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.node.ObjectNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PasskeysTest {
    private static final String ORIGIN = "https://ward.test";
    private static final String V1 = "/_lanyard/v1/";

    private final TestIdentity ground = TestIdentity.start();
    private final Passkeys passkeys =
            new Passkeys(ground.ground(), ground.identity, new IdentitySettings(URI.create(ORIGIN), List.of(), false));
    private final TestHttp http = TestHttp.serving(ground.identity, passkeys);
    private int people;
    private String name = "";
    private Credentials credentials;
    private String token = "";
    private TestPasskey passkey = new TestPasskey(ORIGIN);

    @BeforeAll
    void warm() {
        credentials = ground.credentials(ground.person("first", "First"));
    }

    /// Somebody new, signed in, with a passkey.
    @BeforeEach
    void somebody() {
        name = "person" + people++;
        credentials = ground.credentials(ground.person(name, "Ann Jones"));
        token = ground.signedIn(TestIdentity.user(name)).accessToken();
        passkey = new TestPasskey(ORIGIN);
        assertThat(add(passkey).status()).isEqualTo(200);
    }

    @AfterAll
    void close() {
        http.close();
        ground.close();
    }

    private Answer post(String path, String by, ObjectNode body) {
        return http.post(V1 + path, by.isEmpty() ? null : by, body);
    }

    private ObjectNode options(String path, ObjectNode body, String by) {
        return Json.objectField(post(path, by, body).json(), "publicKey");
    }

    private Answer add(TestPasskey one) {
        return addAs(one.create(options("me/passkeys/options", Json.object(), token)));
    }

    private Answer addAs(ObjectNode credential) {
        var body = Json.object().put("name", "My phone");
        body.set("credential", credential);
        return post("me/passkeys", token, body);
    }

    private Answer signIn(TestPasskey one) {
        var asked = post("sign-in/passkey/options", "", Json.object()).json();
        return signIn(Json.text(asked, "session"), one.get(Json.objectField(asked, "publicKey")));
    }

    private Answer signIn(String session, ObjectNode credential) {
        var body = Json.object().put("session", session);
        body.set("credential", credential);
        return post("sign-in/passkey", "", body);
    }

    private String passwordSession() {
        var body = Json.object().put("user", name).put("password", credentials.password());
        return Json.text(post("sign-in/password", "", body).json(), "session");
    }

    private int leaves() {
        return ground.database.read(tx ->
                tx.query("select count(*) from audit_leaf").mapTo(Integer.class).one());
    }

    @Test
    @Rule("G20")
    @Rule("G21")
    void aPasskeySignsInWithoutAPasswordAndWithoutACode() {
        var answer = signIn(passkey);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(Json.text(answer.json(), "user_id"))
                .isEqualTo(TestIdentity.user(name).value());
        assertThat(answer.header("Set-Cookie")).contains("HttpOnly");
        var session = ground.identity.signIn().login(Json.text(answer.json(), "login_token"), DeviceRequest.ANY);
        assertThat(session.user()).isEqualTo(TestIdentity.user(name));
    }

    @Test
    void whatTheBrowserIsAskedIsAlwaysToCheckThePersonAndToKeepTheKey() {
        var creation = options("me/passkeys/options", Json.object(), token);
        var selection = Json.objectField(creation, "authenticatorSelection");
        assertThat(Json.text(selection, "userVerification")).isEqualTo("required");
        assertThat(Json.text(selection, "residentKey")).isEqualTo("required");
        assertThat(creation.get("excludeCredentials").get(0).get("id").stringValue())
                .isEqualTo(passkey.id());
        assertThat(creation.get("rp").get("id").stringValue()).isEqualTo("ward.test");
        assertThat(creation.get("user").toString()).doesNotContain("@");
        var request = options("me/step-up/options", Json.object(), token);
        assertThat(Json.text(request, "userVerification")).isEqualTo("required");
        assertThat(request.get("allowCredentials").get(0).get("id").stringValue())
                .isEqualTo(passkey.id());
    }

    @Test
    @Rule("G21")
    void anAuthenticatorThatDoesNotCheckItsPersonIsRefused() {
        passkey.checksPerson = false;
        var refused = signIn(passkey);
        assertThat(refused.errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(Json.text(refused.json(), "error")).contains("did not check that it is you");
        var unchecked = new TestPasskey(ORIGIN);
        unchecked.checksPerson = false;
        assertThat(add(unchecked).errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(passkeys.list(TestIdentity.user(name))).hasSize(1);
        passkey.checksPerson = true;
        assertThat(signIn(passkey).status()).isEqualTo(200);
    }

    @Test
    void anotherSiteAnotherNameOrAPageInAPageIsRefused() {
        for (Consumer<TestPasskey> trick : List.<Consumer<TestPasskey>>of(
                one -> one.origin = "https://ward.test.example.org",
                one -> one.origin = "http://ward.test",
                one -> one.rpId = "example.org",
                one -> one.crossOrigin = true,
                one -> one.tellsHandle = false)) {
            trick.accept(passkey);
            assertThat(signIn(passkey).errcode()).isEqualTo("M_FORBIDDEN");
            passkey.origin = ORIGIN;
            passkey.rpId = "ward.test";
            passkey.crossOrigin = false;
            passkey.tellsHandle = true;
            assertThat(signIn(passkey).status()).isEqualTo(200);
        }
        var elsewhere = new TestPasskey("https://evil.example.org");
        assertThat(add(elsewhere).errcode()).isEqualTo("M_FORBIDDEN");
    }

    @Test
    void anAnswerIsGoodOnceForItsOwnSessionAndForFiveMinutes() {
        var asked = post("sign-in/passkey/options", "", Json.object()).json();
        var other = post("sign-in/passkey/options", "", Json.object()).json();
        var answer = passkey.get(Json.objectField(asked, "publicKey"));
        assertThat(signIn(Json.text(other, "session"), answer).errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(signIn(Json.text(asked, "session"), answer).errcode())
                .as("shown to the wrong one, it is used up")
                .isEqualTo("M_FORBIDDEN");

        var good = post("sign-in/passkey/options", "", Json.object()).json();
        var once = passkey.get(Json.objectField(good, "publicKey"));
        assertThat(signIn(Json.text(good, "session"), once).status()).isEqualTo(200);
        assertThat(signIn(Json.text(good, "session"), once).errcode()).isEqualTo("M_FORBIDDEN");

        var late = post("sign-in/passkey/options", "", Json.object()).json();
        ground.clock.pass(Challenges.LIFE);
        assertThat(signIn(Json.text(late, "session"), passkey.get(Json.objectField(late, "publicKey")))
                        .errcode())
                .isEqualTo("M_FORBIDDEN");
    }

    @Test
    void aSignatureOrAKeyThatIsNotTheOneKnownIsRefused() {
        var asked = post("sign-in/passkey/options", "", Json.object()).json();
        var answer = passkey.get(Json.objectField(asked, "publicKey"));
        var stranger = new TestPasskey(ORIGIN).get(Json.objectField(asked, "publicKey"));
        Json.objectField(answer, "response")
                .put("signature", Json.text(Json.objectField(stranger, "response"), "signature"));
        assertThat(signIn(Json.text(asked, "session"), answer).errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(signIn(new TestPasskey(ORIGIN)).errcode()).isEqualTo("M_FORBIDDEN");
    }

    @Test
    void aCounterThatGoesBackIsRefusedAndPutOnRecord() {
        passkey.counter = 7;
        assertThat(signIn(passkey).status()).isEqualTo(200);
        var before = leaves();
        for (var count : List.of(7L, 3L, 0L)) {
            passkey.counter = count;
            assertThat(signIn(passkey).errcode()).as("%d", count).isEqualTo("M_FORBIDDEN");
        }
        assertThat(leaves()).isEqualTo(before + 3);
        passkey.counter = 8;
        assertThat(signIn(passkey).status()).isEqualTo(200);
    }

    @Test
    @Rule("G20")
    void afterAPasswordThePasskeyIsTheSecondStep() {
        var body = Json.object().put("user", name).put("password", credentials.password());
        var first = post("sign-in/password", "", body).json();
        assertThat(first.get("ways").toString()).isEqualTo("[\"passkey\",\"totp\"]");
        var session = Json.text(first, "session");
        var asked = Json.object().put("session", session);
        var done = asked.deepCopy();
        done.set("credential", passkey.get(options("sign-in/second-step/passkey/options", asked, "")));
        var passed = post("sign-in/second-step/passkey", "", done);
        assertThat(Json.text(passed.json(), "user_id"))
                .isEqualTo(TestIdentity.user(name).value());
        assertThat(post("sign-in/second-step/passkey", "", done).errcode())
                .as("the session is used up")
                .isEqualTo("M_FORBIDDEN");
    }

    @Test
    void anothersPasskeyIsNoSecondStepAndNoStepUp() {
        var anns = passkey;
        somebody();
        var asked = Json.object().put("session", passwordSession());
        var done = asked.deepCopy();
        done.set("credential", anns.get(options("sign-in/second-step/passkey/options", asked, "")));
        assertThat(post("sign-in/second-step/passkey", "", done).errcode()).isEqualTo("M_FORBIDDEN");
        var proof = Json.object();
        proof.set("credential", anns.get(options("me/step-up/options", Json.object(), token)));
        assertThat(post("me/step-up", token, proof).errcode()).isEqualTo("M_FORBIDDEN");
        var own = asked.deepCopy();
        own.set("credential", passkey.get(options("sign-in/second-step/passkey/options", asked, "")));
        assertThat(post("sign-in/second-step/passkey", "", own).status()).isEqualTo(200);
    }

    @Test
    @Rule("G20")
    void aPasskeyIsFreshProofForFiveMinutes() {
        var path = "me/passkeys/" + passkey.id();
        ground.clock.pass(StepUp.FRESH);
        var refused = http.delete(V1 + path, token);
        assertThat(refused.errcode()).isEqualTo("ORG_LANYARD_STEP_UP");
        assertThat(refused.json().get("flows").toString())
                .isEqualTo("[{\"stages\":[\"org.lanyard.passkey\"]},{\"stages\":[\"org.lanyard.totp\"]}]");
        assertThat(post("me/passkeys/options", token, Json.object()).errcode()).isEqualTo("ORG_LANYARD_STEP_UP");
        var proof = Json.object();
        proof.set("credential", passkey.get(options("me/step-up/options", Json.object(), token)));
        assertThat(post("me/step-up", token, proof).json().get("fresh_until_ts").longValue())
                .isEqualTo(ground.clock.instant().plus(StepUp.FRESH).toEpochMilli());
        assertThat(post("me/step-up", token, proof).errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(http.delete(V1 + path, token).status()).isEqualTo(200);
        assertThat(post("me/step-up/options", token, Json.object()).errcode()).isEqualTo("M_NOT_FOUND");
    }

    @Test
    @Rule("G20")
    void nobodyIsWithoutASecondStep() {
        ground.writer.write(commit -> {
            commit.tx()
                    .update("update person set totp_key = null, totp_secret = null where user_id = :user")
                    .bind("user", TestIdentity.user(name).value())
                    .execute();
            return name;
        });
        var path = V1 + "me/passkeys/" + passkey.id();
        var refused = http.delete(path, token);
        assertThat(refused.errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(Json.text(refused.json(), "error")).contains("last second step");
        assertThat(signIn(passkey).status()).as("nothing has changed").isEqualTo(200);
        add(new TestPasskey(ORIGIN));
        assertThat(http.delete(path, token).status()).isEqualTo(200);
        assertThat(signIn(passkey).errcode()).isEqualTo("M_FORBIDDEN");
    }

    @Test
    void passkeysAreListedRenamedAndOnlyOnesOwn() {
        signIn(passkey);
        var path = V1 + "me/passkeys/" + passkey.id();
        var listed = http.get(V1 + "me/passkeys", token).json().get("passkeys").get(0);
        assertThat(listed.get("name").stringValue()).isEqualTo("My phone");
        assertThat(listed.get("backed_up").booleanValue()).isTrue();
        assertThat(listed.get("transports").toString()).isEqualTo("[\"hybrid\",\"internal\"]");
        assertThat(listed.get("last_used_ts").longValue())
                .isEqualTo(ground.clock.instant().toEpochMilli());
        assertThat(http.put(path, token, Json.object().put("name", "Work phone"))
                        .status())
                .isEqualTo(200);
        assertThat(http.put(path, token, Json.object().put("name", " ")).errcode())
                .isEqualTo("M_INVALID_PARAM");
        var anns = token;
        somebody();
        assertThat(http.put(path, token, Json.object().put("name", "Mine")).errcode())
                .isEqualTo("M_NOT_FOUND");
        assertThat(http.delete(path, token).errcode()).isEqualTo("M_NOT_FOUND");
        assertThat(http.get(V1 + "me/passkeys", anns)
                        .json()
                        .get("passkeys")
                        .get(0)
                        .get("name")
                        .stringValue())
                .isEqualTo("Work phone");
    }

    @Test
    void aPasskeyIsAddedOnceAndByWhomItWasAskedFor() {
        var publicKey = options("me/passkeys/options", Json.object(), token);
        var credential = passkey.create(publicKey);
        assertThat(addAs(credential).errcode()).as("known already").isEqualTo("M_FORBIDDEN");
        var one = new TestPasskey(ORIGIN).create(options("me/passkeys/options", Json.object(), token));
        somebody();
        assertThat(addAs(one).errcode()).isEqualTo("M_FORBIDDEN");
    }

    @Test
    void whatPrfGaveMustStayOnThePhone() {
        var asked = post("sign-in/passkey/options", "", Json.object()).json();
        var answer = passkey.get(Json.objectField(asked, "publicKey"));
        Json.objectField(Json.objectField(answer, "clientExtensionResults"), "prf")
                .putObject("results")
                .put("first", "c2VjcmV0");
        assertThat(signIn(Json.text(asked, "session"), answer).errcode()).isEqualTo("M_INVALID_PARAM");
    }

    @Test
    void whatNoAuthenticatorAnswersIsRefusedInWords() {
        var good = passkey.get(options("me/step-up/options", Json.object(), token));
        for (var field : List.of("id", "response.clientDataJSON", "response.authenticatorData", "response.signature")) {
            for (var bad : List.of("", "!", "AAAA", "e30", "bnVsbA", "A".repeat(70_000))) {
                var spoilt = good.deepCopy();
                var dot = field.indexOf('.');
                (dot < 0 ? spoilt : Json.objectField(spoilt, "response")).put(field.substring(dot + 1), bad);
                var body = Json.object();
                body.set("credential", spoilt);
                assertThat(post("me/step-up", token, body).status())
                        .as("%s %s", field, bad)
                        .isIn(400, 403);
            }
        }
        var creation = passkey.create(options("me/passkeys/options", Json.object(), token));
        for (var bad : List.of("", "AAAA", "oA", "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YUA")) {
            var spoilt = creation.deepCopy();
            Json.objectField(spoilt, "response").put("attestationObject", bad);
            assertThat(addAs(spoilt).status()).as(bad).isIn(400, 403);
        }
        assertThat(addAs(Json.object()).status()).isEqualTo(400);
    }

    @Test
    @Rule("G20")
    void aJoinersFirstSecondStepMayBeAPasskey() {
        ground.writer.write(commit -> {
            ground.identity.moderation().appoint(commit, TestIdentity.user(name), true, "a test");
            return name;
        });
        var joiner = ground.person("joiner", "Jo Iner");
        var invited = post("people/" + joiner.value() + "/invitation", token, Json.object())
                .json();
        var body = Json.object().put("user", "joiner").put("password", Json.text(invited, "code"));
        var first = post("sign-in/password", "", body).json();
        assertThat(Json.text(first, "next")).isEqualTo("enrol");
        var asked = Json.object().put("session", Json.text(first, "session"));
        var theirs = new TestPasskey(ORIGIN);
        var done = asked.deepCopy().put("name", "My phone");
        done.set("credential", theirs.create(options("sign-in/enrol/passkey/options", asked, "")));
        var enrolled = post("sign-in/enrol/passkey", "", done);
        assertThat(Json.text(enrolled.json(), "user_id")).isEqualTo(joiner.value());
        assertThat(signIn(theirs).status()).isEqualTo(200);
        assertThat(post("sign-in/password", "", body).errcode())
                .as("the invitation is over")
                .isEqualTo("M_FORBIDDEN");
        assertThat(post("sign-in/enrol/passkey/options", "", asked).errcode()).isEqualTo("M_FORBIDDEN");
    }

    @Test
    void whoHasLeftDoesNotSignInByPasskey() {
        ground.writer.write(commit -> {
            ground.identity.leave(commit, TestIdentity.user(name), "@lanyard:ward.test", "Left");
            return name;
        });
        assertThat(signIn(passkey).errcode()).isEqualTo("M_USER_DEACTIVATED");
        int tokens = ground.database.read(tx -> tx.query("select count(*) from login_token where user_id = :user")
                .bind("user", TestIdentity.user(name).value())
                .mapTo(Integer.class)
                .one());
        assertThat(tokens).as("that the login would refuse").isZero();
    }
}
