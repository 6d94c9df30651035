package lanyard.abuse;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import lanyard.MovableClock;
import lanyard.TestServer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import lanyard.traceability.DeclaredRoutes;
import lanyard.traceability.SourceTexts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// An app that is approved, and not for clinical rooms: to it they are not there, by whatever way it asks.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AppsTest {

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T03:00:00Z"));
    private final TestGateway gateway = new TestGateway();
    private TestServer server;
    private Person own;
    private Person colleague;
    private Person app;
    private Person clinicalApp;
    private String clinical;
    private String social;
    private String message;

    @BeforeAll
    void start() {
        server = TestServer.demonstration(clock, Map.of("LANYARD_PUSH_GATEWAYS", gateway.url()));
        own = server.signIn("rhian.lloyd");
        colleague = server.signIn("sian.evans");
        clinical = conversation("clinical");
        social = conversation("social");
        message = send(colleague, clinical, "t1").text("event_id");
        send(colleague, social, "t2");
        clock.move(java.time.Duration.ofMinutes(1));
        app = signIn("example.org", false);
        clock.move(java.time.Duration.ofMinutes(1));
        clinicalApp = signIn("clinical.org", true);
    }

    @AfterAll
    void stop() {
        server.close();
        gateway.close();
    }

    private String conversation(String kind) {
        var body = Json.object().put("kind", kind).put("purpose", "Test").put("request_id", kind);
        body.putArray("member_user_ids").add(colleague.id());
        return server.post(own, "/_lanyard/v1/conversations", body).text("room_id");
    }

    private TestServer.Answer send(Person sender, String room, String transaction) {
        var content = Json.object().put("algorithm", "m.megolm.v1.aes-sha2").put("ciphertext", "AAAA");
        return server.put(
                sender,
                "/_matrix/client/v3/rooms/" + segment(room) + "/send/m.room.encrypted/" + transaction,
                content.put("session_id", "s").put("device_id", sender.device()).put("sender_key", "k"));
    }

    private Person signIn(String host, boolean forClinical) {
        var app = OtherApp.approved(server, server.signIn("helen.ashworth"), host, forClinical);
        var device = forClinical ? "CLINICALAPP" : "EXAMPLEAPP";
        var tokens = app.exchange(app.code(server.loginToken("rhian.lloyd"), device));
        return new Person(own.id(), device, tokens.text("access_token"));
    }

    @Test
    void itsSyncHasTheOtherRoomsAlone() {
        var joined = server.sync(app, null).body().path("rooms").path("join");
        assertThat(joined.has(social)).isTrue();
        assertThat(joined.has(clinical)).isFalse();
        assertThat(server.sync(clinicalApp, null)
                        .body()
                        .path("rooms")
                        .path("join")
                        .has(clinical))
                .as("an app approved for clinical rooms has them")
                .isTrue();
        assertThat(server.sync(own, null).body().path("rooms").path("join").has(clinical))
                .isTrue();
        assertThat(server.get(app, "/_matrix/client/v3/joined_rooms").body().toString())
                .contains(social)
                .doesNotContain(clinical);
        assertThat(server.get(app, "/_matrix/client/v3/notifications").body().toString())
                .doesNotContain(clinical);
    }

    @Test
    void itsSlidingSyncHasTheOtherRoomsAloneEvenWhenItNamesThem() {
        for (var path :
                List.of("/_matrix/client/unstable/org.matrix.simplified_msc3575/sync", "/_matrix/client/v4/sync")) {
            assertThat(sliding(app, path)).contains(social).doesNotContain(clinical);
            assertThat(sliding(clinicalApp, path)).contains(clinical);
        }
    }

    private String sliding(Person person, String path) {
        var body = Json.object().put("conn_id", "c");
        var list = body.putObject("lists").putObject("all").put("timeline_limit", 5);
        list.putArray("ranges").addArray().add(0).add(20);
        body.putObject("room_subscriptions").putObject(clinical).put("timeline_limit", 5);
        return server.post(person, path, body).body().toString();
    }

    /// A message that only such an app has fetched has not been delivered: it could not have shown it.
    @Test
    void itsSyncDeliversNothingOfClinicalRooms() {
        var since = server.sync(app, null).text("next_batch");
        send(colleague, clinical, "t3");
        server.sync(app, since);
        server.sync(app, server.sync(app, since).text("next_batch"));
        var receipts = server.sync(colleague, null)
                .body()
                .path("rooms")
                .path("join")
                .path(clinical)
                .path("ephemeral");
        assertThat(receipts.toString()).doesNotContain("org.lanyard.delivered");
    }

    /// Made from the routes in the code: whatever names the room is refused, reading and writing.
    @Test
    void whateverNamesAClinicalRoomIsRefused() {
        var before = Contents.of(server);
        var routes = DeclaredRoutes.in(SourceTexts.sources(SourceTexts.PRODUCTION)).stream()
                .map(DeclaredRoutes.Declared::route)
                .filter(route -> route.contains("{roomId}") || route.contains("{roomIdOrAlias}"))
                .sorted()
                .toList();
        assertThat(routes).hasSizeGreaterThan(50);
        for (var route : routes) {
            var path = route.substring(route.indexOf(' ') + 1)
                    .replaceAll("\\{roomId(OrAlias)?}", segment(clinical))
                    .replace("{userId}", segment(own.id()))
                    .replace("{eventId}", segment(message))
                    .replaceAll("\\{[a-zA-Z]+}", "m.value");
            var answer = server.raw(route.substring(0, route.indexOf(' ')), path, app, new byte[0]);
            assertThat(answer.status()).as(route).isEqualTo(403);
            assertThat(answer.text("error")).as(route).contains("This app is not approved for");
        }
        assertThat(Contents.of(server)).containsExactlyInAnyOrderEntriesOf(before);
    }

    @Test
    void ourOwnInterfaceIsClosedToItAndItStartsNoClinicalRoom() {
        for (var path : List.of("/_lanyard/v1/rooms", "/_lanyard/v1/policy", "/_lanyard/v1/handsets")) {
            assertThat(server.get(app, path).text("errcode")).as(path).isEqualTo("M_FORBIDDEN");
            assertThat(server.get(clinicalApp, path).status()).as(path).isEqualTo(200);
        }
        assertThat(server.post(app, "/_matrix/client/v3/createRoom", Json.object())
                        .text("error"))
                .as("a room that says no kind is clinical")
                .contains("not approved for clinical conversations");
        assertThat(server.post(app, "/_matrix/client/v3/createRoom", socialRoom())
                        .status())
                .isEqualTo(200);
    }

    private static tools.jackson.databind.node.ObjectNode socialRoom() {
        var body = Json.object();
        body.putObject("creation_content").put("org.lanyard.kind", "social");
        return body;
    }

    @Test
    void elsewhereItWorks() {
        assertThat(send(app, social, "a1").status()).isEqualTo(200);
        assertThat(send(clinicalApp, clinical, "a2").status()).isEqualTo(200);
    }

    /// A number on an icon would tell how much is going on in the rooms that are not there.
    @Test
    void itsBadgeDoesNotCountClinicalRooms() throws InterruptedException {
        var pusher = Json.object()
                .put("kind", "http")
                .put("app_id", "org.example.app")
                .put("pushkey", "k")
                .put("app_display_name", "App")
                .put("device_display_name", "Phone")
                .put("lang", "en");
        pusher.putObject("data").put("url", gateway.url()).put("format", "event_id_only");
        assertThat(server.post(app, "/_matrix/client/v3/pushers/set", pusher).status())
                .isEqualTo(200);
        var before = server.sync(own, null).body().path("rooms").path("join").path(social);
        var unread =
                before.path("unread_notifications").path("notification_count").asInt();
        for (var i = 0; i < 3; i++) {
            send(colleague, clinical, "b" + i);
        }
        var event = send(colleague, social, "b4").text("event_id");
        var notification = gateway.next().path("notification");
        assertThat(notification.path("event_id").asString())
                .as("of the clinical room nothing")
                .isEqualTo(event);
        assertThat(notification.path("counts").path("unread").asInt()).isEqualTo(unread + 1);
    }
}
