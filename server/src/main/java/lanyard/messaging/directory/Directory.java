package lanyard.messaging.directory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import lanyard.platform.Feature;
import lanyard.platform.PersonalData;
import lanyard.platform.http.Routes;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Identity;
import lanyard.trust.identity.Person;

/// Finding a colleague of one's own organisation, and being told when another's name is near. There is no address book
/// but this one.
public final class Directory implements Feature {
    static final int MOST_FOUND = 50;
    /// So late another node's change is seen at most.
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final Identity identity;
    private final InstantSource clock;
    private final Nicknames nicknames = Nicknames.load();
    private final AtomicLong changes = new AtomicLong();
    private final Map<String, Built> built = new ConcurrentHashMap<>();

    private record Built(DirectoryIndex index, long changes, Instant at) {}

    public Directory(Identity identity, InstantSource clock) {
        this.identity = identity;
        this.clock = clock;
        identity.people().whenChanged(_ -> changes.incrementAndGet());
    }

    /// Best first. `limited` when there are more.
    public record Found(List<Person> people, boolean limited) {}

    public Found search(Caller caller, String term, int limit) {
        var most = Math.min(limit, MOST_FOUND);
        var people = index(caller.organization()).search(term, most);
        return new Found(people.stream().limit(most).toList(), people.size() > most);
    }

    /// Colleagues whose names are near, whom a tired person might take for `person`.
    public List<Person> near(Person person) {
        return index(person.organization()).near(person.id());
    }

    /// Somebody of the caller's organisation. Errors: `M_NOT_FOUND` for anybody else.
    public Person person(Caller caller, UserId user) {
        return identity.people()
                .find(user)
                .filter(person -> person.organization().equals(caller.organization()))
                .orElseThrow(() ->
                        new MatrixException(ErrorCode.M_NOT_FOUND, "Nobody of your organisation has that user id."));
    }

    private DirectoryIndex index(String organization) {
        var known = built.get(organization);
        var now = clock.instant();
        if (known != null
                && known.changes() == changes.get()
                && now.isBefore(known.at().plus(FRESH))) {
            return known.index();
        }
        var before = changes.get();
        var index = new DirectoryIndex(identity.people().listStaff(organization), nicknames);
        built.put(organization, new Built(index, before, now));
        return index;
    }

    @Override
    public void routes(Routes routes) {
        new DirectoryEndpoints(this, identity).addTo(routes);
    }

    @Override
    public PersonalData personalData() {
        return PersonalData.none("it searches what identity holds, in memory.");
    }
}
