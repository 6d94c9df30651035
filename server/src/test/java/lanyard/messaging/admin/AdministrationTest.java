package lanyard.messaging.admin;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import lanyard.TestServer;
import lanyard.TestServer.Answer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import lanyard.traceability.DeclaredRoutes;
import lanyard.traceability.SourceTexts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What Ketesa and Element Admin call.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdministrationTest {
    private static final String ADMIN = "/_synapse/admin/";
    private static final String SECRET = "reg_secret";

    private final TestServer server = TestServer.demonstration(
            InstantSource.system(), Map.of("LANYARD_CONFORMANCE", "true", "LANYARD_REGISTRATION_SECRET", SECRET));
    private final Person boss = registered("boss", true);
    private final Person ann = server.register("ann");
    private final Person bob = server.register("bob");
    private final String room = server.room(ann, bob);

    @AfterAll
    void close() {
        server.close();
    }

    private static String mac(String nonce, String name, String password, boolean admin) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "RAW"));
            var text = nonce + "\0" + name + "\0" + password + "\0" + (admin ? "admin" : "notadmin");
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Answer register(String nonce, String name, boolean admin, String mac) {
        return server.call(
                "POST",
                ADMIN + "v1/register",
                null,
                Json.object()
                        .put("nonce", nonce)
                        .put("username", name)
                        .put("password", "p")
                        .put("admin", admin)
                        .put("mac", mac));
    }

    private String nonce() {
        return server.call("GET", ADMIN + "v1/register", null, null).text("nonce");
    }

    private Person registered(String name, boolean admin) {
        var nonce = nonce();
        var done = register(nonce, name, admin, mac(nonce, name, "p", admin));
        assertThat(done.status()).as(done.body().toString()).isEqualTo(200);
        return new Person(done.text("user_id"), done.text("device_id"), done.text("access_token"));
    }

    @Test
    void aSharedSecretRegistersOnceForEachNonce() {
        var nonce = nonce();
        var right = mac(nonce, "kim", "p", false);
        assertThat(register(nonce, "kim", true, right).text("errcode")).isEqualTo("M_FORBIDDEN");
        assertThat(register(nonce, "kim", false, right).text("errcode"))
                .as("the nonce is used")
                .isEqualTo("M_UNKNOWN");
        assertThat(registered("kim", false).id()).isEqualTo("@kim:lanyard.localhost");
        try (var without = TestServer.conformance()) {
            assertThat(without.call("GET", ADMIN + "v1/register", null, null).text("errcode"))
                    .isEqualTo("M_FORBIDDEN");
        }
    }

    /// Made from the routes in the code: even unencrypted, what was said is in none of the answers.
    @Test
    void c2NoRouteShowsAnAdministratorWhatWasSaid() {
        var said = server.send(ann, room, "c2", "the potassium of Mrs Barlow").text("event_id");
        var tried = 0;
        for (var declared : DeclaredRoutes.in(SourceTexts.sources(SourceTexts.PRODUCTION))) {
            if (declared.route().startsWith("GET " + ADMIN)) {
                var path = declared.route()
                        .substring("GET ".length())
                        .replace("{roomId}", segment(room))
                        .replace("{userId}", segment(ann.id()))
                        .replace("{eventId}", segment(said))
                        .replaceAll("\\{[a-zA-Z]+}", "1");
                assertThat(server.get(boss, path).body().toString()).as(path).doesNotContain("potassium");
                tried++;
            }
        }
        assertThat(tried).isGreaterThan(20);
        assertThat(server.get(boss, ADMIN + "v1/fetch_event/" + segment(said)).status())
                .isEqualTo(403);
        var own = "/_matrix/client/v3/rooms/" + segment(room) + "/event/" + segment(said);
        assertThat(server.get(boss, own).status()).isIn(403, 404);
        assertThat(server.get(ann, own).body().toString()).contains("potassium");
    }

    @Test
    void c1EveryRouteIsForAdministratorsAlone() {
        for (var path : List.of(
                "v1/server_version",
                "v2/users",
                "v3/users",
                "v2/users/" + segment(ann.id()),
                "v2/users/" + segment(ann.id()) + "/devices",
                "v1/users/" + segment(ann.id()) + "/joined_rooms",
                "v1/users/" + segment(ann.id()) + "/media",
                "v1/rooms",
                "v1/rooms/" + segment(room),
                "v1/rooms/" + segment(room) + "/members",
                "v1/event_reports",
                "v1/registration_tokens")) {
            assertThat(server.get(ann, ADMIN + path).text("errcode")).as(path).isEqualTo("M_FORBIDDEN");
            assertThat(server.call("GET", ADMIN + path, null, null).status())
                    .as(path)
                    .isEqualTo(401);
            assertThat(server.get(boss, ADMIN + path).status()).as(path).isEqualTo(200);
        }
        assertThat(server.get(boss, ADMIN + "v2/users/@nobody:lanyard.localhost")
                        .text("errcode"))
                .isEqualTo("M_NOT_FOUND");
        assertThat(server.get(boss, ADMIN + "v1/rooms/!nothing:x").text("errcode"))
                .isEqualTo("M_NOT_FOUND");
    }

    @Test
    void peopleAreListedPageByPageAndFound() {
        var first = server.get(boss, ADMIN + "v2/users?limit=2");
        assertThat(first.body().path("users").size()).isEqualTo(2);
        assertThat(first.body().path("total").asInt()).isGreaterThan(15);
        var second = server.get(boss, ADMIN + "v2/users?limit=2&from=" + first.text("next_token"));
        assertThat(second.body().path("users").get(0))
                .isNotEqualTo(first.body().path("users").get(0));
        var found = server.get(boss, ADMIN + "v3/users?name=khan").body().path("users");
        assertThat(found.size()).isEqualTo(2);
        assertThat(server.get(boss, ADMIN + "v2/users?limit=x").text("errcode")).isEqualTo("M_INVALID_PARAM");
    }

    @Test
    void aPersonIsLockedSignedOutAndEnded() {
        var carol = server.register("carol");
        var path = ADMIN + "v2/users/" + segment(carol.id());
        assertThat(server.put(boss, path, Json.object().put("locked", true))
                        .body()
                        .path("locked")
                        .asBoolean())
                .isTrue();
        assertThat(server.get(carol, "/_matrix/client/v3/account/whoami").text("errcode"))
                .isEqualTo("M_USER_LOCKED");
        server.put(boss, path, Json.object().put("locked", false));
        var devices = server.get(boss, path + "/devices").body();
        assertThat(devices.path("total").asInt()).isEqualTo(1);
        assertThat(server.call("DELETE", path + "/devices/" + carol.device(), boss, null)
                        .status())
                .isEqualTo(200);
        assertThat(server.get(carol, "/_matrix/client/v3/account/whoami").status())
                .isEqualTo(401);
        assertThat(server.put(boss, path, Json.object().put("deactivated", true))
                        .body()
                        .path("deactivated")
                        .asBoolean())
                .isTrue();
        for (var field : List.of("password", "displayname", "admin")) {
            assertThat(server.put(boss, path, Json.object().put(field, "x")).text("errcode"))
                    .isEqualTo("M_FORBIDDEN");
        }
        assertThat(server.put(
                                boss,
                                ADMIN + "v2/users/" + segment(boss.id()),
                                Json.object().put("deactivated", true))
                        .text("errcode"))
                .isEqualTo("M_FORBIDDEN");
        assertThat(server.put(ann, path, Json.object().put("locked", true)).text("errcode"))
                .isEqualTo("M_FORBIDDEN");
    }

    @Test
    void roomsShowWhoIsThereAndNothingThatIsSaid() {
        server.send(ann, room, "t1", "very private words");
        var list = server.get(boss, ADMIN + "v1/rooms").body();
        assertThat(list.path("total_rooms").asInt()).isPositive();
        assertThat(list.toString()).contains(room).doesNotContain("private");
        var one = server.get(boss, ADMIN + "v1/rooms/" + segment(room)).body();
        assertThat(one.path("joined_members").asInt()).isGreaterThanOrEqualTo(2);
        assertThat(server.get(boss, ADMIN + "v1/rooms/" + segment(room) + "/members")
                        .body()
                        .toString())
                .contains(ann.id(), bob.id());
        assertThat(server.get(boss, ADMIN + "v1/users/" + segment(bob.id()) + "/joined_rooms")
                        .body()
                        .toString())
                .contains(room);
    }

    @Test
    void reportsAreReadWithTheirReasons() {
        var event = server.send(ann, room, "t2", "something unkind").text("event_id");
        server.post(
                bob,
                "/_matrix/client/v3/rooms/" + segment(room) + "/report/" + segment(event),
                Json.object().put("reason", "bullying"));
        var list = server.get(boss, ADMIN + "v1/event_reports").body();
        assertThat(list.path("total").asInt()).isEqualTo(1);
        var report = list.path("event_reports").get(0);
        assertThat(report.path("reason").asString()).isEqualTo("bullying");
        assertThat(report.path("user_id").asString()).isEqualTo(bob.id());
        assertThat(report.toString()).doesNotContain("unkind");
        assertThat(server.get(
                                boss,
                                ADMIN + "v1/event_reports/" + report.path("id").asLong())
                        .body())
                .isEqualTo(report);
        assertThat(server.get(boss, ADMIN + "v1/event_reports/999999").text("errcode"))
                .isEqualTo("M_NOT_FOUND");
    }

    @Test
    void aFileIsPutOutOfSightAndBack() {
        var uploaded = server.raw("POST", "/_matrix/media/v3/upload", ann, new byte[] {1, 2, 3});
        var file = uploaded.text("content_uri").substring("mxc://".length());
        assertThat(server.get(boss, ADMIN + "v1/users/" + segment(ann.id()) + "/media")
                        .body()
                        .path("total")
                        .asInt())
                .isEqualTo(1);
        assertThat(server.post(bob, ADMIN + "v1/media/quarantine/" + file, Json.object())
                        .text("errcode"))
                .isEqualTo("M_FORBIDDEN");
        assertThat(server.post(boss, ADMIN + "v1/media/quarantine/" + file, Json.object())
                        .status())
                .isEqualTo(200);
        assertThat(server.get(bob, "/_matrix/client/v1/media/download/" + file).text("errcode"))
                .isEqualTo("M_NOT_FOUND");
        assertThat(server.post(boss, ADMIN + "v1/media/unquarantine/" + file, Json.object())
                        .status())
                .isEqualTo(200);
        assertThat(server.post(boss, ADMIN + "v1/media/quarantine/elsewhere/x", Json.object())
                        .text("errcode"))
                .isEqualTo("M_NOT_FOUND");
    }
}
