package lanyard.messaging.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import lanyard.messaging.patient.Patient;
import lanyard.messaging.patient.PatientGround;
import lanyard.messaging.patient.PatientId;
import lanyard.messaging.patient.Patients;
import lanyard.messaging.patient.TestRooms;
import lanyard.platform.http.TestHttp;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.standards.nhs.NhsNumber;
import lanyard.traceability.Rule;
import lanyard.trust.identity.TestIdentity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Through the route, cell by cell.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForwardsTest {
    private static final String ORGANIZATION = TestIdentity.ORGANIZATION.odsCode();

    private final TestIdentity ward = TestIdentity.start();
    private final TestRooms rooms = new TestRooms(ward);
    private final Patients patients = new Patients(
            new PatientGround(ward.database, ward.writer, ward.keys, ward.audit, ward.clock, ward.random),
            ward.identity,
            rooms.timeline,
            rooms.rooms);
    private final TestHttp http = TestHttp.serving(new Forwards(new ForwardParts(
            ward.database, ward.writer, rooms.timeline, rooms.rooms, patients, ward.identity, ward.audit)));
    private final UserId nurse = ward.person("jo", "Jo Nurse");
    private final UserId doctor = ward.person("sam", "Sam Doctor");
    private final UserId stranger = ward.person("lee", "Lee Stranger");
    private final Map<String, RoomId> places = new HashMap<>();
    private final Map<RoomId, EventId> said = new HashMap<>();

    @BeforeAll
    void conversationsOfEveryKind() {
        var ada = patients.register(
                ORGANIZATION, new Patient("Ada Example", LocalDate.parse("1951-02-03"), NhsNumber.of("9990000018")));
        var ben = patients.register(
                ORGANIZATION, new Patient("Ben Example", LocalDate.parse("1988-07-30"), NhsNumber.of("9990000026")));
        for (var kind : new String[] {"clinical", "operational", "social"}) {
            place(kind, kind);
            place(kind + "-other", kind);
        }
        link(place("ada", "clinical"), ada);
        link(place("ada-other", "clinical"), ada);
        link(place("ben", "clinical"), ben);
    }

    @AfterAll
    void close() {
        http.close();
        rooms.close();
        ward.close();
    }

    private RoomId place(String name, String kind) {
        var room = rooms.room(kind, nurse, doctor);
        places.put(name, room);
        said.put(room, rooms.message(room, doctor, "the words"));
        return room;
    }

    private void link(RoomId room, PatientId patient) {
        ward.writer.write(commit -> {
            patients.link(commit, room, patient, nurse);
            return true;
        });
    }

    private TestHttp.Answer forward(UserId by, RoomId from, EventId event, RoomId to) {
        var path = "/_lanyard/v1/rooms/" + URLEncoder.encode(from.value(), StandardCharsets.UTF_8) + "/forwards";
        var body = Json.object().put("event_id", event.value()).put("to_room_id", to.value());
        return http.post(path, rooms.token(by), body);
    }

    /// Every deed so far; between two looks there is only forwarding.
    private long deeds() {
        return ward.database.read(tx ->
                tx.query("select count(*) from audit_leaf").mapTo(Long.class).one());
    }

    @ParameterizedTest(name = "from {0} to {1}: {2}")
    @CsvSource({
        "clinical, clinical-other, yes",
        "ada, ada-other, yes",
        "ada, ben, no",
        "ada, clinical, no",
        "clinical, ada, no",
        "clinical, operational, no",
        "clinical, social, no",
        "operational, clinical, yes",
        "operational, ada, yes",
        "operational, operational-other, yes",
        "operational, social, no",
        "social, clinical, no",
        "social, operational, no",
        "social, social-other, yes",
    })
    @Rule("G29")
    void eachCellOfTheMatrixIsAsTheTableSays(String from, String to, String may) {
        var source = known(from);
        rooms.token(nurse);
        var before = deeds();
        var answer = forward(nurse, source, saidIn(source), known(to));
        assertThat(answer.status()).as(answer.text()).isEqualTo(may.equals("yes") ? 200 : 403);
        assertThat(deeds() - before).isEqualTo(may.equals("yes") ? 1 : 0);
        if (may.equals("no")) {
            assertThat(answer.errcode()).isEqualTo("M_FORBIDDEN");
        }
    }

    @Test
    void whoIsNotInBothConversationsForwardsNothing() {
        var mine = rooms.room("social", nurse, doctor);
        var event = rooms.message(mine, nurse, "the words");
        var theirs = rooms.room("social", doctor, stranger);
        assertThat(forward(nurse, mine, event, theirs).errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(forward(stranger, mine, event, theirs).errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(forward(doctor, mine, event, theirs).status()).isEqualTo(200);
    }

    @Test
    void aMessageThatIsNotThereIsNotForwarded() {
        var elsewhere = saidIn(known("ada"));
        assertThat(forward(nurse, known("social"), elsewhere, known("social-other"))
                        .errcode())
                .isEqualTo("M_NOT_FOUND");
    }

    private RoomId known(String name) {
        return Objects.requireNonNull(places.get(name), name);
    }

    private EventId saidIn(RoomId room) {
        return Objects.requireNonNull(said.get(room), room.value());
    }
}
