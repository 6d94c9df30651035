package lanyard.governance.disclosure;

import java.util.Set;
import lanyard.messaging.patient.PatientId;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;

/// What a request is about: colleagues, patients of the register, rooms, and from when to when (milliseconds since
/// 1970, both included).
public record CaseScope(Set<UserId> persons, Set<PatientId> patients, Set<RoomId> rooms, long fromTs, long toTs) {
    private static final int MOST = 200;

    public CaseScope {
        persons = Set.copyOf(persons);
        patients = Set.copyOf(patients);
        rooms = Set.copyOf(rooms);
        if (fromTs < 0 || fromTs > toTs) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "The first day is not after the last.");
        }
        if (persons.size() > MOST || patients.size() > MOST || rooms.size() > MOST) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "A case names at most 200 of each.");
        }
    }

    boolean namesNothing() {
        return persons.isEmpty() && patients.isEmpty() && rooms.isEmpty();
    }
}
