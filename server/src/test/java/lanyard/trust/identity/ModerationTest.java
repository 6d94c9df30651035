package lanyard.trust.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import lanyard.messaging.account.Account;
import lanyard.platform.http.TestHttp;
import lanyard.platform.http.TestHttp.Answer;
import lanyard.platform.json.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// <https://spec.matrix.org/v1.18/client-server-api/#account-moderation>
class ModerationTest {
    private static final String V3 = "/_matrix/client/v3/";
    private static final String ADMIN = "/_matrix/client/v1/admin/";
    private static final String BOB = "@bob:ward.test";

    private final TestIdentity ground = TestIdentity.start();
    private final Account account = OpenRegistrationTest.account(ground, false);
    private final TestHttp http = TestHttp.serving(ground.identity, account);
    private final String boss = administrator("boss");
    private final String bob = ground.signedIn(ground.person("bob", "Bob Hart")).accessToken();

    private String administrator(String name) {
        var user = ground.person(name, "The " + name);
        ground.writer.write(commit -> {
            ground.identity.moderation().appoint(commit, user, true, "@lanyard:ward.test");
            return user;
        });
        return ground.signedIn(user).accessToken();
    }

    @AfterEach
    void close() {
        http.close();
        ground.close();
    }

    private Answer set(String token, String deed, String user, boolean value) {
        return http.put(
                ADMIN + deed + "/" + user,
                token,
                Json.object().put(deed.equals("lock") ? "locked" : "suspended", value));
    }

    @Test
    void whoIsLockedCanOnlySignOutAndKeepsTheSession() {
        assertThat(set(boss, "lock", BOB, true).json()).isEqualTo(Json.object().put("locked", true));
        assertThat(http.get(ADMIN + "lock/" + BOB, boss).json())
                .isEqualTo(Json.object().put("locked", true));
        for (var path : List.of("account/whoami", "devices", "pushrules/")) {
            var answer = http.get(V3 + path, bob);
            if (answer.status() != 404) {
                assertThat(answer.status()).isEqualTo(401);
                assertThat(answer.errcode()).isEqualTo("M_USER_LOCKED");
                assertThat(Json.booleanField(answer.json(), "soft_logout")).isTrue();
            }
        }
        assertThat(set(boss, "lock", BOB, false).status()).isEqualTo(200);
        assertThat(http.get(V3 + "account/whoami", bob).status()).isEqualTo(200);
        set(boss, "lock", BOB, true);
        assertThat(http.post(V3 + "logout", bob, Json.object()).status()).isEqualTo(200);
        assertThat(http.get(V3 + "account/whoami", bob).errcode()).isEqualTo("M_UNKNOWN_TOKEN");
    }

