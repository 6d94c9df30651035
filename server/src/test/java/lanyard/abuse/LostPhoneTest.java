package lanyard.abuse;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import lanyard.Parked;
import lanyard.TestKeys;
import lanyard.TestServer;
import lanyard.TestServer.Answer;
import lanyard.TestServer.Person;
import lanyard.platform.http.TestHttp;
import lanyard.platform.json.Json;
import lanyard.traceability.Rule;
import lanyard.trust.handset.TestPhone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Group J of the abuse cases, on the whole server: what a lost phone can still do, and what others still do for it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LostPhoneTest {
    private static final String V3 = "/_matrix/client/v3/";
    private static final String SLIDING = "/_matrix/client/unstable/org.matrix.simplified_msc3575/sync";

    private TestServer server;
    private TestHttp http;
    private Person alice;
    private String room;

    @BeforeAll
    void start() {
        server = TestServer.conformance();
        http = server.http();
        alice = server.register("alice");
        room = server.room(alice);
    }

    @AfterAll
    void stop() {
        http.close();
        server.close();
    }

    /// Somebody in Alice's room, cross-signed, with an enrolled phone.
    private final class Owner {
        final Person person;
        final TestPhone phone = new TestPhone(http);

        Owner(String name) {
            person = server.register(name);
            server.post(
                    alice,
                    V3 + "rooms/" + segment(room) + "/invite",
                    Json.object().put("user_id", person.id()));
            server.post(person, V3 + "join/" + segment(room), Json.object());
            phone.enrol(person.token());
            phone.newPasscode(person.token(), "271828");
            server.post(person, V3 + "keys/upload", TestKeys.upload(person));
        }

        Answer lost(String deed) {
            var body = Json.object().put("login_token", server.provenAs(person)).put("confirm", true);
            return server.call("POST", "/_lanyard/v1/lost/" + phone.id + "/" + deed, null, body);
        }

        void crossSign() {
            server.post(person, V3 + "keys/device_signing/upload", TestKeys.identity(person));
            assertThat(server.post(person, V3 + "keys/signatures/upload", TestKeys.ownSignature(person))
                            .status())
                    .isEqualTo(200);
        }
    }

    private String since(Person person) {
        return server.sync(person, null).text("next_batch");
    }

    @Test
    @Rule("G24")
    void openPollsOfALostPhoneEndWithinASecondAndSayWhy() throws Exception {
        for (var deed : List.of("lock", "wipe")) {
            var owner = new Owner("poller" + deed);
            var empty = Json.object();
            empty.putObject("lists");
            var sync = Parked.poll(() -> {
                var since = since(owner.person);
                return () -> server.get(owner.person, V3 + "sync?timeout=30000&since=" + since);
            });
            var sliding = Parked.poll(() -> {
                var pos = server.post(owner.person, SLIDING, empty).text("pos");
                return () -> server.post(owner.person, SLIDING + "?timeout=30000&pos=" + segment(pos), empty);
            });
            assertThat(owner.lost(deed).status()).isEqualTo(200);
            for (var poll : List.of(sync, sliding)) {
                var ended = poll.get(1, TimeUnit.SECONDS);
                assertThat(ended.status()).isEqualTo(401);
                assertThat(ended.text("errcode")).isEqualTo(deed.equals("lock") ? "M_USER_LOCKED" : "M_UNKNOWN_TOKEN");
                assertThat(ended.body().path("soft_logout").asBoolean(false)).isEqualTo(deed.equals("lock"));
            }
        }
    }

    @Test
    @Rule("G24")
    void whatWaitsForAWipedPhoneAndWhatVouchesForItGoWithItAndOthersAreTold() {
        var owner = new Owner("owner");
        owner.crossSign();
        var device = owner.person.device();
        var message = Json.object();
        message.putObject("messages")
                .putObject(owner.person.id())
                .putObject(device)
                .put("key", "for the phone");
        server.put(alice, V3 + "sendToDevice/m.room_key/t1", message);
        var since = since(alice);
        assertThat(count("to_device", device)).isEqualTo(1);
        assertThat(signatures(device)).isPositive();

        assertThat(owner.lost("wipe").status()).isEqualTo(200);
        for (var table : List.of(
                "to_device",
                "device_key",
                "one_time_key",
                "fallback_key",
                "pusher",
                "device",
                "access_token",
                "refresh_token")) {
            assertThat(count(table, device)).as(table).isZero();
        }
        assertThat(signatures(device)).isZero();
        var news = server.sync(alice, since).body();
        assertThat(news.at("/device_lists/changed").toString()).contains(owner.person.id());
        var query = Json.object();
        query.putObject("device_keys").putArray(owner.person.id());
        assertThat(server.post(alice, V3 + "keys/query", query)
                        .body()
                        .path("device_keys")
                        .path(owner.person.id()))
                .isEmpty();
    }

    private int count(String table, String device) {
        return server.database()
                .read(tx -> tx.query("select count(*) from " + table + " where device_id = :device")
                        .bind("device", device)
                        .mapTo(Integer.class)
                        .one());
    }

    private int signatures(String device) {
        return server.database()
                .read(tx -> tx.query("select count(*) from key_signature where target_key = :device")
                        .bind("device", device)
                        .mapTo(Integer.class)
                        .one());
    }

    @Test
    @Rule("G24")
    @DisplayName("J1: a wiped phone's calls, refresh, return under its old id, single sign-on and push are refused")
    void j1AWipedPhoneIsRefusedWhateverItTries() {
        var owner = new Owner("j1");
        var login = Json.object()
                .put("type", "m.login.password")
                .put("password", "p-j1")
                .put("refresh_token", true)
                .put("device_id", owner.person.device());
        login.putObject("identifier").put("type", "m.id.user").put("user", "j1");
        var renewable = server.call("POST", V3 + "login", null, login);
        assertThat(renewable.status()).isEqualTo(200);
        var token = renewable.text("access_token");
        assertThat(owner.lost("wipe").status()).isEqualTo(200);

        var cleared = "\"cache\", \"cookies\", \"storage\"";
        var call = http.get(V3 + "account/whoami", token);
        var refresh =
                http.post(V3 + "refresh", null, Json.object().put("refresh_token", renewable.text("refresh_token")));
        var push = http.post(V3 + "pushers/set", token, Json.object().putNull("kind"));
        for (var answer : List.of(call, refresh, push)) {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.errcode()).isEqualTo("M_UNKNOWN_TOKEN");
            assertThat(answer.json().has("soft_logout")).isFalse();
            assertThat(answer.header("Clear-Site-Data")).isEqualTo(cleared);
        }
        var before = Contents.of(server);
        http.get(V3 + "account/whoami", token);
        http.post(V3 + "refresh", null, Json.object().put("refresh_token", renewable.text("refresh_token")));
        http.post(V3 + "pushers/set", token, Json.object().putNull("kind"));
        var again = server.call("POST", V3 + "login", null, login);
        assertThat(Contents.of(server)).isEqualTo(before);
        assertThat(again.status()).isEqualTo(403);
        assertThat(again.text("errcode")).isEqualTo("M_FORBIDDEN");
        login.remove("device_id");
        assertThat(server.call("POST", V3 + "login", null, login).status())
                .as("its person comes back on another phone")
                .isEqualTo(200);
        var silent = http.get(V3 + "login/sso/redirect?redirectUrl=" + segment("http://localhost/app"), token);
        assertThat(silent.header("Location")).doesNotContain("loginToken");
    }

    @Test
    void aLockedPhoneIsNotGivenNewTokensAndSignsOnlyItselfOut() {
        var owner = new Owner("locked");
        var login = Json.object()
                .put("type", "m.login.password")
                .put("password", "p-locked")
                .put("refresh_token", true)
                .put("device_id", owner.person.device());
        login.putObject("identifier").put("type", "m.id.user").put("user", "locked");
        var renewable = server.call("POST", V3 + "login", null, login);
        var token = new Person(owner.person.id(), owner.person.device(), renewable.text("access_token"));
        owner.lost("lock");
        var refresh = Json.object().put("refresh_token", renewable.text("refresh_token"));
        assertThat(server.call("POST", V3 + "refresh", null, refresh).text("errcode"))
                .isEqualTo("M_USER_LOCKED");
        assertThat(server.call("POST", V3 + "login", null, login).status())
                .as("signing in on it again does not unlock it")
                .isEqualTo(200);
        assertThat(server.get(token, V3 + "account/whoami").status()).isEqualTo(401);
        owner.lost("unlock");
        var fresh = server.call("POST", V3 + "login", null, login);
        var person = new Person(owner.person.id(), owner.person.device(), fresh.text("access_token"));
        assertThat(server.get(person, V3 + "account/whoami").status()).isEqualTo(200);
        owner.lost("lock");
        assertThat(server.post(person, V3 + "logout/all", Json.object()).text("errcode"))
                .isEqualTo("M_USER_LOCKED");
        assertThat(server.post(person, V3 + "logout", Json.object()).status()).isEqualTo(200);
        assertThat(server.get(person, V3 + "account/whoami").text("errcode")).isEqualTo("M_UNKNOWN_TOKEN");
    }
}
