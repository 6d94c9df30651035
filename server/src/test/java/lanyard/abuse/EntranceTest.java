package lanyard.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import lanyard.MovableClock;
import lanyard.TestServer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// At the door (rows A5 and A18 of the abuse cases). A6 is in `SignInTest`, A10 in `TokensTest`, A11 in
/// [ExhaustionTest], A19 in `AuthorizationTest`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EntranceTest {
    private static final String PASSWORD = "/_lanyard/v1/sign-in/password";
    private static final String SECOND_STEP = "/_lanyard/v1/sign-in/second-step";
    private static final Map<String, String> PROXIES = Map.of("LANYARD_TRUSTED_PROXIES", "127.0.0.1,0:0:0:0:0:0:0:1");
    private static final String TROUBLE = "/_lanyard/v1/admin/sign-in-trouble";

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T03:00:00Z"));
    private static final int FLOOD = 20;

    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService together = Executors.newVirtualThreadPerTaskExecutor();
    private TestServer server;
    private Person own;

    @BeforeAll
    void start() {
        server = TestServer.demonstration(clock, PROXIES);
        own = server.signIn("rhian.lloyd");
    }

    @AfterAll
    void stop() {
        client.close();
        server.close();
        together.close();
    }

    private HttpResponse<String> post(String path, String body, String... headers) {
        return post(server, path, body, headers);
    }

    private HttpResponse<String> post(TestServer server, String path, String body, String... headers) {
        try {
            return client.send(
                    HttpRequest.newBuilder(server.address(path))
                            .headers(headers)
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> password(String user, String password, String address, String cookie) {
        return password(server, user, password, address, cookie);
    }

    private HttpResponse<String> password(
            TestServer server, String user, String password, String address, String cookie) {
        var body = Json.object().put("user", user).put("password", password).toString();
        return post(
                server,
                PASSWORD,
                body,
                "Content-Type",
                "application/json",
                "X-Forwarded-For",
                address,
                "Cookie",
                cookie.isEmpty() ? "none=1" : cookie);
    }

    private String knownBrowser(String user) {
        clock.move(Duration.ofSeconds(31));
        var first = password(user, server.passwordOf(user), "192.0.2.250", "");
        var session = Json.text(Json.object(first.body().getBytes(java.nio.charset.StandardCharsets.UTF_8)), "session");
        var body = Json.object().put("session", session).put("code", server.codeOf(user));
        var passed = post(SECOND_STEP, body.toString(), "Content-Type", "application/json");
        return passed.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    }

    /// A5, and nobody is locked out by it.
    @Test
    void a5TwentyWrongPasswordsFromTwentyAddressesCostTimeAndCareGoesOn() {
        var user = "sian.evans";
        var right = server.passwordOf(user);
        var browser = knownBrowser(user);
        var answers = IntStream.range(0, 20)
                .mapToObj(i -> password(user, "wrong " + i, "192.0.2." + i, ""))
                .toList();
        assertThat(answers.getFirst().statusCode()).isEqualTo(403);
        var last = answers.getLast();
        assertThat(last.statusCode()).isEqualTo(429);
        assertThat(last.body()).contains("M_LIMIT_EXCEEDED", "retry_after_ms");
        assertThat(last.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 403))
                .hasSizeLessThanOrEqualTo(6);

        assertThat(password(user, right, "192.0.2.99", browser).statusCode())
                .as("who has signed in with that browser before")
                .isEqualTo(200);
        assertThat(password(user, right, "192.0.2.99", "").statusCode()).isEqualTo(429);
        clock.move(Duration.ofMinutes(6));
        assertThat(password(user, right, "192.0.2.99", "").statusCode())
                .as("no account is locked for good")
                .isEqualTo(200);
        assertThat(trouble()).contains("account_slowed_down", "@sian.evans:lanyard.localhost");
    }

    private String trouble() {
        clock.move(Duration.ofSeconds(31));
        var helen = server.signIn("helen.ashworth");
        return server.get(helen, TROUBLE).body().toString();
    }

    /// One password for every colleague, each in its turn.
    @Test
    void oneAddressThatTriesEverybodyIsSlowedDownAndTheOthersAreNot() {
        var tries = IntStream.range(0, 40)
                .<Callable<HttpResponse<String>>>mapToObj(
                        i -> () -> password("colleague" + i, "Winter2026!", "198.51.100.7", ""))
                .toList();
        var statuses =
                Together.call(tries).stream().map(HttpResponse::statusCode).toList();
        assertThat(statuses).contains(403, 429);
        var browser = knownBrowser("rhian.lloyd");
        assertThat(password("rhian.lloyd", server.passwordOf("rhian.lloyd"), "198.51.100.7", browser)
                        .statusCode())
                .as("a known browser at that address")
                .isEqualTo(200);
        assertThat(password("rhian.lloyd", server.passwordOf("rhian.lloyd"), "198.51.100.8", "")
                        .statusCode())
                .as("another address")
                .isEqualTo(200);
        assertThat(trouble()).contains("source_slowed_down", "198.51.100.7");
    }

    /// Each hash takes a quarter of a second of a processor, on a thread that carries nothing else.
    @Test
    void aFloodOfSignInsKeepsNobodyElseWaiting() {
        try (var dear = TestServer.withDearPasswords(clock, PROXIES)) {
            flood(dear, dear.signIn("rhian.lloyd"));
        }
    }

    private void flood(TestServer server, Person own) {
        var since = server.sync(own, null).text("next_batch");
        var flood = IntStream.range(0, FLOOD)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> password(server, "flood" + i, "wrong", "203.0.113." + i, "")
                                .statusCode(),
                        together))
                .toList();
        CompletableFuture.anyOf(flood.toArray(CompletableFuture[]::new)).join();
        for (var i = 0; i < 5; i++) {
            assertThat(server.call("GET", "/_matrix/client/versions", null, null)
                            .status())
                    .isEqualTo(200);
            assertThat(server.sync(own, since).status()).isEqualTo(200);
        }
        assertThat(flood.stream().filter(one -> !one.isDone()).count())
                .as("sign-ins that others did not wait for")
                .isGreaterThan(FLOOD / 2);
        assertThat(flood.stream().map(CompletableFuture::join)).allMatch(status -> status == 403 || status == 429);
    }

    @Test
    void troubleIsForAdministratorsOnly() {
        assertThat(server.get(own, TROUBLE).text("errcode")).isEqualTo("M_FORBIDDEN");
        assertThat(server.call("GET", TROUBLE, null, null).text("errcode")).isEqualTo("M_MISSING_TOKEN");
    }

    /// A18.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "text/plain;charset=UTF-8",
                "multipart/form-data",
                "application/x-www-form-urlencoded"
            })
    void a18AnotherSitesFormSignsNobodyIn(String type) {
        var password = Json.object().put("user", "rhian.lloyd").put("password", server.passwordOf("rhian.lloyd"));
        assertThat(post(PASSWORD, password.toString(), "Content-Type", type).statusCode())
                .isEqualTo(415);
        var token = Json.object().put("type", "m.login.token").put("token", "t").toString();
        var login = post("/_matrix/client/v3/login", token, "Content-Type", type);
        assertThat(login.statusCode()).isIn(403, 415);
    }

    @Test
    void a18AnotherSitesScriptSignsNobodyInAndOurOwnPageDoes() {
        var body = Json.object()
                .put("user", "rhian.lloyd")
                .put("password", server.passwordOf("rhian.lloyd"))
                .toString();
        for (var site : List.of("cross-site", "same-site")) {
            assertThat(post(PASSWORD, body, "Sec-Fetch-Site", site).statusCode())
                    .isEqualTo(403);
        }
        for (var site : List.of("same-origin", "none")) {
            assertThat(post(PASSWORD, body, "Sec-Fetch-Site", site, "Content-Type", "application/json")
                            .statusCode())
                    .isEqualTo(200);
        }
    }
}
