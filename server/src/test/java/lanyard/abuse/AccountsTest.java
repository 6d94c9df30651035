package lanyard.abuse;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import lanyard.MovableClock;
import lanyard.TestInside;
import lanyard.TestServer;
import lanyard.TestServer.Answer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.node.ObjectNode;

/// Accounts that have ended, are locked, are suspended or were never given (rows A7, A8, A9 and A16 of the abuse
/// cases).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccountsTest {
    private static final String V3 = "/_matrix/client/v3/";
    private static final String ROOMS = V3 + "rooms/";
    private static final String GATEWAY = "http://127.0.0.1:9/_matrix/push/v1/notify";

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T03:00:00Z"));
    private TestServer server;
    private Person boss;
    private Person colleague;

    @BeforeAll
    void start() {
        server = TestServer.demonstration(clock, Map.of("LANYARD_PUSH_GATEWAYS", GATEWAY));
        boss = server.signIn("helen.ashworth");
        colleague = server.signIn("sian.evans");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private String conversation(Person owner, String purpose) {
        var body =
                Json.object().put("kind", "clinical").put("purpose", purpose).put("request_id", owner.id() + purpose);
        body.putArray("member_user_ids").add(colleague.id());
        return server.post(owner, "/_lanyard/v1/conversations", body).text("room_id");
    }

    private Answer login(String loginToken) {
        var body = Json.object().put("type", "m.login.token").put("token", loginToken);
        return server.call("POST", V3 + "login", null, body.put("refresh_token", true));
    }

    private Answer refresh(Answer session) {
        var body = Json.object().put("refresh_token", session.text("refresh_token"));
        return server.call("POST", V3 + "refresh", null, body);
    }

    private long count(String what, Person of) {
        return server.database()
                .read(tx -> tx.query("select count(*) from " + what + " where user_id = :user")
                        .bind("user", of.id())
                        .mapTo(Long.class)
                        .one());
    }

    /// Jobs look once a second by the wall's clock, and what is due is said by the test's.
    private void soon(BooleanSupplier done) throws InterruptedException {
        TestInside.goOn(server);
        for (var tries = 0; tries < 200 && !done.getAsBoolean(); tries++) {
            Thread.sleep(50);
        }
        assertThat(done.getAsBoolean()).isTrue();
    }

    private String membership(String room, Person of) {
        return server.get(colleague, ROOMS + segment(room) + "/state/m.room.member/" + segment(of.id()))
                .text("membership");
    }

    private void pusher(Person person) {
        var body = Json.object()
                .put("kind", "http")
                .put("app_id", "org.example.app")
                .put("pushkey", "key of " + person.device())
                .put("app_display_name", "App")
                .put("device_display_name", "Phone")
                .put("lang", "en");
        body.putObject("data").put("url", GATEWAY).put("format", "event_id_only");
        assertThat(server.post(person, V3 + "pushers/set", body).status()).isEqualTo(200);
    }

    private Person leaver(String user) {
        var leaver = server.signIn(user);
        pusher(leaver);
        return leaver;
    }

    private void assertThatNothingIsLeft(Person leaver) {
        for (var table :
                List.of("device", "access_token", "refresh_token", "pusher", "sign_in_session", "known_browser")) {
            assertThat(count(table, leaver)).as(table).isZero();
        }
    }

    private Map<String, String> accounts() {
        var contents = Contents.of(server);
        contents.keySet().retainAll(List.of("person", "device", "access_token", "refresh_token", "login_token"));
        return contents;
    }

    private Answer deactivate(Person leaver) {
        return server.post(boss, "/_synapse/admin/v1/deactivate/" + segment(leaver.id()), Json.object());
    }

    @Test
    void a7WhoeverHasLeftComesInByNoWayAndIsToldWhy() throws InterruptedException {
        var leaver = leaver("rhian.lloyd");
        var room = conversation(leaver, "Bed 4");
        clock.move(Duration.ofMinutes(1));
        var app = OtherApp.approved(server, server.signIn("helen.ashworth"), "leavers.example.org", false);
        var appSession = app.exchange(app.code(server.loginToken("rhian.lloyd"), "FIRSTOFTHEAPPS"));
        assertThat(appSession.status()).as(appSession.body().toString()).isEqualTo(200);
        clock.move(Duration.ofMinutes(1));
        var phone = login(server.loginToken("rhian.lloyd"));
        clock.move(Duration.ofSeconds(30));
        var spare = server.loginToken("rhian.lloyd");
        clock.move(Duration.ofSeconds(30));
        var code = app.code(server.loginToken("rhian.lloyd"), "SECONDOFTHEAPPS");
        var pending = server.password("rhian.lloyd");
        phone = refresh(phone);
        assertThat(phone.status()).as("while they work here").isEqualTo(200);

        assertThat(deactivate(leaver).status()).isEqualTo(200);

        assertThatNothingIsLeft(leaver);
        var before = accounts();
        refused(server.password("rhian.lloyd"));
        refused(login(spare));
        refused(refresh(phone));
        var appRefresh = app.refresh(appSession);
        refused(appRefresh);
        assertThat(appRefresh.text("error")).as("in OAuth's own words too").isEqualTo("invalid_grant");
        refused(app.exchange(code));
        clock.move(Duration.ofSeconds(30));
        assertThat(server.secondStep("rhian.lloyd", pending).status()).isEqualTo(403);
        assertThat(server.get(leaver, V3 + "account/whoami").text("errcode")).isEqualTo("M_UNKNOWN_TOKEN");
        assertThat(accounts()).isEqualTo(before);
        assertThat(server.password("sian.evans").status()).as("a colleague").isEqualTo(200);

        soon(() -> membership(room, leaver).equals("leave"));
        assertThat(membership(room, colleague)).isEqualTo("join");
        clock.move(Duration.ofSeconds(30));
        soon(() -> count("(select user_id from person where rooms_left_at is not null) done", leaver) == 1);
    }

    private static void refused(Answer answer) {
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text("errcode")).isEqualTo("M_USER_DEACTIVATED");
        assertThat(answer.body().has("access_token")).isFalse();
        assertThat(answer.body().has("session")).isFalse();
    }

    @Test
    void a8WhoIsLockedCanOnlySignOutAndGetsNoNewSession() {
        var user = server.signIn("priya.nair");
        clock.move(Duration.ofMinutes(1));
        var phone = login(server.loginToken("priya.nair"));
        clock.move(Duration.ofMinutes(1));
        var spare = server.loginToken("priya.nair");
        lock(user, true);
        locked(server.password("priya.nair"));
        locked(login(spare));
        locked(refresh(phone));
        for (var path : List.of("account/whoami", "sync", "devices", "joined_rooms")) {
            locked(server.get(user, V3 + path));
        }
        locked(server.post(user, "/_lanyard/v1/directory/search", Json.object().put("term", "khan")));
        lock(user, false);
        assertThat(refresh(phone).status()).as("the session was kept").isEqualTo(200);
        assertThat(server.get(user, V3 + "account/whoami").status()).isEqualTo(200);
        lock(user, true);
        assertThat(server.post(user, V3 + "logout", Json.object()).status()).isEqualTo(200);
        lock(user, false);
    }

    private void lock(Person person, boolean locked) {
        var path = "/_matrix/client/v1/admin/lock/" + segment(person.id());
        assertThat(server.put(boss, path, Json.object().put("locked", locked)).status())
                .isEqualTo(200);
    }

    private static void locked(Answer answer) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text("errcode")).isEqualTo("M_USER_LOCKED");
        assertThat(answer.body().path("soft_logout").asBoolean()).isTrue();
    }

    @Test
    void a9WhoIsSuspendedReadsAndLeavesButDoesNotSendJoinOrUpload() {
        var user = server.signIn("mohammed.khan");
        var room = conversation(user, "Bed 5");
        var path = "/_matrix/client/v1/admin/suspend/" + segment(user.id());
        server.put(boss, path, Json.object().put("suspended", true));
        var before = Contents.of(server);
        suspended(server.put(user, ROOMS + segment(room) + "/send/m.room.encrypted/t1", encrypted()));
        suspended(server.post(user, V3 + "join/" + segment(room), Json.object()));
        suspended(server.raw("POST", "/_matrix/media/v3/upload", user, new byte[10]));
        suspended(server.post(user, "/_lanyard/v1/conversations", Json.object()));
        assertThat(Contents.of(server)).containsAllEntriesOf(only(before, "event", "media", "conversation"));
        assertThat(server.sync(user, null).body().path("rooms").path("join").has(room))
                .isTrue();
        assertThat(server.get(user, ROOMS + segment(room) + "/messages?dir=b").status())
                .isEqualTo(200);
        assertThat(server.post(user, ROOMS + segment(room) + "/leave", Json.object())
                        .status())
                .isEqualTo(200);
        server.put(boss, path, Json.object().put("suspended", false));
        var again = conversation(user, "Bed 6");
        assertThat(server.put(user, ROOMS + segment(again) + "/send/m.room.encrypted/t1", encrypted())
                        .status())
                .isEqualTo(200);
    }

    private static Map<String, String> only(Map<String, String> contents, String... tables) {
        contents.keySet().retainAll(List.of(tables));
        return contents;
    }

    private static ObjectNode encrypted() {
        return Json.object()
                .put("algorithm", "m.megolm.v1.aes-sha2")
                .put("ciphertext", "AAAA")
                .put("session_id", "s")
                .put("device_id", "d")
                .put("sender_key", "k");
    }

    private static void suspended(Answer answer) {
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text("errcode")).isEqualTo("M_USER_SUSPENDED");
    }

    @Test
    void a16NobodyRegistersThemselvesHereAndAFieldMakesNobodyAdministrator() {
        var before = accounts();
        var body = Json.object().put("username", "mallory").put("password", "p-mallory-mallory");
        body.putObject("auth").put("type", "m.login.dummy");
        for (var wish : List.of(
                body, body.deepCopy().put("admin", true), body.deepCopy().put("username", "records"))) {
            var answer = server.call("POST", V3 + "register", null, wish);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.text("errcode")).isEqualTo("M_FORBIDDEN");
        }
        assertThat(server.call("GET", V3 + "register/available?username=mallory", null, null)
                        .status())
                .isEqualTo(403);
        assertThat(accounts()).isEqualTo(before);
    }

    @Test
    void anEndDateEndsTheAccountByItselfAndIsTheAdministratorsToSet() throws InterruptedException {
        var leaver = leaver("tom.fletcher");
        var room = conversation(leaver, "Bed 7");
        var path = "/_lanyard/v1/people/" + segment(leaver.id()) + "/end";
        var end = clock.instant().plus(Duration.ofHours(1)).toEpochMilli();
        var body = Json.object().put("ends_ts", end);
        assertThat(server.put(leaver, path, body).text("errcode")).isEqualTo("M_FORBIDDEN");
        assertThat(server.put(boss, path, Json.object().put("ends_ts", 1)).text("errcode"))
                .isEqualTo("M_INVALID_PARAM");
        assertThat(server.put(boss, path, body).status()).isEqualTo(200);
        assertThat(server.get(boss, path).body().path("ends_ts").asLong()).isEqualTo(end);
        server.put(boss, path, Json.object());
        assertThat(server.get(boss, path).body().has("ends_ts")).isFalse();
        server.put(boss, path, body);
        assertThat(server.get(leaver, V3 + "account/whoami").status()).isEqualTo(200);

        clock.move(Duration.ofMinutes(61));
        soon(() -> server.get(leaver, V3 + "account/whoami").status() == 401);
        assertThatNothingIsLeft(leaver);
        clock.move(Duration.ofSeconds(30));
        soon(() -> membership(room, leaver).equals("leave"));
        assertThat(server.put(boss, path, body).status()).as("they are gone").isEqualTo(404);
    }
}
