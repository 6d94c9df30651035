package lanyard.abuse;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import lanyard.MovableClock;
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
    private TestServer server;

    @BeforeAll
    void start() {
        server = TestServer.demonstration(new MovableClock(Instant.parse("2026-11-22T09:00:00Z")), Map.of());
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
        server.phoneRules(3, 2, Map.of());
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
            server.phoneRules(3, 1, Map.of());
        }
    }

    @Test
    @Rule("G18")
    @DisplayName("J5: a phone of which something is not known well enough is refused with the reason")
    void j5APhoneThatThePolicyDoesNotAllowIsRefusedWithTheReason() {
        var doctor = server.signIn("priya.nair");
        server.phoneRules(3, 1, Map.of("screen_lock", "self_reported"));
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
            answers.putObject("answers").put("screen_lock", true);
            server.put(doctor, "/_lanyard/v1/handsets/" + phone + "/facts", answers);
            assertThat(server.get(doctor, V3 + "sync").status()).isEqualTo(200);
            server.phoneRules(3, 1, Map.of("screen_lock", "attested"));
            assertThat(server.get(doctor, V3 + "sync").text("errcode"))
                    .as("its own word is not enough")
                    .isEqualTo("ORG_LANYARD_PHONE_NOT_ALLOWED");
        } finally {
            server.phoneRules(3, 1, Map.of());
        }
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
