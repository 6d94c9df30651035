package lanyard.governance.carerecord;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import lanyard.messaging.patient.Patient;
import lanyard.messaging.patient.PatientGround;
import lanyard.messaging.patient.PatientId;
import lanyard.messaging.patient.Patients;
import lanyard.messaging.patient.TestRooms;
import lanyard.platform.blob.Blobs;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.standards.nhs.NhsNumber;
import lanyard.trust.hold.HoldId;
import lanyard.trust.hold.Holds;
import lanyard.trust.hold.NewHold;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Duty;
import lanyard.trust.identity.NewPerson;
import lanyard.trust.identity.TestIdentity;
import lanyard.trust.policy.Policies;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A ward with a clinical room about a patient, three members, and a health record that can misbehave.
public final class TestRecord implements AutoCloseable {
    public static final Duration GRACE = Duration.ofHours(24);
    public static final String SUMMARY = "Furosemide 40 mg once.";

    public final TestIdentity ward = TestIdentity.start();
    public final TestRooms rooms = new TestRooms(ward);
    public final Holds holds = new Holds(ward.writer, ward.audit, ward.clock, ward.random);
    public final Policies policies = new Policies(ward.database, ward.writer, ward.audit, ward.keys, ward.clock);
    public final Patients patients = new Patients(
            new PatientGround(ward.database, ward.writer, ward.keys, ward.audit, ward.clock, ward.random),
            ward.identity,
            rooms.timeline,
            rooms.rooms);
    public final UserId registrar =
            ward.person("jo", "Dr Jo Smith", new NewPerson.Post("Medical registrar", "Ward 7", "GMC", "7012345"));
    public final UserId pharmacist =
            ward.person("sam", "Sam Okafor", new NewPerson.Post("Ward pharmacist", "Ward 7", "GPhC", "2012345"));
    public final UserId nurse = ward.person("lee", "Lee Park");
    public final UserId stranger =
            ward.person("kim", "Kim Away", new NewPerson.Post("Nurse", "Ward 7", "NMC", "18A0002E"));
    public final PatientId patient = patients.register(
            TestIdentity.ORGANIZATION.odsCode(),
            new Patient("Ada Example", LocalDate.parse("1951-02-03"), NhsNumber.of("9990000018")));
    public final RoomId room = rooms.room("clinical", registrar, pharmacist, nurse);
    final FhirStub stub = new FhirStub();
    final CareRecordGround ground;
    public final CareRecord careRecord;
    private final RecordSink deliverTo;
    private final boolean communications;
    private int requests;

    public TestRecord() {
        this(null);
    }

    public TestRecord(@Nullable RecordSink sink) {
        this(sink, false);
    }

    /// @param communications whether the record is told who was told
    TestRecord(@Nullable RecordSink sink, boolean communications) {
        deliverTo = sink == null ? new FhirSink(stub.address()) : sink;
        this.communications = communications;
        ground = new CareRecordGround(
                ward.database, ward.writer, ward.keys, ward.audit, ward.clock, ward.random, images(), lists());
        careRecord = started();
        policies.establish(TestIdentity.ORGANIZATION.odsCode());
        link(room, patient);
    }

    /// As after a restart.
    CareRecord started() {
        return new CareRecord(
                ground,
                new CareRecordSettings(
                        organization -> deliverTo,
                        CareRecordSettings.USUAL_TYPE,
                        communications,
                        work -> {},
                        new Random(7)),
                new CareRecord.Others(ward.identity, patients, policies, holds, rooms.timeline, rooms.rooms));
    }

    private static Path lists() {
        try {
            return Files.createTempDirectory("lanyard-record-lists");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Blobs images() {
        try {
            return Blobs.in(Files.createTempDirectory("lanyard-record-images"), ward.keys);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void link(RoomId to, PatientId about) {
        ward.writer.write(commit -> {
            patients.link(commit, to, about, registrar);
            return true;
        });
    }

    public HoldId hold() {
        return holds.place(
                new NewHold(TestIdentity.ORGANIZATION.odsCode(), room, registrar, "request for information 7"));
    }

    /// The body of a decision that the pharmacist writes and the registrar took.
    public ObjectNode body(EventId summary, EventId... sources) {
        var body = Json.object()
                .put("request_id", "r" + ++requests)
                .put("summary_event_id", summary.value())
                .put("summary", SUMMARY)
                .put("decided_ts", ward.clock.millis())
                .put("decider_user_id", registrar.value());
        var list = body.putArray("source_event_ids");
        List.of(sources).forEach(source -> list.add(source.value()));
        return body;
    }

    /// Signed by the pharmacist and not yet delivered.
    public String decide(EventId summary, EventId... sources) {
        return decideIn(room, summary, sources);
    }

    public String decideIn(RoomId where, EventId summary, EventId... sources) {
        ward.signedIn(pharmacist, new DeviceId("PHONE"));
        var caller = new Caller(pharmacist, new DeviceId("PHONE"), TestIdentity.ORGANIZATION.odsCode());
        var asked = new NewDecision(
                where,
                "r" + ++requests,
                List.of(sources),
                summary,
                SUMMARY,
                ward.clock.instant(),
                registrar,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
        return careRecord.decide(caller, asked).id().toString();
    }

    /// Rae, who keeps the organisation's records.
    public UserId recordsOfficer() {
        var rae = ward.person("rae", "Rae Records");
        ward.writer.write(commit -> {
            ward.identity.duties().give(commit, rae, Duty.RECORDS, nurse);
            return rae;
        });
        return rae;
    }

    public String token(UserId user) {
        return rooms.token(user);
    }

    @Override
    public void close() {
        stub.close();
        rooms.close();
        ward.close();
    }
}
