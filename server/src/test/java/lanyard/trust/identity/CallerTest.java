package lanyard.trust.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lanyard.platform.http.Reply;
import lanyard.platform.http.TestHttp;
import lanyard.platform.json.Json;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallerTest {
    private final TestIdentity ground = TestIdentity.start();
    private final TestHttp http = TestHttp.routing(routes -> routes.add("GET /who", exchange -> {
        var caller = ground.identity.caller(exchange);
        return Reply.json(Json.object()
                .put("user", caller.user().value())
                .put("device", caller.device().value())
                .put("organization", caller.organization()));
    }));

    @AfterEach
    void close() {
        http.close();
        ground.close();
    }

    @Test
    void aTokenStandsForItsUserDeviceAndOrganisation() {
        var session = ground.signedIn(ground.person("ann", "Ann Jones"));
        var answer = http.get("/who", session.accessToken());
        assertThat(answer.json())
                .isEqualTo(Json.object()
                        .put("user", "@ann:ward.test")
                        .put("device", session.device().value())
                        .put("organization", "TEST1"));
        assertThat(session.accessToken()).startsWith("lyt_").hasSize(47);
    }

    @Test
    void withoutATokenNobodyIsAnybody() {
        var answer = http.get("/who");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.errcode()).isEqualTo("M_MISSING_TOKEN");
    }

    @Test
    void aTokenInTheAddressIsRefused() {
        var session = ground.signedIn(ground.person("ann", "Ann Jones"));
        var answer = http.get("/who?access_token=" + session.accessToken());
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.errcode()).isEqualTo("M_MISSING_TOKEN");
        assertThat(answer.text()).doesNotContain(session.accessToken());
    }

    /// There are no application services: nobody speaks as somebody else.
    @Test
    void a4ATokenIsItsOwnersWhoeverTheAddressNames() {
        ground.person("bob", "Bob Hart");
        var session = ground.signedIn(ground.person("ann", "Ann Jones"));
        for (var name : List.of("user_id", "org.matrix.msc3202.device_id", "device_id")) {
            var answer = http.get("/who?" + name + "=%40bob%3Award.test", session.accessToken());
            assertThat(Json.text(answer.json(), "user")).isEqualTo("@ann:ward.test");
            assertThat(Json.text(answer.json(), "device"))
                    .isEqualTo(session.device().value());
        }
    }

    @Test
    void aForgedTruncatedOrAbsurdTokenIsUnknown() {
        var token = ground.signedIn(ground.person("ann", "Ann Jones")).accessToken();
        var flipped = token.substring(0, 20) + (token.charAt(20) == 'A' ? 'B' : 'A') + token.substring(21);
        for (var bad : List.of(flipped, token.substring(0, 46), "lyt_", "x", "lyt_" + "a".repeat(5000))) {
            var answer = http.get("/who", bad);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.errcode()).isEqualTo("M_UNKNOWN_TOKEN");
            assertThat(answer.json().has("soft_logout")).isFalse();
            assertThat(answer.header("Clear-Site-Data")).isEmpty();
        }
    }

    @Test
    void aSignedOutDevicesTokenStopsAtOnceAndOthersGoOn() {
        var ann = ground.person("ann", "Ann Jones");
        var one = ground.signedIn(ann);
        var two = ground.signedIn(ann);
        assertThat(http.get("/who", one.accessToken()).status()).isEqualTo(200);
        ground.writer.write(commit -> {
            ground.identity.devices().remove(commit, ann, List.of(one.device()), RemovedDevice.Why.SIGNED_OUT);
            return true;
        });
        assertThat(http.get("/who", one.accessToken()).errcode()).isEqualTo("M_UNKNOWN_TOKEN");
        assertThat(http.get("/who", two.accessToken()).status()).isEqualTo(200);
    }

    @Test
    @Rule("G24")
    void aWipedDevicesTokenIsToldToClearThePhone() {
        var ann = ground.person("ann", "Ann Jones");
        var one = ground.signedIn(ann);
        ground.writer.write(commit -> {
            ground.identity.devices().remove(commit, ann, List.of(one.device()), RemovedDevice.Why.WIPED);
            return true;
        });
        var answer = http.get("/who", one.accessToken());
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("Clear-Site-Data")).isEqualTo("\"cache\", \"cookies\", \"storage\"");
    }

    @Test
    void somebodyWhoLeftIsNobody() {
        var ann = ground.person("ann", "Ann Jones");
        var one = ground.signedIn(ann);
        ground.writer.write(commit -> {
            ground.identity.leave(commit, ann, "@lanyard:ward.test", "Contract ended");
            return true;
        });
        assertThat(http.get("/who", one.accessToken()).status()).isEqualTo(401);
        assertThat(ground.identity.devices().list(ann)).isEmpty();
        assertThat(ground.identity.people().listStaff("TEST1")).isEmpty();
        assertThat(ground.identity.people().get(ann).displayName()).isEqualTo("Ann Jones");
    }

    @Test
    void signingInAgainOnADeviceEndsItsOldToken() {
        var ann = ground.person("ann", "Ann Jones");
        var before = ground.signedIn(ann);
        var after = ground.signedIn(ann, before.device());
        assertThat(http.get("/who", before.accessToken()).status()).isEqualTo(401);
        assertThat(http.get("/who", after.accessToken()).status()).isEqualTo(200);
        assertThat(ground.identity.devices().list(ann)).hasSize(1);
    }

    @Test
    void anothersDeviceIdMakesADeviceOfOnesOwn() {
        var bob = ground.signedIn(ground.person("bob", "Bob Hart"));
        var ann = ground.signedIn(ground.person("ann", "Ann Jones"), bob.device());
        assertThat(Json.text(http.get("/who", ann.accessToken()).json(), "user"))
                .isEqualTo("@ann:ward.test");
        assertThat(Json.text(http.get("/who", bob.accessToken()).json(), "user"))
                .isEqualTo("@bob:ward.test");
    }
}
