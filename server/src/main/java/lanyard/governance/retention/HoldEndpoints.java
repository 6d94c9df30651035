package lanyard.governance.retention;

import java.time.Instant;
import java.util.Optional;
import lanyard.messaging.patient.PatientId;
import lanyard.messaging.patient.Patients;
import lanyard.messaging.room.Rooms;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.standards.nhs.NhsNumber;
import lanyard.trust.hold.Hold;
import lanyard.trust.hold.HoldId;
import lanyard.trust.hold.HoldSubject;
import lanyard.trust.hold.Holds;
import lanyard.trust.hold.NewHold;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Duty;
import lanyard.trust.identity.Identity;
import tools.jackson.databind.node.ObjectNode;

/// "Holds" in `docs/api.md`.
final class HoldEndpoints {
    private static final String HOLDS = "/_lanyard/v1/holds";

    private final RetentionGround ground;
    private final Holds holds;
    private final Identity identity;
    private final Rooms rooms;
    private final Patients patients;

    HoldEndpoints(
            RetentionGround ground, Holds holds, Retention.Conversations conversations, Identity identity) {
        this.ground = ground;
        this.holds = holds;
        this.identity = identity;
        this.rooms = conversations.rooms();
        this.patients = conversations.patients();
    }

    void addTo(Routes routes) {
        routes.add("GET " + HOLDS, this::listHolds);
        routes.add("POST " + HOLDS, this::placeHold);
        routes.add("POST " + HOLDS + "/{holdId}/lift", this::liftHold);
    }

    private Caller officer(Exchange x) {
        var caller = identity.caller(x);
        identity.duties().require(caller, Duty.RECORDS, Duty.INFORMATION_GOVERNANCE, Duty.DATA_PROTECTION_OFFICER);
        return caller;
    }

    private Reply listHolds(Exchange x) {
        var caller = officer(x);
        var reply = Json.object();
        var list = reply.putArray("holds");
        ground.database()
                .read(tx -> holds.listStanding(tx, caller.organization()))
                .forEach(hold -> list.add(shown(hold)));
        return Reply.json(reply);
    }

    private static ObjectNode shown(Hold hold) {
        var shown = Json.object()
                .put("hold_id", hold.id().value())
                .put("kind", hold.subject().kind().word())
                .put("subject", hold.subject().id())
                .put("reason", hold.reason())
                .put("placed_by", hold.placedBy().value())
                .put("placed_ts", hold.placedAt().toEpochMilli());
        hold.subject().from().ifPresent(from -> shown.put("from_ts", from.toEpochMilli()));
        hold.subject().to().ifPresent(to -> shown.put("to_ts", to.toEpochMilli()));
        return shown;
    }

    private Reply placeHold(Exchange x) {
        var caller = officer(x);
        var body = x.body();
        var subject = named(caller, HoldSubject.Kind.of(Json.text(body, "kind")), Json.text(body, "subject"))
                .within(time(body, "from_ts"), time(body, "to_ts"));
        var id = holds.place(new NewHold(caller.organization(), subject, caller.user(), Json.text(body, "reason")));
        return Reply.json(201, Json.object().put("hold_id", id.value()));
    }

    /// A hold on what there is not would hold nothing, and nobody would know. Errors: `M_NOT_FOUND`.
    private HoldSubject named(Caller caller, HoldSubject.Kind kind, String subject) {
        var organization = caller.organization();
        return switch (kind) {
            case ROOM ->
                rooms.find(new RoomId(subject))
                        .filter(room -> room.organization().equals(organization))
                        .map(room -> HoldSubject.room(room.room()))
                        .orElseThrow(() -> none("conversation"));
            case PERSON ->
                identity.people()
                        .find(new UserId(subject))
                        .filter(person -> person.organization().equals(organization))
                        .map(person -> HoldSubject.person(person.id()))
                        .orElseThrow(() -> none("person"));
            case PATIENT -> HoldSubject.patient(patient(organization, subject).value());
        };
    }

    /// By the register's id or by the NHS number.
    private PatientId patient(String organization, String subject) {
        if (subject.matches("[0-9 ]{10,14}")) {
            return patients.find(organization, NhsNumber.of(subject))
                    .orElseThrow(() -> none("patient"))
                    .id();
        }
        var id = new PatientId(subject);
        ground.database().read(tx -> patients.get(tx, organization, id));
        return id;
    }

    private static MatrixException none(String what) {
        return new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such " + what + " in this organisation.");
    }

    private static Optional<Instant> time(ObjectNode body, String field) {
        return Json.optionalLong(body, field).map(Instant::ofEpochMilli);
    }

    private Reply liftHold(Exchange x) {
        var caller = officer(x);
        var id = Optional.of(x.param("holdId"))
                .filter(text -> text.matches("[0-9a-f]{1,64}"))
                .map(HoldId::new)
                .filter(found -> ground.database()
                        .read(tx -> holds.organization(tx, found))
                        .filter(caller.organization()::equals)
                        .isPresent())
                .orElseThrow(() -> new MatrixException(
                        ErrorCode.M_NOT_FOUND, "There is no such hold, or it was lifted before."));
        holds.lift(id, caller.user(), Json.text(x.body(), "reason"));
        return Reply.empty();
    }
}
