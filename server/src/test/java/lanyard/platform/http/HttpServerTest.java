package lanyard.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import lanyard.platform.Unavailable;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

class HttpServerTest {
    private static final String ECHO = "/_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey}";
    private static TestHttp http;

    @BeforeAll
    static void start() {
        http = TestHttp.routing(HttpServerTest::routes);
    }

    @AfterAll
    static void stop() {
        http.close();
    }

    private static void routes(Routes routes) {
        routes.add(
                "PUT " + ECHO,
                x -> Reply.json(x.body()
                        .put("room", x.param("roomId"))
                        .put("type", x.param("eventType"))
                        .put("key", x.param("stateKey"))));
        routes.add("POST /small", x -> Reply.json(x.bodyUpTo(100)));
        routes.add("GET /query", HttpServerTest::query);
        routes.add("GET /_matrix/refused", x -> {
            throw new MatrixException(ErrorCode.M_LIMIT_EXCEEDED, "Wait a moment.")
                    .with("retry_after_ms", JsonNodeFactory.instance.numberNode(1_001));
        });
        routes.add("GET /wiped", x -> {
            x.replyHeader("Clear-Site-Data", "\"*\"");
            throw new MatrixException(ErrorCode.M_UNKNOWN_TOKEN, "This phone has been wiped.");
        });
        routes.add("GET /away-for-a-moment", x -> {
            throw new Away();
        });
        routes.add("GET /desk/away", x -> {
            throw new Away();
        });
        routes.refusals("/desk", (x, refusal) -> {
            if (x.path().endsWith("/broken")) {
                throw new Away();
            }
            return Reply.bytes("text/html", refusal.sentence().getBytes(StandardCharsets.UTF_8))
                    .header("X-Status", Integer.toString(refusal.status()));
        });
        routes.add("GET /page", x -> Reply.bytes("text/html; charset=utf-8", new byte[0]));
        routes.add("GET /away", x -> Reply.redirect("https://app.example/"));
        routes.add("GET /big", x -> Reply.bytes("application/json", new byte[5_000]));
    }

    private static final class Away extends RuntimeException implements Unavailable {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void whatIsAwayForAMomentIsSaidToBe() {
        var answer = http.get("/away-for-a-moment");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.json().get("error").stringValue()).contains("Try again in a moment");
    }

    @Test
    void aRefusalWherePeopleComeIsAPageWhateverHappens() {
        var away = http.get("/desk/away");
        assertThat(away.header("X-Status")).isEqualTo("503");
        assertThat(away.header("Retry-After")).isEqualTo("1");
        assertThat(http.get("/desk/nothing").header("X-Status")).isEqualTo("404");
        assertThat(http.delete("/desk/away", null).header("X-Status")).isEqualTo("405");
        assertThat(http.get("/desk").header("X-Status")).isEqualTo("404");
        assertThat(http.get("/desks").header("Content-Type")).isEqualTo("application/json");
        var broken = http.get("/desk/broken");
        assertThat(broken.status()).isEqualTo(404);
        assertThat(broken.header("Content-Type")).startsWith("text/html");
        assertThat(new String(broken.bytes(), StandardCharsets.UTF_8))
                .contains("<h1>", "There is nothing at this address.");
    }

    private static Reply query(Exchange x) {
        var via = Json.array();
        x.queryAll("via").forEach(via::add);
        return Reply.json(Json.object()
                .put("a", x.query("a").orElse("(none)"))
                .put("cookie", x.cookie("session").orElse("(none)"))
                .put("host", x.host())
                .put("from", x.remoteAddress())
                .put("path", x.path())
                .set("via", via));
    }

