package lanyard.messaging.directory;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lanyard.messaging.directory.DirectoryStore.Pair;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Person;

/// Whether somebody is asked which of two people they mean, and that they have said so.
///
/// What could go wrong: asked too often, people tap without reading. So a pair is asked about once a week at most, and
/// only where the other can be reached too.
final class ToldApart {
    static final Duration GOOD_FOR = Duration.ofDays(7);

    /// Why somebody is asked, the strongest reason first.
    enum Why {
        OTHER_EMPLOYER,
        ROOM_WITH_OUTSIDERS,
        FIRST_CONTACT,
        NOT_THIS_WEEK
    }

    private final Directory directory;
    private final DirectoryParts parts;
    private final DirectoryStore store = new DirectoryStore();

    ToldApart(Directory directory, DirectoryParts parts) {
        this.directory = directory;
        this.parts = parts;
    }

    /// Whom `person` might be taken for by the caller, who is not taken for anybody.
    List<Person> near(Caller caller, Person person) {
        if (person.id().equals(caller.user())) {
            return List.of();
        }
        return directory.near(person).stream()
                .filter(other -> !other.id().equals(caller.user()))
                .toList();
    }

    /// Those whom the caller has told apart within the week.
    Set<Pair> known(Caller caller) {
        var since = parts.ground().now().minus(GOOD_FOR);
        return parts.ground().database().read(tx -> store.listToldApart(tx, caller.user(), since));
    }

    static boolean asks(Set<Pair> known, Person person, List<Person> near) {
        return near.stream().anyMatch(other -> other.reachable() && !known.contains(Pair.of(person.id(), other.id())));
    }

    /// @param room the conversation that somebody is chosen for
    Why why(Caller caller, Person person, List<RoomId> sharedRooms, Optional<RoomId> room) {
        if (person.isOutsider()) {
            return Why.OTHER_EMPLOYER;
        }
        if (room.filter(id -> hasOutsiders(caller, id)).isPresent()) {
            return Why.ROOM_WITH_OUTSIDERS;
        }
        return sharedRooms.isEmpty() ? Why.FIRST_CONTACT : Why.NOT_THIS_WEEK;
    }

    private boolean hasOutsiders(Caller caller, RoomId room) {
        return parts.beside().apply(caller.user(), room).stream()
                .flatMap(user -> parts.identity().people().find(user).stream())
                .anyMatch(Person::isOutsider);
    }

    /// The caller has seen the cards and means this person. It holds for the pairs as they are now: somebody new with a
    /// near name is asked about anew.
    void told(Caller caller, UserId chosen) {
        var person = directory.person(caller, chosen);
        var near = near(caller, person);
        parts.ground().writer().write(commit -> {
            var now = parts.ground().now();
            near.forEach(other -> store.toldApart(commit.tx(), caller.user(), Pair.of(person.id(), other.id()), now));
            return near.size();
        });
    }

    void sweep() {
        parts.ground().database().write(tx -> {
            store.forgetToldApart(tx, parts.ground().now().minus(GOOD_FOR));
            return true;
        });
    }
}