    @Test
    void whoIsSuspendedReadsAndLooksAfterThemselvesButSaysNothing() {
        assertThat(set(boss, "suspend", BOB, true).json())
                .isEqualTo(Json.object().put("suspended", true));
        assertThat(http.get(V3 + "account/whoami", bob).status()).isEqualTo(200);
        assertThat(http.put(V3 + "user/" + BOB + "/account_data/org.example.x", bob, Json.object())
                        .status())
                .isEqualTo(200);
        var profile =
                http.put(V3 + "profile/" + BOB + "/m.tz", bob, Json.object().put("m.tz", "Europe/London"));
        assertThat(profile.status()).isEqualTo(403);
        assertThat(profile.errcode()).isEqualTo("M_USER_SUSPENDED");
        assertThat(http.get(ADMIN + "suspend/" + BOB, boss).json())
                .isEqualTo(Json.object().put("suspended", true));
        set(boss, "suspend", BOB, false);
        assertThat(http.put(V3 + "profile/" + BOB + "/m.tz", bob, Json.object().put("m.tz", "Europe/London"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theSuspendedListNamesWhatTheSpecificationPermits() {
        var room = "/_matrix/client/v3/rooms/!a:b/";
        for (var path : List.of("leave", "redact/$e/t", "receipt/m.read/$e", "read_markers", "forget")) {
            assertThat(SuspendedDeeds.allow("POST", room + path)).as(path).isTrue();
        }
        for (var path :
                List.of("send/m.room.message/t", "join", "invite", "kick", "state/m.room.name/", "typing/@a:b")) {
            assertThat(SuspendedDeeds.allow("PUT", room + path)).as(path).isFalse();
        }
        for (var path : List.of("createRoom", "join/!a:b", "knock/!a:b", "profile/@a:b/displayname")) {
            assertThat(SuspendedDeeds.allow("POST", V3 + path)).as(path).isFalse();
        }
        assertThat(SuspendedDeeds.allow("POST", "/_matrix/media/v3/upload")).isFalse();
        assertThat(SuspendedDeeds.allow("POST", "/_lanyard/v1/conversations")).isFalse();
        assertThat(SuspendedDeeds.allow("POST", "/_lanyard/v1/handsets/x/share"))
                .isTrue();
        assertThat(SuspendedDeeds.allow("POST", V3 + "keys/upload")).isTrue();
        assertThat(SuspendedDeeds.allow("PUT", V3 + "room_keys/keys")).isTrue();
    }

    @Test
    void onlyAdministratorsModerateAndNotEachOther() {
        administrator("chief");
        for (var deed : List.of("lock", "suspend")) {
            assertThat(set(bob, deed, BOB, true).errcode()).isEqualTo("M_FORBIDDEN");
            assertThat(http.get(ADMIN + deed + "/@nobody:ward.test", bob).errcode())
                    .as("before anybody is looked up")
                    .isEqualTo("M_FORBIDDEN");
            assertThat(set(boss, deed, "@boss:ward.test", true).errcode()).isEqualTo("M_FORBIDDEN");
            assertThat(set(boss, deed, "@chief:ward.test", true).errcode()).isEqualTo("M_FORBIDDEN");
            assertThat(set(boss, deed, "@nobody:ward.test", true).errcode()).isEqualTo("M_NOT_FOUND");
            assertThat(set(boss, deed, "@bob:elsewhere.test", true).errcode()).isEqualTo("M_INVALID_PARAM");
            assertThat(http.put(ADMIN + deed + "/" + BOB, boss, Json.object()).errcode())
                    .isEqualTo("M_BAD_JSON");
            assertThat(http.get(ADMIN + deed + "/" + BOB).errcode()).isEqualTo("M_MISSING_TOKEN");
        }
        assertThat(http.get(V3 + "capabilities", boss).text()).contains("m.account_moderation");
        assertThat(http.get(V3 + "capabilities", bob).text()).doesNotContain("m.account_moderation");
    }

    @Test
    void devicesAreShownToTheirOwnerAndToAdministrators() {
        var own = http.get(V3 + "admin/whois/" + BOB, bob);
        assertThat(Json.text(own.json(), "user_id")).isEqualTo(BOB);
        assertThat(own.text()).contains("last_seen").doesNotContain("127.0.0.1");
        assertThat(http.get(V3 + "admin/whois/" + BOB, boss).status()).isEqualTo(200);
        assertThat(http.get(V3 + "admin/whois/@boss:ward.test", bob).errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(http.get(V3 + "admin/whois/@nobody:ward.test", boss).errcode())
                .isEqualTo("M_NOT_FOUND");
    }

    @Test
    void aPasswordIsChangedByWhoProvesThemselvesAndOthersAreSignedOut() {
        var carol = ground.person("carol", "Carol Vine");
        var credentials = ground.credentials(carol);
        var phone = ground.signedIn(carol).accessToken();
        var other = ground.signedIn(carol).accessToken();
        assertThat(http.post(V3 + "account/password", phone, Json.object().put("new_password", "short"))
                        .errcode())
                .isEqualTo("M_WEAK_PASSWORD");
        var change = Json.object().put("new_password", "correct horse battery");
        assertThat(http.post(V3 + "account/password", phone, change).status()).isEqualTo(200);
        assertThat(http.get(V3 + "account/whoami", phone).status()).isEqualTo(200);
        assertThat(http.get(V3 + "account/whoami", other).status()).isEqualTo(401);
        var attempt = new SignIn.Attempt(
                TestIdentity.ORGANIZATION, "carol", "correct horse battery", java.util.Optional.empty(), "");
        assertThat(ground.identity.signIn().password(attempt).session()).isNotBlank();

        ground.clock.pass(Duration.ofMinutes(20));
        var asked = http.post(V3 + "account/password", phone, change);
        assertThat(asked.status()).as("a token alone is not enough").isEqualTo(401);
        var proof = Json.object().put("new_password", "correct horse battery").put("logout_devices", false);
        var session = Json.text(http.post(V3 + "account/password", phone, proof).json(), "session");
        proof.putObject("auth")
                .put("type", "org.lanyard.totp")
                .put("session", session)
                .put("code", ground.code(credentials));
        assertThat(http.post(V3 + "account/password", phone, proof).status()).isEqualTo(200);
        assertThat(http.post(V3 + "account/password", null, change).errcode()).isEqualTo("M_MISSING_TOKEN");
        assertThat(http.post(V3 + "account/deactivate", phone, Json.object()).errcode())
                .isEqualTo("M_FORBIDDEN");
    }

    private NewSession renewable(String name) {
        var user = ground.person(name, "The " + name);
        var prepared = ground.identity
                .devices()
                .prepare(new DeviceRequest(java.util.Optional.empty(), java.util.Optional.empty(), true));
        return ground.writer.write(commit -> ground.identity.signIn().device(commit, user, prepared));
    }

    private int whoami(String token) {
        return http.get(V3 + "account/whoami", token).status();
    }

    private Answer refresh(String token) {
        return http.post(V3 + "refresh", null, Json.object().put("refresh_token", token));
    }

    @Test
    void aLostAnswerIsNoTheftAndTheNewTokenReplacesTheOld() {
        var first = renewable("dan");
        assertThat(whoami(first.accessToken())).isEqualTo(200);
        var renewal = first.renewal().orElseThrow().refreshToken();
        var lost = refresh(renewal);
        assertThat(lost.status()).isEqualTo(200);
        var second = refresh(renewal).json();
        assertThat(Json.longField(second, "expires_in_ms")).isEqualTo(900_000);
        assertThat(whoami(Json.text(lost.json(), "access_token")))
                .as("what never arrived is worth nothing")
                .isEqualTo(401);
        assertThat(whoami(first.accessToken())).isEqualTo(200);
        assertThat(whoami(Json.text(second, "access_token"))).isEqualTo(200);
        assertThat(whoami(first.accessToken())).as("the new token has arrived").isEqualTo(401);
    }

    @Test
    void aTokenEndsAndOneUsedTwiceEndsTheDevice() {
        var first = renewable("eve");
        var renewal = first.renewal().orElseThrow().refreshToken();
        ground.clock.pass(Duration.ofMinutes(61));
        var late = http.get(V3 + "account/whoami", first.accessToken());
        assertThat(late.errcode()).isEqualTo("M_UNKNOWN_TOKEN");
        assertThat(Json.booleanField(late.json(), "soft_logout")).isTrue();
        var second = refresh(renewal).json();
        assertThat(whoami(Json.text(second, "access_token"))).isEqualTo(200);

        assertThat(refresh(renewal).errcode()).as("somebody has a copy").isEqualTo("M_UNKNOWN_TOKEN");
        assertThat(whoami(Json.text(second, "access_token"))).isEqualTo(401);
        assertThat(refresh(Json.text(second, "refresh_token")).errcode()).isEqualTo("M_UNKNOWN_TOKEN");
        for (var wrong : List.of("", "lyr_nonsense", Json.text(second, "access_token"))) {
            assertThat(refresh(wrong).errcode()).isEqualTo("M_UNKNOWN_TOKEN");
        }
    }
}
