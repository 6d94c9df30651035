package lanyard.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StaticFilesTest {
    private static final String SCRIPT = "/assets/app-1a2b.js";

    @TempDir
    private Path outside;

    private Path web;
    private TestHttp http;

    @BeforeEach
    void start() throws IOException {
        web = outside.resolve("web");
        Files.createDirectories(web.resolve("assets"));
        Files.writeString(outside.resolve("secret.txt"), "secret");
        Files.writeString(web.resolve("index.html"), "<!doctype html><title>app</title>");
        Files.writeString(web.resolve("sw.js"), "self");
        Files.writeString(web.resolve("app.webmanifest"), "{}");
        Files.writeString(web.resolve(".env.txt"), "secret");
        Files.writeString(web.resolve("assets/app-1a2b.js"), "plain");
        Files.writeString(web.resolve("assets/app-1a2b.js.br"), "brotli");
        Files.writeString(web.resolve("assets/app-1a2b.js.gz"), "gzip");
        Files.writeString(web.resolve("assets/crypto-1a2b.wasm"), "wasm");
        Files.writeString(web.resolve("assets/style-1a2b.css"), "css");
        Files.createSymbolicLink(web.resolve("link.txt"), outside.resolve("secret.txt"));
        http = TestHttp.routing(
                routes -> routes.add("GET /_lanyard/v1/about", x -> Reply.empty()),
                StaticFiles.in(web, Set.of("", "sign-in", "rooms")));
    }

    @AfterEach
    void stop() {
        http.close();
    }

    private TestHttp.Answer get(String path, String... headers) {
        var request = HttpRequest.newBuilder(http.address(path));
        return http.send(
                headers.length == 0 ? request.build() : request.headers(headers).build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/sign-in", "/sign-in?redirectUrl=https://x", "/rooms/!a%2Fb:c", "/index.html"})
    void theAppsOwnAddressesGetThePage(String path) {
        var answer = get(path);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("<title>app</title>");
        assertThat(answer.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(answer.header("Content-Security-Policy"))
                .startsWith("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'")
                .contains("require-trusted-types-for 'script'; trusted-types app")
                .contains("img-src 'self' blob: data:;", "media-src blob:;")
                .doesNotContain("unsafe-inline");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        assertThat(answer.header("Permissions-Policy"))
                .contains("camera=(self)", "microphone=(self)", "geolocation=()", "display-capture=()")
                .doesNotContain("bluetooth", "web-share");
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(answer.header("Strict-Transport-Security")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/metrics",
                "/actuator/health",
                "/.git/config",
                "/.env.txt",
                "/secret.txt",
                "/link.txt",
                "/assets",
                "/assets/",
                "/assets/none.js",
                "/assets//app-1a2b.js",
                "/assets/../index.html",
                "/assets/..%2Findex.html",
                "/..%2Fsecret.txt",
                "/%2e%2e/secret.txt",
                "/%2e%2e%2fsecret.txt",
                "/..%5Csecret.txt",
                "/..;/secret.txt",
                "/index.html%00.js",
                "/assets/app-1a2b.js.br",
                "/SIGN-IN",
                "/sign-in.html"
            })
    void nothingElseIsServedAndNothingOutside(String path) {
        var answer = get(path);
        assertThat(answer.status()).isIn(400, 404);
        assertThat(answer.text()).doesNotContain("secret").contains("errcode");
    }

    @ParameterizedTest
    @CsvSource({
        "/assets/app-1a2b.js, text/javascript; charset=utf-8",
        "/assets/crypto-1a2b.wasm, application/wasm",
        "/assets/style-1a2b.css, text/css; charset=utf-8",
    })
    void hashedAssetsAreKeptForEver(String path, String type) {
        var answer = get(path);
        assertThat(answer.header("Content-Type")).isEqualTo(type);
        assertThat(answer.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
    }

    @Test
    void scriptsCarryThePolicyBecauseWorkersTakeItFromThere() {
        assertThat(get(SCRIPT).header("Content-Security-Policy")).isEqualTo(Headers.PAGE_POLICY);
        assertThat(get("/sw.js").header("Cache-Control")).isEqualTo("no-cache");
        assertThat(get("/app.webmanifest").header("Content-Type")).isEqualTo("application/manifest+json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "br, gzip, zstd | brotli | br",
                "gzip, deflate  | gzip   | gzip",
                "br;q=0, gzip   | gzip   | gzip",
                "br;q=0.5       | brotli | br",
                "identity       | plain  | ''",
                "x-brotli       | plain  | ''",
            })
    void thePrecompressedFileIsChosenByWhatIsAccepted(String accepted, String body, String encoding) {
        var answer = get(SCRIPT, "Accept-Encoding", accepted);
        assertThat(answer.text()).isEqualTo(body);
        assertThat(answer.header("Content-Encoding")).isEqualTo(encoding);
        assertThat(answer.header("Vary")).isEqualTo("Accept-Encoding");
        assertThat(answer.header("Content-Type")).isEqualTo("text/javascript; charset=utf-8");
    }

    @Test
    void whatTheBrowserHasIsNotSentAgainUntilItChanges() throws IOException {
        var first = get("/");
        var tag = first.header("ETag");
        var again = get("/", "If-None-Match", "\"other\", " + tag);
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.bytes()).isEmpty();
        // A browser takes them for the page that it kept.
        for (var name : List.of("Content-Security-Policy", "Permissions-Policy", "Content-Type")) {
            assertThat(again.header(name)).as(name).isEqualTo(first.header(name));
        }
        Files.writeString(web.resolve("index.html"), "<!doctype html><title>new</title>");
        assertThat(get("/", "If-None-Match", tag).text()).contains("new");
    }

    @Test
    void headAnswersWithoutABodyAndPostDoesNot() {
        var head = http.send("HEAD", "/", null, null);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.bytes()).isEmpty();
        assertThat(head.header("Content-Length")).isNotEmpty();
        assertThat(http.send("POST", "/", null, new byte[0]).status()).isEqualTo(404);
    }
}
