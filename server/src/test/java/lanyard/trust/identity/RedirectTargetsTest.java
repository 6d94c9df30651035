package lanyard.trust.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import lanyard.platform.http.TestHttp;
import lanyard.platform.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectTargetsTest {
    private final RedirectTargets targets = new RedirectTargets(new IdentitySettings(
            URI.create("https://ward.test"),
            List.of(URI.create("https://app.example.org/chat/"), URI.create("element://vector/webapp/")),
            false));

    @ParameterizedTest
    @CsvSource({
        "https://ward.test, ward.test",
        "https://ward.test/app?x=1, ward.test",
        "https://WARD.test:443/, ward.test",
        "https://app.example.org/chat/?a=b, app.example.org",
        "https://app.example.org/chat/deep/er, app.example.org",
        "element://vector/webapp/, element"
    })
    void ourOwnOriginAndTheListAreAllowed(String url, String app) {
        assertThat(targets.allowedApp(url)).hasValue(app);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/app",
                "//evil.test/",
                "http://ward.test/",
                "https://ward.test.evil.test/",
                "https://ward.test@evil.test/",
                "https://evil.test/?x=https://ward.test",
                "https://evil.test#https://ward.test",
                "https://ward.test:444/",
                "https://ward.test\\@evil.test/",
                "https:/\\evil.test/",
                "https://app.example.org/",
                "https://app.example.org/chat",
                "https://app.example.org/chat/../other",
                "https://app.example.org/chat/%2e%2e/other",
                "https://app.example.org/chat/..%2fother",
                "https://app.example.org/chatter/",
                "javascript:alert(1)",
                "data:text/html,x",
                "element://elsewhere/webapp/",
                "https://ward.test/ x",
                "http://localhost:8080/"
            })
    void anythingElseIsRefused(String url) {
        assertThat(targets.allowedApp(url)).isEmpty();
    }

    @Test
    void onALoopbackServerTheLoopbackNamesAreTheSame() {
        var local = new RedirectTargets(new IdentitySettings(URI.create("http://localhost:8080"), List.of(), false));
        assertThat(local.allowedApp("http://127.0.0.1:8080/")).isPresent();
        assertThat(local.allowedApp("http://127.0.0.1:9090/")).isEmpty();
    }

    @Test
    void theRouteTellsTheAppAndRefusesWithASentence() {
        try (var ground = TestIdentity.start();
                var http = TestHttp.serving(ground.identity)) {
            var good = Json.object().put("redirect_url", "https://app.example.org/");
            assertThat(http.post("/_lanyard/v1/sign-in/target", null, good).json())
                    .isEqualTo(Json.object().put("allowed", true).put("app", "app.example.org"));
            var bad = Json.object().put("redirect_url", "https://evil.test/");
            var refused = http.post("/_lanyard/v1/sign-in/target", null, bad).json();
            assertThat(refused.get("allowed").booleanValue()).isFalse();
            assertThat(Json.text(refused, "error")).contains("not on your organisation's list");
        }
    }

    @Test
    void theSsoRedirectLeadsToOurPageForAllowedTargetsOnly() {
        try (var ground = TestIdentity.start();
                var http = TestHttp.serving(ground.identity)) {
            var path = "/_matrix/client/v3/login/sso/redirect";
            var good = http.get(path + "?redirectUrl=https%3A%2F%2Fapp.example.org%2F%3Fa%3Db");
            assertThat(good.status()).isEqualTo(302);
            assertThat(good.header("Location"))
                    .isEqualTo("/sign-in?redirectUrl=https%3A%2F%2Fapp.example.org%2F%3Fa%3Db");
            assertThat(http.get(path + "/lanyard?redirectUrl=https%3A%2F%2Fapp.example.org%2F")
                            .status())
                    .isEqualTo(302);
            var evil = http.get(path + "?redirectUrl=https%3A%2F%2Fevil.test%2F");
            assertThat(evil.status()).isEqualTo(403);
            assertThat(evil.header("Location")).isEmpty();
            assertThat(http.get(path).errcode()).isEqualTo("M_MISSING_PARAM");
            assertThat(http.get(path + "/other?redirectUrl=https%3A%2F%2Fapp.example.org%2F")
                            .status())
                    .isEqualTo(404);
        }
    }
}
