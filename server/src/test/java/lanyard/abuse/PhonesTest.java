package lanyard.abuse;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import lanyard.Behind;
import lanyard.MovableClock;
import lanyard.Parked;
import lanyard.TestServer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What the policy asks of a phone (G18), on the server as it is served.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PhonesTest {
    private static final String V3 = "/_matrix/client/v3/";

    private final AtomicInteger transactions = new AtomicInteger();
    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T09:00:00Z"));
    private TestServer server;

    @BeforeAll
    void start() {
        server = TestServer.demonstration(clock, Map.of());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    @Rule("G18")
    void aPhoneThatIsNotEnrolledCanDoNothingButEnrol() {
        var enrolled = server.signIn("rhian.lloyd");
        Person fresh = server.anotherDevice(enrolled);
        for (var path : new String[] {
            V3 + "sync",
            V3 + "devices",
            V3 + "joined_rooms",
            "/_lanyard/v1/rooms",
            V3 + "profile/" + segment(enrolled.id())
        }) {
            var refused = server.get(fresh, path);
            assertThat(refused.status()).as(path).isEqualTo(403);
            assertThat(refused.text("errcode")).as(path).isEqualTo("ORG_LANYARD_NOT_ENROLLED");
            assertThat(server.get(enrolled, path).status()).as(path).isEqualTo(200);
        }
        assertThat(server.post(fresh, V3 + "keys/upload", Json.object()).status())
                .isEqualTo(403);
        assertThat(server.get(fresh, "/_lanyard/v1/policy").status()).isEqualTo(200);
        assertThat(server.get(fresh, V3 + "account/whoami").status()).isEqualTo(200);
        server.enrol(fresh);
        assertThat(server.get(fresh, V3 + "sync").status()).isEqualTo(200);
        assertThat(server.post(fresh, V3 + "logout", Json.object()).status()).isEqualTo(200);
    }

    @Test
    @Rule("G18")
    void whoHasNotAcceptedThePolicyReadsAndSpeaksInClinicalConversationsOnly() {
        var nurse = server.signIn("sian.evans");
        var colleague = server.signIn("grace.mensah");
        var clinical = conversation(nurse, colleague, "clinical");
        var social = conversation(nurse, colleague, "social");
        Behind.phoneRules(server, 3, 2, Map.of());
        try {
            assertThat(server.get(nurse, V3 + "sync").status()).isEqualTo(200);
            assertThat(sendEncrypted(nurse, clinical))
                    .as("nothing blocks an urgent clinical message")
                    .isEqualTo(200);
            assertThat(sendEncrypted(nurse, social)).isEqualTo(403);
            assertThat(server.send(nurse, social, "s1", "tea?").text("errcode"))
                    .isEqualTo("ORG_LANYARD_POLICY_NOT_ACCEPTED");
            var phone = server.get(nurse, "/_lanyard/v1/handsets")
                    .body()
                    .at("/handsets/0/handset_id")
                    .asString("");
            assertThat(server.put(
                                    nurse,
                                    "/_lanyard/v1/handsets/" + phone + "/policy",
                                    Json.object().put("version", 2))
                            .status())
                    .isEqualTo(200);
            assertThat(sendEncrypted(nurse, social)).isEqualTo(200);
        } finally {
            Behind.phoneRules(server, 3, 1, Map.of());
        }
    }

    @Test
    @Rule("G18")
    @DisplayName("J5: a phone of which something is not known well enough is refused with the reason")
    void j5APhoneThatThePolicyDoesNotAllowIsRefusedWithTheReason() {
        var doctor = server.signIn("priya.nair");
        Behind.phoneRules(server, 3, 1, Map.of("screen_lock", "self_reported"));
        try {
            var refused = server.get(doctor, V3 + "sync");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.text("errcode")).isEqualTo("ORG_LANYARD_PHONE_NOT_ALLOWED");
            assertThat(refused.text("fact")).isEqualTo("screen_lock");
            var phone = server.get(doctor, "/_lanyard/v1/handsets")
                    .body()
                    .at("/handsets/0/handset_id")
                    .asString("");
            var answers = Json.object();
            for (var no : List.of("no", "No ", "unknown", "false")) {
                answers.putObject("answers").put("screen_lock", no);
                server.put(doctor, "/_lanyard/v1/handsets/" + phone + "/facts", answers);
                assertThat(server.get(doctor, V3 + "sync").status()).as(no).isEqualTo(403);
            }
            answers.putObject("answers").put("screen_lock", true);
            server.put(doctor, "/_lanyard/v1/handsets/" + phone + "/facts", answers);
            assertThat(server.get(doctor, V3 + "sync").status()).isEqualTo(200);
            Behind.phoneRules(server, 3, 1, Map.of("screen_lock", "attested"));
            assertThat(server.get(doctor, V3 + "sync").text("errcode"))
                    .as("its own word is not enough")
                    .isEqualTo("ORG_LANYARD_PHONE_NOT_ALLOWED");
        } finally {
            Behind.phoneRules(server, 3, 1, Map.of());
        }
    }

    @Test
    @Rule("G18")
    @DisplayName("J5: the long poll of a phone that the policy does not allow any more ends within a second")
    void j5AnOpenLongPollEndsWithinASecondOfThePolicysChange() throws Exception {
        var doctor = server.anotherDevice(server.signIn("priya.nair"));
        server.enrol(doctor);
        var since = server.sync(doctor, null).text("next_batch");
        var poll = Parked.poll(() -> {
            var latest = server.sync(doctor, null).text("next_batch");
            return () -> server.get(doctor, V3 + "sync?timeout=30000&since=" + latest);
        });
        Behind.phoneRules(server, 3, 1, Map.of("disk_encrypted", "attested"));
        try {
            var refused = poll.get(1, TimeUnit.SECONDS);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.text("fact")).isEqualTo("disk_encrypted");
            var before = Contents.of(server);
            assertThat(server.put(doctor, V3 + "profile/" + segment(doctor.id()) + "/displayname", Json.object())
                            .status())
                    .isEqualTo(403);
            assertThat(Contents.of(server)).isEqualTo(before);
        } finally {
            Behind.phoneRules(server, 3, 1, Map.of());
        }
        assertThat(server.get(doctor, V3 + "sync?since=" + since).status()).isEqualTo(200);
    }

    @Test
    @Rule("G24")
    @DisplayName("J7: the backup of keys is not read with an old recovery key on a device made since the wipe")
    void j7TheBackupIsReadWithFreshProofOnlyAfterAWipe() {
        var user = "tom.fletcher";
        var lost = server.signIn(user);
        var backup = Json.object().put("algorithm", "m.megolm_backup.v1.curve25519-aes-sha2");
        backup.putObject("auth_data").put("public_key", "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo");
        assertThat(server.post(lost, V3 + "room_keys/version", backup).status()).isEqualTo(200);
        var phone = server.get(lost, "/_lanyard/v1/handsets")
                .body()
                .at("/handsets/0/handset_id")
                .asString("");
        var deed = Json.object().put("login_token", server.provenAs(lost)).put("confirm", true);
        assertThat(server.call("POST", "/_lanyard/v1/lost/" + phone + "/wipe", null, deed)
                        .status())
                .isEqualTo(200);
        assertThat(server.get(lost, V3 + "room_keys/keys?version=1").text("errcode"))
                .isEqualTo("M_UNKNOWN_TOKEN");

        clock.move(Duration.ofSeconds(31));
        var next = server.signIn(user);
        assertThat(server.get(next, V3 + "room_keys/keys").status())
                .as("who has just signed in with both steps")
                .isEqualTo(200);
        clock.move(Duration.ofMinutes(6));
        var before = Contents.of(server);
        for (var path : new String[] {"keys", "keys/!a:b", "keys/!a:b/c"}) {
            var refused = server.get(next, V3 + "room_keys/" + path + "?version=1");
            assertThat(refused.status()).as(path).isEqualTo(401);
            assertThat(refused.text("errcode")).as(path).isEqualTo("ORG_LANYARD_STEP_UP");
        }
        assertThat(Contents.of(server)).isEqualTo(before);
        var code = Json.object().put("code", server.codeOf(user));
        assertThat(server.post(next, "/_lanyard/v1/me/step-up", code).status()).isEqualTo(200);
        assertThat(server.get(next, V3 + "room_keys/keys").status()).isEqualTo(200);
    }

    private int sendEncrypted(Person by, String room) {
        var path = V3 + "rooms/" + segment(room) + "/send/m.room.encrypted/e" + transactions.incrementAndGet();
        var body = Json.object()
                .put("algorithm", "m.megolm.v1.aes-sha2")
                .put("ciphertext", "AwgAEn")
                .put("session_id", "s")
                .put("sender_key", "k")
                .put("device_id", by.device());
        return server.put(by, path, body).status();
    }

    private String conversation(Person by, Person with, String kind) {
        var body = Json.object().put("kind", kind).put("purpose", "Tests").put("request_id", kind + by.id());
        body.putArray("member_user_ids").add(with.id());
        return server.post(by, "/_lanyard/v1/conversations", body).text("room_id");
    }
}
