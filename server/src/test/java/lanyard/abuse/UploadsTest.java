package lanyard.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import lanyard.TestServer;
import lanyard.platform.json.Json;
import lanyard.trust.console.TestConsole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// Nothing of a large body is read, let alone parsed, before it is known that its sender may send it. The bodies here
/// are announced and never sent: a server that waits for one does not answer.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class UploadsTest {
    private static final String MULTIPART = "multipart/form-data; boundary=b";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String PHOTO = "/console/photos/@sian.evans:lanyard.localhost";
    private static final int LARGE = 1_500_000;

    private TestServer server;

    @BeforeAll
    void start() {
        server = TestServer.demonstration(InstantSource.system(), Map.of());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private Socket send(String method, String path, String type, int length, String who) throws IOException {
        var address = server.address("/");
        var socket = new Socket(address.getHost(), address.getPort());
        socket.setSoTimeout(8_000);
        var request = method + " " + path + " HTTP/1.1\r\nHost: " + address.getAuthority() + "\r\nOrigin: http://"
                + address.getAuthority() + "\r\n" + who + "\r\nContent-Type: " + type + "\r\nContent-Length: "
                + length + "\r\nExpect: 100-continue\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return socket;
    }

    /// The first line of the whole answer.
    private String ask(String method, String path, String type, int length, String who) throws IOException {
        try (var socket = send(method, path, type, length, who)) {
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.lines().findFirst().orElse("");
        }
    }

    private boolean isToldToGoOn(String method, String path, String type, String who) throws IOException {
        try (var socket = send(method, path, type, LARGE, who)) {
            var first = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            return first.equals("HTTP/1.1 100");
        }
    }

    @Test
    void noFormOfTheConsoleReadsAFileOfWhoHasNoDuty() throws IOException {
        var cookie = "Cookie: " + TestConsole.signedIn(server, "lukasz.wojcik").cookie();
        for (var route : server.consoleRoutes().entrySet()) {
            if (route.getKey().startsWith("POST ")) {
                var path = route.getKey().substring("POST ".length()).replaceAll("\\{[^}]*}", "x");
                assertThat(ask("POST", path, MULTIPART, LARGE, cookie))
                        .as(path)
                        .startsWith(route.getValue().isEmpty() ? "HTTP/1.1 415" : "HTTP/1.1 403");
            }
        }
        for (var type : new String[] {MULTIPART, FORM}) {
            assertThat(ask("POST", PHOTO, type, LARGE, cookie)).startsWith("HTTP/1.1 403");
            assertThat(ask("POST", PHOTO, type, 1_000, cookie)).startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void ofAStrangerNothingIsReadEither() throws IOException {
        for (var type : new String[] {MULTIPART, FORM}) {
            assertThat(ask("POST", PHOTO, type, LARGE, "X-Nobody: x")).startsWith("HTTP/1.1 303");
        }
    }

    @Test
    void whoHasTheDutyIsToldToSendIt() throws IOException {
        var cookie = "Cookie: " + TestConsole.signedIn(server, "jack.turner").cookie();
        assertThat(isToldToGoOn("POST", PHOTO, MULTIPART, cookie)).isTrue();
    }

    @Test
    void aPictureForTheRecordIsNotReadOfWhoIsNotInTheConversation() throws IOException {
        var tom = server.signIn("tom.fletcher");
        var rhian = server.signIn("rhian.lloyd");
        var asked =
                Json.object().put("kind", "clinical").put("purpose", "Ward 7").put("request_id", "uploads");
        asked.putArray("member_user_ids").add(server.signIn("sian.evans").id());
        var made = server.post(rhian, "/_lanyard/v1/conversations", asked);
        assertThat(made.status()).as(made.body().toString()).isEqualTo(200);
        var room = made.text("room_id");
        var bearer = "Authorization: Bearer " + tom.token();
        var path = "/_lanyard/v1/rooms/" + TestServer.segment(room) + "/decision-images/abc";
        assertThat(ask("PUT", path, "image/jpeg", LARGE, bearer)).startsWith("HTTP/1.1 403");
        var member = "Authorization: Bearer " + rhian.token();
        assertThat(isToldToGoOn("PUT", path, "image/jpeg", member)).isTrue();
        var photo = "/_lanyard/v1/people/" + rhian.id() + "/photo";
        assertThat(ask("PUT", photo, "image/jpeg", LARGE, bearer)).startsWith("HTTP/1.1 403");
        var nobody = "Authorization: Bearer nothing";
        assertThat(ask("POST", "/_matrix/media/v3/upload", "image/jpeg", LARGE, nobody))
                .startsWith("HTTP/1.1 401");
        assertThat(ask("POST", "/scim/v2/Users", "application/json", 1_000_000, nobody))
                .startsWith("HTTP/1.1 401");
    }
}
