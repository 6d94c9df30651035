package lanyard.trust.passkey;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import lanyard.platform.http.TestHttp;
import lanyard.platform.http.TestHttp.Answer;
import lanyard.platform.json.Json;
import lanyard.traceability.Rule;
import lanyard.trust.identity.Credentials;
import lanyard.trust.identity.DeviceRequest;
import lanyard.trust.identity.IdentitySettings;
import lanyard.trust.identity.TestIdentity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.node.ObjectNode;

/// Recovery codes of people who sign in by passkey.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PaperTest {
    private static final String ORIGIN = "https://ward.test";
    private static final String V1 = "/_lanyard/v1/";

    private final TestIdentity ground = TestIdentity.start();
    private final Passkeys passkeys =
            new Passkeys(ground.ground(), ground.identity, new IdentitySettings(URI.create(ORIGIN), List.of(), false));
    private final TestHttp http = TestHttp.serving(ground.identity, passkeys);
    private int people;
    private String name = "";
    private Credentials credentials = ground.credentials(ground.person("first", "First"));
    private String token = "";
    private boolean asksForPaper = true;

    @BeforeEach
    void somebody() {
        name = "person" + people++;
        credentials = ground.credentials(ground.person(name, "Ann Jones"));
        token = ground.signedIn(TestIdentity.user(name)).accessToken();
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
        var body = Json.object().put("name", "My phone").put("recovery_codes", asksForPaper);
        body.set("credential", credential);
        return post("me/passkeys", token, body);
    }

    private String passwordSession() {
        var body = Json.object().put("user", name).put("password", credentials.password());
        return Json.text(post("sign-in/password", "", body).json(), "session");
    }

    private int leaves() {
        return ground.database.read(tx ->
                tx.query("select count(*) from audit_leaf").mapTo(Integer.class).one());
    }

    /// Somebody with a passkey and neither password nor one-time codes; what they were answered when they enrolled.
    private ObjectNode passkeyOnly(TestPasskey theirs) {
        ground.writer.write(commit -> {
            ground.identity.moderation().appoint(commit, TestIdentity.user(name), true, "a test");
            return name;
        });
        var joiner = ground.person("joiner" + name, "Jo Iner");
        var invited = post("people/" + joiner.value() + "/invitation", token, Json.object())
                .json();
        var body = Json.object().put("user", "joiner" + name).put("password", Json.text(invited, "code"));
        var asked = Json.object()
                .put("session", Json.text(post("sign-in/password", "", body).json(), "session"));
        var done = asked.deepCopy().put("name", "My phone").put("recovery_codes", true);
        done.set("credential", theirs.create(options("sign-in/enrol/passkey/options", asked, "")));
        return post("sign-in/enrol/passkey", "", done).json();
    }

    private Answer byPaper(String user, String code) {
        return post("sign-in/recovery-code", "", Json.object().put("user", user).put("code", code));
    }

    @Test
    @Rule("G20")
    void whoHasAPasskeyAloneComesInWithACodeFromPaperOnce() {
        var enrolled = passkeyOnly(new TestPasskey(ORIGIN));
        assertThat(enrolled.get("recovery_codes")).hasSize(10);
        assertThat(enrolled.get("recovery_codes_left").intValue()).isEqualTo(10);
        var user = "joiner" + name;
        var code = enrolled.get("recovery_codes").get(0).stringValue();
        var in = byPaper(user, code.toLowerCase(Locale.ROOT));
        assertThat(in.status()).isEqualTo(200);
        assertThat(in.json().get("recovery_codes_left").intValue()).isEqualTo(9);
        var session = ground.identity.signIn().login(Json.text(in.json(), "login_token"), DeviceRequest.ANY);
        var own = new TestPasskey(ORIGIN);
        var body = Json.object().put("name", "My new phone").put("recovery_codes", true);
        body.set("credential", own.create(options("me/passkeys/options", Json.object(), session.accessToken())));
        var added = post("me/passkeys", session.accessToken(), body);
        assertThat(added.status()).as("a new passkey, at once").isEqualTo(200);
        assertThat(added.json().has("recovery_codes"))
                .as("who has some keeps them")
                .isFalse();

        var before = leaves();
        assertThat(byPaper(user, code).errcode()).as("once").isEqualTo("M_FORBIDDEN");
        assertThat(byPaper(user, "AAAA-AAAA-AAAA").errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(byPaper("nobody", code).text())
                .as("nobody learns who works here")
                .isEqualTo(byPaper(user, "nonsense").text());
        assertThat(leaves()).isEqualTo(before);
        assertThat(ground.identity.devices().list(session.user())).hasSize(1);
    }

    @Test
    @Rule("G20")
    void aCodeFromPaperIsNoWayPastAPassword() {
        var mine = post("me/recovery-codes", token, Json.object()).json();
        var code = mine.get("codes").get(0).stringValue();
        assertThat(byPaper(name, code).errcode()).isEqualTo("M_FORBIDDEN");
        var second = post(
                "sign-in/second-step",
                "",
                Json.object().put("session", passwordSession()).put("code", code));
        assertThat(second.status()).as("it is the second step").isEqualTo(200);
    }

    @Test
    void triedCodesSlowDownAndWhoHasLeftDoesNotComeInByPaper() {
        var enrolled = passkeyOnly(new TestPasskey(ORIGIN));
        var user = "joiner" + name;
        var codes = enrolled.get("recovery_codes");
        for (var i = 0; i < 6; i++) {
            byPaper(user, "AAAA-AAAA-AAAA");
        }
        assertThat(byPaper(user, codes.get(0).stringValue()).errcode()).isEqualTo("M_LIMIT_EXCEEDED");
        ground.clock.pass(Duration.ofMinutes(10));
        ground.writer.write(commit -> {
            ground.identity.leave(commit, TestIdentity.user(user), "@lanyard:ward.test", "Left");
            return name;
        });
        assertThat(byPaper(user, codes.get(1).stringValue()).errcode()).isEqualTo("M_USER_DEACTIVATED");
        int tokens = ground.database.read(tx -> tx.query("select count(*) from login_token where user_id = :user")
                .bind("user", TestIdentity.user(user).value())
                .mapTo(Integer.class)
                .one());
        assertThat(tokens).as("that of the enrolment alone").isEqualTo(1);
    }

    @Test
    void theFirstPasskeyComesWithCodesForWhoHasNone() {
        token = ground.signedIn(ground.person("paper" + name, "Paula Perez")).accessToken();
        asksForPaper = false;
        assertThat(add(new TestPasskey(ORIGIN)).json().has("recovery_codes"))
                .as("an app that would not show them")
                .isFalse();
        asksForPaper = true;
        assertThat(add(new TestPasskey(ORIGIN)).json().get("recovery_codes")).hasSize(10);
        assertThat(add(new TestPasskey(ORIGIN)).json().has("recovery_codes")).isFalse();
    }
}
