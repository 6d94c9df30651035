package lanyard.trust.hold;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;

/// What somebody would destroy, by every name under which a hold may cover it.
///
/// @param people everybody who ever was in one of the rooms
/// @param patients whom one of the rooms ever was about, by the register's id
public record Doomed(Set<RoomId> rooms, Set<UserId> people, Set<String> patients) {
    public Doomed {
        rooms = Set.copyOf(rooms);
        people = Set.copyOf(people);
        patients = Set.copyOf(patients);
    }

    /// The same with more people.
    public Doomed withPeople(Collection<UserId> more) {
        var all = new HashSet<>(people);
        all.addAll(more);
        return new Doomed(rooms, all, patients);
    }
}
