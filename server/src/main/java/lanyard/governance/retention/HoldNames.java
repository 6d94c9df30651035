package lanyard.governance.retention;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import lanyard.messaging.patient.PatientId;
import lanyard.messaging.patient.Patients;
import lanyard.messaging.room.Rooms;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.standards.nhs.NhsNumber;
import lanyard.trust.hold.Hold;
import lanyard.trust.hold.HoldId;
import lanyard.trust.hold.HoldSubject;
import lanyard.trust.hold.Holds;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Identity;

/// What people call what they want held.
final class HoldNames {
    private final RetentionGround ground;
    private final Holds holds;
    private final Rooms rooms;
    private final Patients patients;
    private final Identity identity;

    HoldNames(RetentionGround ground, Holds holds, Retention.Conversations conversations, Identity identity) {
        this.ground = ground;
        this.holds = holds;
        this.rooms = conversations.rooms();
        this.patients = conversations.patients();
        this.identity = identity;
    }

    Holds holds() {
        return holds;
    }

    /// Looking over HTTP, where no page of the console writes it down.
    Caller looked(Caller caller) {
        return ground.looked(caller, "holds");
    }

    /// Without those on the caller, and those of a case in which they have a part: who is inquired into does not learn
    /// of it here.
    List<Hold> listStanding(Caller caller) {
        return ground.database().read(tx -> holds.listStanding(tx, caller.organization())).stream()
                .filter(shownTo(caller))
                .toList();
    }

    private Predicate<Hold> shownTo(Caller caller) {
        var accounts = identity.people().accountsOf(caller.user());
        return holds.shownTo(caller.user()).and(hold -> !isOn(hold.subject(), accounts));
    }

    private static boolean isOn(HoldSubject subject, Set<UserId> accounts) {
        return subject.kind() == HoldSubject.Kind.PERSON && accounts.contains(new UserId(subject.id()));
    }

    /// A hold that the caller may lift. Errors: `M_NOT_FOUND`, also for another organisation's and for one that they
    /// are not shown.
    HoldId find(Caller caller, String id) {
        return Optional.of(id)
                .filter(text -> text.matches("[0-9a-f]{1,64}"))
                .map(HoldId::new)
                .flatMap(known -> ground.database().read(tx -> holds.find(tx, caller.organization(), known)))
                .filter(shownTo(caller))
                .map(Hold::id)
                .orElseThrow(() ->
                        new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such hold, or it was lifted before."));
    }

    /// A hold on what there is not would hold nothing, and nobody would know. Errors: `M_NOT_FOUND`.
    HoldSubject named(String organization, HoldSubject.Kind kind, String subject) {
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
}
