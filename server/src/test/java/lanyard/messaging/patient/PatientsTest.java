package lanyard.messaging.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.LocalDate;
import lanyard.platform.http.TestHttp;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.StateKey;
import lanyard.standards.nhs.NhsNumber;
import lanyard.traceability.Rule;
import lanyard.trust.identity.TestIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

class PatientsTest {
    private static final Logger OURS = (Logger) LoggerFactory.getLogger("lanyard");
    private static final String ORGANIZATION = TestIdentity.ORGANIZATION.odsCode();
    private static final Patient ADA =
            new Patient("Ada Example", LocalDate.parse("1951-02-03"), NhsNumber.of("999 000 0018"));
    private static final Patient BEN =
            new Patient("Ben Example", LocalDate.parse("1988-07-30"), NhsNumber.of("999 000 0026"));

    private final TestIdentity ward = TestIdentity.start();
    private final TestRooms rooms = new TestRooms(ward);
    private final Patients patients = new Patients(
            new PatientGround(ward.database, ward.writer, ward.keys, ward.audit, ward.clock, ward.random),
            ward.identity,
            rooms.timeline,
            rooms.rooms);
    private final TestHttp http = TestHttp.serving(patients);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    private final UserId owner = ward.person("jo", "Jo Owner");
    private final UserId member = ward.person("sam", "Sam Member");
    private final UserId stranger = ward.person("lee", "Lee Stranger");
    private final RoomId clinical = rooms.room("clinical", owner, member);
    private final RoomId social = rooms.room("social", owner, member);
    private final PatientId ada = patients.register(ORGANIZATION, ADA);

    @BeforeEach
    void listenToEverything() {
        log.start();
        OURS.setLevel(Level.DEBUG);
        OURS.setAdditive(false);
        OURS.addAppender(log);
    }

    @AfterEach
    void nothingPersonalWasLogged() {
        OURS.detachAppender(log);
        OURS.setAdditive(true);
        OURS.setLevel(Level.INFO);
        http.close();
        rooms.close();
        ward.close();
        assertThat(log.list).noneMatch(event -> event.getFormattedMessage().matches("(?s).*(999 ?000 ?00|Ada|1951).*"));
    }

    @Test
    @Rule("G13")
    void aPatientIsFoundByTheirNumberHoweverItIsTyped() {
        var found = find("999 000-0018");
        assertThat(found.status()).isEqualTo(200);
        assertThat(found.json())
                .isEqualTo(Json.object()
                        .put("patient_id", ada.value())
                        .put("name", "Ada Example")
                        .put("birth_date", "1951-02-03")
                        .put("nhs_number", "9990000018"));
    }

