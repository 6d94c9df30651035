package lanyard;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.Map;
import lanyard.TestServer.Answer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// A client that keeps its keys from the custodian is found, its room is flagged, and where policy says so what it
/// sends is refused.
@Rule("G17")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeysWithheldTest {
    private TestServer server;
    private CaseFixture cases;
    private Person rhian;
    private Person amara;

    @BeforeAll
    void start() {
        server = TestServer.demonstration(InstantSource.system(), Map.of());
        cases = new CaseFixture(server);
        rhian = server.signIn("rhian.lloyd");
        amara = server.signIn("amara.okafor");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private void policy(boolean needed) {
        var policies = server.app().ground().trust().policies();
        var wanted = policies.of(Demonstration.ODS_CODE).withCustodianNeeded(needed);
        policies.change(Demonstration.ODS_CODE, wanted, new UserId("@officer:lanyard.localhost"), "a test");
    }

    private Answer tellWithheld(Person person, RoomId room) {
        var device = CaseFixture.custodianAsSeenBy(server, person)
                .months()
                .getFirst()
                .device();
        var content = Json.object()
                .put("algorithm", "m.megolm.v1.aes-sha2")
                .put("room_id", room.value())
                .put("session_id", "s1")
                .put("sender_key", "k")
                .put("code", "m.unverified");
        var body = Json.object();
        body.putObject("messages").putObject(CaseFixture.RECORDS.value()).set(device.value(), content);
        return server.put(
                person,
                CaseFixture.V3 + "sendToDevice/m.room_key.withheld/"
                        + room.value().hashCode(),
                body);
    }

    private Answer say(Person person, RoomId room, String transaction) {
        var content = Json.object().put("algorithm", "m.megolm.v1.aes-sha2").put("ciphertext", "AAAA");
        return server.put(
                person,
                CaseFixture.V3 + "rooms/" + segment(room.value()) + "/send/m.room.encrypted/" + transaction,
                content);
    }

    private String flags(Person person, RoomId room) {
        return server.get(person, CaseFixture.V3 + "rooms/" + segment(room.value()) + "/state")
                .body()
                .toString();
    }

    @Test
    void aClientThatSaysSoIsFlaggedThenRefusedByPolicyAndMendedByItsMail() {
        var room = cases.conversation(rhian, amara);
        assertThat(say(rhian, room, "a1").status()).isEqualTo(200);
        assertThat(flags(amara, room)).doesNotContain("org.lanyard.withheld");

        assertThat(tellWithheld(rhian, room).status()).isEqualTo(200);

        assertThat(flags(amara, room)).contains("org.lanyard.withheld", "m.unverified");
        assertThat(say(rhian, room, "a2").status()).as("flagged only").isEqualTo(200);
        policy(true);
        var refused = say(rhian, room, "a3");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text("error")).contains("records custodian");
        assertThat(say(amara, room, "a4").status()).as("of others").isEqualTo(200);
        cases.share(rhian, room);
        assertThat(say(rhian, room, "a5").status()).as("keys come again").isEqualTo(200);
        assertThat(flags(amara, room)).as("nobody is told so any more").doesNotContain("m.unverified");
        policy(false);
    }

    @Test
    void aDeviceThatSpeaksAndNeverSendsKeysIsFlagged() {
        var sian = server.signIn("sian.evans");
        var grace = server.signIn("grace.mensah");
        var room = cases.conversation(sian, grace);
        cases.share(grace, room);
        say(sian, room, "b1");
        say(grace, room, "b2");

        server.app().governance().custodian().findSilent();

        assertThat(flags(grace, room)).contains("no_mail", sian.device()).doesNotContain(grace.device() + "\",\"code");
    }

    @Test
    void nobodyFlagsARoomThatTheyAreNotIn() {
        var room = cases.conversation(amara, server.signIn("grace.mensah"));
        cases.conversation(rhian, amara);

        tellWithheld(rhian, room);

        assertThat(flags(amara, room)).doesNotContain("m.unverified");
    }
}
