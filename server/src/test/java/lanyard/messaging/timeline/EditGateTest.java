package lanyard.messaging.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import lanyard.messaging.patient.TestRooms;
import lanyard.platform.http.TestHttp;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.TestIdentity;
import lanyard.trust.policy.EverydayRules;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// As any client would send it: the relation is in clear, what is said is not.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EditGateTest {
    private final TestIdentity ward = TestIdentity.start();
    private final TestRooms rooms = new TestRooms(ward);
    private final TestHttp http = TestHttp.serving(messages());
    private final UserId nurse = ward.person("jo", "Jo Nurse");
    private final UserId doctor = ward.person("sam", "Sam Doctor");
    private final RoomId room = rooms.room("clinical", nurse, doctor);

    private Messages messages() {
        var messages = new Messages(
                rooms.timeline, rooms.marks, (user, of, event) -> {}, new Typing(rooms.timeline), ward.identity);
        messages.stands(new EditGate(rooms.timeline, organization -> EverydayRules.STANDARD.editWithin(), ward.clock));
        return messages;
    }

    @AfterAll
    void close() {
        http.close();
        rooms.close();
        ward.close();
    }

    private TestHttp.Answer edit(UserId by, EventId of, String transaction) {
        var content = Json.object().put("algorithm", "m.megolm.v1.aes-sha2").put("ciphertext", "better");
        content.putObject("m.relates_to").put("rel_type", "m.replace").put("event_id", of.value());
        var path = "/_matrix/client/v3/rooms/" + URLEncoder.encode(room.value(), StandardCharsets.UTF_8)
                + "/send/m.room.encrypted/" + transaction;
        return http.put(path, rooms.token(by), content);
    }

    @Test
    void theAuthorChangesAMessageForAQuarterOfAnHour() {
        var event = rooms.message(room, nurse, "helo");
        ward.clock.pass(Duration.ofMinutes(15));
        assertThat(edit(nurse, event, "in-time").status()).isEqualTo(200);
        ward.clock.pass(Duration.ofMillis(1));
        var late = edit(nurse, event, "late");
        assertThat(late.errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(late.text()).contains("15 minutes");
    }

    @Test
    void anEditWhoseAnswerWasLostIsAnsweredAgainWhenItsTimeIsOver() {
        var event = rooms.message(room, nurse, "helo");
        var first = edit(nurse, event, "lost");
        ward.clock.pass(Duration.ofMinutes(20));
        assertThat(edit(nurse, event, "lost").text()).isEqualTo(first.text());
    }

    @Test
    void nobodyChangesWhatSomebodyElseSaid() {
        var event = rooms.message(room, nurse, "helo");
        assertThat(edit(doctor, event, "not-mine").errcode()).isEqualTo("M_FORBIDDEN");
    }

    @Test
    void whatIsNotThereCannotBeChanged() {
        assertThat(edit(nurse, new EventId("$" + "x".repeat(43)), "nothing").errcode())
                .isEqualTo("M_NOT_FOUND");
    }
}