    @Test
    void aNumberThatFailsItsCheckIsRefusedWithoutRepeatingIt() {
        var refused = find("9990000019");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.errcode()).isEqualTo("M_INVALID_PARAM");
        assertThat(refused.text()).doesNotContain("9990000019");
        assertThat(http.post(
                                "/_lanyard/v1/patients/find",
                                token(owner),
                                Json.object().put("nhs_number", 9990000018L))
                        .errcode())
                .isEqualTo("M_BAD_JSON");
    }

    @Test
    void anUnknownNumberIsNotFound() {
        var unknown = find("9990000034");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.text()).doesNotContain("9990000034");
    }

    @Test
    void numbersCannotBeTriedOneAfterTheOther() {
        for (var i = 0; i < 30; i++) {
            find("9990000034");
        }
        assertThat(find("9990000018").errcode()).isEqualTo("M_LIMIT_EXCEEDED");
    }

    @Test
    void whoIsNotSignedInFindsNobody() {
        assertThat(http.post("/_lanyard/v1/patients/find", null, Json.object().put("nhs_number", "9990000018"))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void registeringAgainCorrectsTheSamePatient() {
        var corrected = new Patient("Ada Corrected", ADA.birthDate(), ADA.nhsNumber());
        assertThat(patients.register(ORGANIZATION, corrected)).isEqualTo(ada);
        assertThat(patients.find(ORGANIZATION, ADA.nhsNumber()).orElseThrow().patient())
                .isEqualTo(corrected);
        assertThat(patients.find("OTHER", ADA.nhsNumber())).isEmpty();
    }

    @Test
    void theTableShowsNothingAboutAnybody() {
        var dump = ward.database.read(tx -> tx.query("select patient::text from patient")
                .mapTo(String.class)
                .one());
        assertThat(dump)
                .doesNotContain("9990000018", "Ada Example", "1951-02-03", hex("9990000018"), hex("Ada Example"));
        assertThat(ADA + " " + ADA.nhsNumber() + new Patients.Registered(ada, ADA))
                .doesNotContain("9990000018", "Ada Example", "1951-02-03");
    }

    @Test
    @Rule("G13")
    void theOwnerLinksAPatientAndMembersSeeTheBanner() {
        assertThat(link(clinical, owner, ada).status()).isEqualTo(200);
        assertThat(banner(clinical, member).json())
                .isEqualTo(Json.object()
                        .put("name", "Ada Example")
                        .put("birth_date", "1951-02-03")
                        .put("nhs_number", "9990000018")
                        .put("version", 1));
        assertThat(rooms.state(clinical, "org.lanyard.patient", ""))
                .containsExactly("{\"linked\":true,\"version\":1,\"by\":\"" + owner.value() + "\"}");
    }

    @Test
    void linkingTheSamePatientAgainChangesNothingAndAnotherCountsAVersion() {
        link(clinical, owner, ada);
        link(clinical, owner, ada);
        assertThat(rooms.state(clinical, "org.lanyard.patient", "")).hasSize(1);
        link(clinical, owner, patients.register(ORGANIZATION, BEN));
        assertThat(rooms.state(clinical, "org.lanyard.patient", "")).hasSize(2);
        assertThat(banner(clinical, member).text()).contains("Ben Example", "\"version\":2");
    }

    @Test
    void aModeratorLinksWithoutOwningTheRoom() {
        var levels = rooms.timeline
                .getRoom(clinical)
                .state(StateKey.of("m.room.power_levels"))
                .orElseThrow()
                .content()
                .deepCopy();
        ((ObjectNode) levels.get("users")).put(member.value(), 50);
        ward.writer.write(
                commit -> rooms.rooms.sendStateAsService(commit, clinical, "m.room.power_levels", "", levels));
        assertThat(link(clinical, member, ada).status()).isEqualTo(200);
    }

    @Test
    void anOrdinaryMemberCannotLink() {
        assertThat(link(clinical, member, ada).errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(banner(clinical, owner).status()).isEqualTo(404);
    }

    @Test
    @Rule("G29")
    void aSocialRoomIsAboutNobody() {
        assertThat(link(social, owner, ada).errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(banner(social, owner).status()).isEqualTo(404);
    }

    @Test
    void aPatientWhoIsNotInTheRegisterIsNotLinked() {
        assertThat(link(clinical, owner, new PatientId("00000000-0000-0000-0000-000000000000"))
                        .status())
                .isEqualTo(404);
        assertThat(http.put(path(clinical), token(owner), Json.object().put("patient_id", "9990000018"))
                        .errcode())
                .isEqualTo("M_INVALID_PARAM");
    }

    @Test
    void aForeignRoomAnswersAsOneThatDoesNotExist() {
        link(clinical, owner, ada);
        var nowhere = new RoomId("!nowhere");
        assertThat(banner(clinical, stranger).text())
                .isEqualTo(banner(nowhere, stranger).text());
        assertThat(banner(clinical, stranger).status()).isEqualTo(403);
        assertThat(link(clinical, stranger, ada).text())
                .isEqualTo(link(nowhere, stranger, ada).text());
    }

    @Test
    void whoHasLeftNoLongerSeesTheBanner() {
        link(clinical, owner, ada);
        rooms.leave(clinical, member);
        assertThat(banner(clinical, member).status()).isEqualTo(403);
    }

    @Test
    void anExceptionSaysNothingAboutAnybody() {
        assertThatThrownBy(() -> new Patient("\n", ADA.birthDate(), ADA.nhsNumber()))
                .hasMessageNotContaining("999");
        assertThatThrownBy(() -> new PatientId("Ada"))
                .isInstanceOf(MatrixException.class)
                .hasMessageNotContaining("Ada");
    }

    private TestHttp.Answer find(String number) {
        return http.post(
                "/_lanyard/v1/patients/find", token(owner), Json.object().put("nhs_number", number));
    }

    private TestHttp.Answer link(RoomId room, UserId by, PatientId patient) {
        ObjectNode body = Json.object().put("patient_id", patient.value());
        return http.put(path(room), token(by), body);
    }

    private TestHttp.Answer banner(RoomId room, UserId by) {
        return http.get(path(room), token(by));
    }

    private static String path(RoomId room) {
        return "/_lanyard/v1/rooms/" + room.value() + "/patient";
    }

    private String token(UserId user) {
        return rooms.token(user);
    }

    private static String hex(String text) {
        return java.util.HexFormat.of().formatHex(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