    @Test
    void anEchoComesBackUncompressedAndUncached() {
        var body = Json.object().put("a", 1);
        var answer = http.put("/_matrix/client/r0/rooms/!a%2Fb:c/state/m.room.name/", null, body);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json())
                .isEqualTo(Json.object()
                        .put("a", 1)
                        .put("room", "!a/b:c")
                        .put("type", "m.room.name")
                        .put("key", ""));
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("Server")).isEmpty();
        var big = http.send(HttpRequest.newBuilder(http.address("/big"))
                .header("Accept-Encoding", "gzip, br")
                .build());
        assertThat(big.header("Content-Encoding")).isEmpty();
        assertThat(big.bytes()).hasSize(5_000);
    }

    @Test
    void whatTheRequestSaysIsRead() {
        var answer = http.send(HttpRequest.newBuilder(http.address("/query?a=x+y%2B&via=one&via=two&=&b&a=second"))
                .header("Cookie", "other=1; session=abc")
                .header("X-Forwarded-For", "203.0.113.9")
                .build());
        assertThat(answer.json().get("a").stringValue()).isEqualTo("x y+");
        assertThat(answer.json().get("via")).hasSize(2);
        assertThat(answer.json().get("cookie").stringValue()).isEqualTo("abc");
        assertThat(answer.json().get("host").stringValue())
                .isEqualTo("127.0.0.1:" + http.server().port());
        assertThat(answer.json().get("from").stringValue()).isEqualTo("127.0.0.1");
        assertThat(answer.json().get("path").stringValue()).isEqualTo("/query");
    }

    @Test
    void onlyATrustedProxySaysWhoIsAsking() {
        var settings = new HttpSettings("127.0.0.1", 0, true, List.of("127.0.0.1"));
        var table = new RouteTable().add("GET /query", HttpServerTest::query);
        try (var server = HttpServer.start(settings, table, StaticFiles.none())) {
            var address = http.address("/query")
                    .toString()
                    .replace(":" + http.server().port(), ":" + server.port());
            var answer = http.send(HttpRequest.newBuilder(java.net.URI.create(address))
                    .header("X-Forwarded-For", "6.6.6.6, 203.0.113.9")
                    .build());
            assertThat(answer.json().get("from").stringValue()).isEqualTo("203.0.113.9");
            assertThat(answer.header("Strict-Transport-Security")).startsWith("max-age=");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/_matrix/client/v3/nothing", "/nothing", "/_matrix/client/v3/rooms/!a/state", "/"})
    void anUnknownAddressIsUnrecognised(String path) {
        var answer = http.get(path);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.errcode()).isEqualTo("M_UNRECOGNIZED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE", "PATCH", "TRACE", "QUERY"})
    void aWrongMethodIsUnrecognisedToo(String method) {
        var answer = http.send(method, "/small", null, null);
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.errcode()).isEqualTo("M_UNRECOGNIZED");
        assertThat(answer.header("Allow")).isEqualTo("POST");
    }

    @Test
    void aRefusalSaysWhenToTryAgainAndBrowsersMayReadIt() {
        var answer = http.get("/_matrix/refused");
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.errcode()).isEqualTo("M_LIMIT_EXCEEDED");
        assertThat(answer.json().get("error").stringValue()).isEqualTo("Wait a moment.");
        assertThat(Json.longField(answer.json(), "retry_after_ms")).isEqualTo(1_001);
        assertThat(answer.header("Retry-After")).isEqualTo("2");
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/_matrix/client/v3/anything", "/_matrix/client/v3/rooms/!a/state/t/k", "/_matrix/refused"})
    void aPreflightIsAnsweredWithoutRunningAnything(String path) {
        var answer = http.send("OPTIONS", path, null, null);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(answer.header("Access-Control-Allow-Methods")).isEqualTo("GET, POST, PUT, DELETE, OPTIONS");
        assertThat(answer.header("Access-Control-Allow-Headers")).contains("Authorization", "Content-Type");
        assertThat(answer.header("Access-Control-Allow-Credentials")).isEmpty();
    }

    @Test
    void ourOwnInterfaceIsForOurOwnPages() {
        var answer = http.send("OPTIONS", "/small", null, null);
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedWithOrWithoutItsLength() {
        var body = Json.bytes(Json.object().put("a", "x".repeat(200)));
        assertThat(http.send("POST", "/small", null, body).errcode()).isEqualTo("M_TOO_LARGE");
        var chunked = http.send(HttpRequest.newBuilder(http.address("/small"))
                .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body)))
                .build());
        assertThat(chunked.status()).isEqualTo(413);
        assertThat(http.put(ECHO.replaceAll("[{}]", ""), null, Json.object().put("a", "x".repeat(256 * 1024)))
                        .status())
                .isEqualTo(413);
    }

    @Test
    void whoIsStillSendingGetsToReadTheRefusal() {
        for (var i = 0; i < 50; i++) {
            var chunked = http.send(HttpRequest.newBuilder(http.address("/small"))
                    .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(new byte[700 * 1024])))
                    .build());
            assertThat(chunked.status()).isEqualTo(413);
        }
        var endless = http.send("POST", "/small", null, new byte[2 * 1024 * 1024]);
        assertThat(endless.status()).isEqualTo(413);
        assertThat(endless.header("Connection")).isEqualTo("close");
    }

    @Test
    void anEmptyBodyIsAnEmptyObjectAndABrokenOneIsNot() {
        assertThat(http.send("POST", "/small", null, null).json()).isEmpty();
        assertThat(http.send("POST", "/small", null, new byte[] {'{'}).errcode())
                .isEqualTo("M_NOT_JSON");
        assertThat(http.send("POST", "/small", null, new byte[] {'[', ']'}).errcode())
                .isEqualTo("M_BAD_JSON");
    }

    @Test
    void aWipedPhoneIsToldToClearItself() {
        var answer = http.get("/wiped");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("Clear-Site-Data")).isEqualTo("\"*\"");
    }

    @Test
    void aPageCarriesThePolicyOfPagesAndDataItsOwn() {
        assertThat(http.get("/page").header("Content-Security-Policy")).isEqualTo(Headers.PAGE_POLICY);
        assertThat(http.get("/query").header("Content-Security-Policy")).startsWith("default-src 'none'");
        var away = http.get("/away");
        assertThat(away.status()).isEqualTo(302);
        assertThat(away.header("Location")).isEqualTo("https://app.example/");
    }

    @Test
    void aPortThatIsTakenIsSaidSo() {
        var taken = HttpSettings.local(http.server().port());
        assertThatThrownBy(() -> HttpServer.start(taken, new RouteTable(), StaticFiles.none()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("port " + taken.port());
        assertThatThrownBy(() -> HttpSettings.local(70_000)).isInstanceOf(IllegalArgumentException.class);
    }
}
