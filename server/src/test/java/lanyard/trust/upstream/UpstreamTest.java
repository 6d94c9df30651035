package lanyard.trust.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import lanyard.platform.http.TestHttp;
import lanyard.platform.json.Json;
import lanyard.trust.identity.DeviceRequest;
import lanyard.trust.identity.NewSession;
import lanyard.trust.identity.TestIdentity;
import lanyard.trust.scim.Scim;
import lanyard.trust.scim.ScimParts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Against somebody else's provider, with the claims of NHS CIS2.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UpstreamTest {
    private static final URI HERE = URI.create("https://ward.test");

    private final TestIdentity ground = TestIdentity.start();
    private final Scim scim = new Scim(new ScimParts(ground.ground(), ground.identity, HERE, true));
    private final AtomicReference<Optional<UpstreamSettings>> settings = new AtomicReference<>(Optional.empty());
    private RealProvider provider;
    private TestHttp http;

    @BeforeAll
    void start() {
        var role = Map.of(
                "org_code", "TEST1",
                "person_roleid", "r-1",
                "role_name", "\"Clinical\":\"Clinical Provision\":\"Nurse Access Role\"");
        var elsewhere = Map.of("org_code", "OTHER", "person_roleid", "r-2", "role_name", "\"A\":\"B\":\"Chief\"");
        provider = RealProvider.start(
                Map.of("acr", "AAL3_ANY", "name", "Whoever Signs In"),
                Map.of(
                        "nhsid_useruid", "555043304334",
                        "idassurancelevel", "3",
                        "display_name", "Ann Jones",
                        "selected_roleid", "r-1",
                        "nhsid_nrbac_roles", List.of(elsewhere, role)));
        use(settings(Set.of("AAL3_ANY", "AAL2_ANY"), true));
        http = TestHttp.routing(routes -> {
            ground.identity.routes(routes);
            new Upstream(parts()).routes(routes);
        });
    }

    private UpstreamParts parts() {
        return new UpstreamParts(ground.ground(), ground.identity, scim, HERE, code -> settings.get());
    }

    private void use(UpstreamSettings some) {
        settings.set(Optional.of(some));
    }

    private UpstreamSettings settings(Set<String> acr, boolean makesPeople) {
        var client = new UpstreamSettings.Client(provider.issuer(), RealProvider.CLIENT, RealProvider.SECRET);
        return new UpstreamSettings(
                "NHS CIS2",
                client,
                List.of("profile"),
                acr,
                UpstreamSettings.Shape.CIS2,
                Set.of(provider.issuer().getRawAuthority()),
                makesPeople);
    }

    @AfterAll
    void close() {
        http.close();
        provider.close();
        ground.close();
    }

    private static String loginToken(TestHttp.Answer back) {
        assertThat(back.status()).as(back.text()).isEqualTo(302);
        var location = back.header("Location");
        return URLDecoder.decode(location.substring(location.indexOf("#login_token=") + 13), StandardCharsets.UTF_8);
    }

    private NewSession signIn(Browser browser) {
        var sent = browser.signInThere(browser.begin(), "ann")
                .headers()
                .firstValue("Location")
                .orElseThrow();
        return ground.identity.signIn().login(loginToken(browser.back(sent)), DeviceRequest.ANY);
    }

    @Test
    void somebodySignsInWithTheirOrganisationAndIsWhoItSaysTheyAre() {
        var ways = http.get("/_lanyard/v1/sign-in/ways").json();
        assertThat(ways.path("organisation").path("name").asString("")).isEqualTo("NHS CIS2");
        assertThat(ways.path("organisation").path("start").asString("")).isEqualTo(Browser.START);

        var browser = new Browser(http);
        var page = browser.begin("/sign-in?redirectUrl=https%3A%2F%2Fapp.example.org%2F");
        assertThat(Browser.parameters(page))
                .containsEntry("acr_values", "AAL2_ANY AAL3_ANY")
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("redirect_uri", RealProvider.CALLBACK)
                .containsKeys("nonce", "state");
        var sent = browser.signInThere(page, "ann")
                .headers()
                .firstValue("Location")
                .orElseThrow();
        var back = browser.back(sent);
        assertThat(back.header("Location"))
                .startsWith("/sign-in?redirectUrl=https%3A%2F%2Fapp.example.org%2F#login_token=");
        assertThat(back.header("Set-Cookie")).contains("HttpOnly", "Secure", "SameSite=Lax", "Max-Age=0");
        var session = ground.identity.signIn().login(loginToken(back), DeviceRequest.ANY);
        var person = ground.identity.people().get(session.user());
        assertThat(List.of(person.displayName(), person.role(), person.organization()))
                .containsExactly("Ann Jones", "Nurse Access Role", "TEST1");
        assertThat(browser.back(sent).status()).as("a second time").isEqualTo(403);
        assertThat(signIn(new Browser(http)).user()).as("the same person").isEqualTo(session.user());

        assertThat(http.get(Browser.START + "/sign-out").header("Location"))
                .startsWith(provider.issuer() + "/connect/logout?")
                .contains("client_id=lanyard");
    }

    @Test
    void onlyTheBrowserThatBeganFinishes() {
        var victim = new Browser(http);
        var sent = victim.signInThere(victim.begin(), "ann")
                .headers()
                .firstValue("Location")
                .orElseThrow();
        var thief = new Browser(http);
        assertThat(thief.back(sent).status()).isEqualTo(403);
        thief.begin();
        assertThat(thief.back(sent).status()).as("with a cookie of its own").isEqualTo(403);
        assertThat(victim.back(sent).status()).isEqualTo(302);
    }

    @Test
    void aSignInThatIsNotTwoStepsDoesNotCount() {
        try (var other = new Upstream(new UpstreamParts(
                        ground.ground(),
                        ground.identity,
                        scim,
                        HERE,
                        code -> Optional.of(settings(Set.of("AAL9_ANY"), true))));
                var server = TestHttp.routing(other::routes)) {
            var browser = new Browser(server);
            var sent = browser.signInThere(browser.begin(), "ann")
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            var back = browser.back(sent);
            assertThat(back.status()).isEqualTo(403);
            assertThat(back.text()).contains("one step only").doesNotContain("login_token");
        }
    }

    @Test
    void onlyTheKeyThatTheDirectoryGaveSaysWhoSomebodyIs() {
        var plain = new UpstreamSettings(
                "Plain",
                new UpstreamSettings.Client(provider.issuer(), RealProvider.CLIENT, RealProvider.SECRET),
                List.of("profile"),
                Set.of("AAL3_ANY"),
                UpstreamSettings.Shape.PLAIN,
                Set.of(provider.issuer().getRawAuthority()),
                false);
        var strict = new UpstreamParts(ground.ground(), ground.identity, scim, HERE, code -> Optional.of(plain));
        try (var other = new Upstream(strict);
                var server = TestHttp.routing(routes -> {
                    other.routes(routes);
                    scim.routes(routes);
                })) {
            var refused = throughThere(server, "bob");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.text()).contains("has made no account for you yet");
            var boss = ground.person("boss", "The Boss");
            ground.writer.write(commit -> {
                ground.identity.moderation().appoint(commit, boss, true, "@lanyard:ward.test");
                return boss;
            });
            var administrator = ground.signedIn(boss).accessToken();
            var token = Json.text(
                    server.post("/_lanyard/v1/scim/tokens", administrator, Json.object())
                            .json(),
                    "token");
            var bob = Json.object().put("userName", "robert@trust.nhs.uk").put("externalId", "bob");
            assertThat(server.post("/scim/v2/Users", token, bob).status()).isEqualTo(201);
            var session = ground.identity.signIn().login(loginToken(throughThere(server, "bob")), DeviceRequest.ANY);
            assertThat(session.user()).isEqualTo(TestIdentity.user("robert"));
        }
    }

    private static TestHttp.Answer throughThere(TestHttp server, String person) {
        var browser = new Browser(server);
        return browser.back(browser.signInThere(browser.begin(), person)
                .headers()
                .firstValue("Location")
                .orElseThrow());
    }

    @Test
    void whoHasLeftDoesNotComeBackThisWay() {
        var session = signIn(new Browser(http));
        ground.writer.write(commit -> {
            ground.identity.leave(commit, session.user(), "@boss:ward.test", "gone");
            return session;
        });
        var browser = new Browser(http);
        var sent = browser.signInThere(browser.begin(), "ann")
                .headers()
                .firstValue("Location")
                .orElseThrow();
        var back = browser.back(sent);
        assertThat(back.status()).isEqualTo(403);
        assertThat(back.text()).contains("Your account has ended");
        ground.writer.write(
                commit -> ground.identity.leavers().comeBack(commit, session.user(), "@boss:ward.test", ""));
    }

    @Test
    void a17AnotherAddressToComeBackToIsRefusedThereAndHere() {
        var browser = new Browser(http);
        var page = browser.begin().toString();
        var encoded = java.net.URLEncoder.encode(RealProvider.CALLBACK, StandardCharsets.UTF_8);
        for (var trick : List.of("%2Fevil", "%2F..%2Fevil", "%3Fx%3Dy", "%40evil.example", ".evil.example")) {
            var answer = browser.signInThere(URI.create(page.replace(encoded, encoded + trick)), "ann");
            assertThat(answer.statusCode()).as(trick).isEqualTo(400);
            assertThat(answer.headers().firstValue("Location")).isEmpty();
        }
        var sent = browser.signInThere(URI.create(page), "ann")
                .headers()
                .firstValue("Location")
                .orElseThrow();
        for (var trick : List.of("/evil", "/%2e%2e/callback", "/", "%2f..%2fcallback")) {
            var answer = browser.back(sent.replace("/callback", "/callback" + trick));
            assertThat(answer.status()).as(trick).isIn(400, 404);
        }
        for (var target : List.of(
                "https://evil.example/",
                "//evil.example/",
                "/sign-in/../evil",
                "/sign-in@evil.example",
                "/\\evil.example",
                "/sign-in#x",
                "/other",
                "sign-in")) {
            var answer = http.get(
                    Browser.START + "?redirect_url=" + java.net.URLEncoder.encode(target, StandardCharsets.UTF_8));
            assertThat(answer.status()).as(target).isEqualTo(400);
            assertThat(answer.header("Set-Cookie")).isEmpty();
        }
        assertThat(browser.back(sent).status()).as("the right one").isEqualTo(302);
    }

    @Test
    void withoutAProviderThereIsNoButtonAndNoWay() {
        var none = new UpstreamParts(ground.ground(), ground.identity, scim, HERE, code -> Optional.empty());
        try (var other = new Upstream(none);
                var server = TestHttp.routing(other::routes)) {
            assertThat(server.get("/_lanyard/v1/sign-in/ways").json())
                    .isEqualTo(Json.object().put("password", true).put("passkey", true));
            assertThat(server.get(Browser.START).status()).isEqualTo(403);
        }
    }
}
