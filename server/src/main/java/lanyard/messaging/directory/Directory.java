package lanyard.messaging.directory;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import lanyard.platform.Feature;
import lanyard.platform.PersonalData;
import lanyard.platform.http.Routes;
import lanyard.platform.jobs.Jobs;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.console.Console;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Person;
import lanyard.trust.scim.Photographs;
import tools.jackson.databind.node.ObjectNode;

/// Finding a colleague of one's own organisation, and being told when another's name is near. There is no address book
/// but this one. Owns the tables `told_apart` and `person_photo`.
public final class Directory implements Feature {
    static final int MOST_FOUND = 50;
    private static final String UNKNOWN = "unknown";
    private static final Duration LONGEST_PRACTICE = Duration.ofSeconds(4);

    private final DirectoryParts parts;
    private final Nicknames nicknames = Nicknames.load();
    private final Map<String, LiveIndex> indexes = new ConcurrentHashMap<>();
    private final AtomicBoolean practised = new AtomicBoolean();
    private final ToldApart toldApart;
    private final Photos photos;
    private Optional<Console> console = Optional.empty();
    private volatile Function<UserId, ObjectNode> availability =
            _ -> Json.object().put("state", UNKNOWN);

    public Directory(DirectoryParts parts) {
        this.parts = parts;
        this.toldApart = new ToldApart(this, parts);
        this.photos = new Photos(this, parts);
        parts.identity()
                .people()
                .whenChanged((organization, user) ->
                        Optional.ofNullable(indexes.get(organization)).ifPresent(index -> index.changed(user)));
    }

    /// Who says whether somebody is on duty: `{state, until_ts?, covered_by?}`.
    public void availability(Function<UserId, ObjectNode> said) {
        availability = said;
    }

    ObjectNode availabilityOf(UserId user) {
        return availability.apply(user);
    }

    /// Where photos are kept that the organisation's directory sends.
    public Photographs photographs() {
        return photos;
    }

    /// Staff photos have pages there.
    public Directory shownOn(Console pages) {
        console = Optional.of(pages);
        return this;
    }

    /// Best first. `limited` when there are more.
    public record Found(List<Person> people, boolean limited) {}

    public Found search(Caller caller, String term, int limit) {
        var most = Math.min(limit, MOST_FOUND);
        var people = index(caller.organization()).search(term, most);
        return new Found(people.stream().limit(most).toList(), people.size() > most);
    }

    /// Colleagues whose names are near, whom a tired person might take for `person`: those who can be reached first.
    public List<Person> near(Person person) {
        return index(person.organization()).near(person.id());
    }

    /// Somebody of the caller's organisation. Errors: `M_NOT_FOUND` for anybody else.
    public Person person(Caller caller, UserId user) {
        return parts.identity()
                .people()
                .find(user)
                .filter(person -> person.organization().equals(caller.organization()))
                .orElseThrow(() ->
                        new MatrixException(ErrorCode.M_NOT_FOUND, "Nobody of your organisation has that user id."));
    }

    private DirectoryIndex index(String organization) {
        return indexes.computeIfAbsent(
                        organization,
                        code -> new LiveIndex(code, parts.identity().people(), nicknames))
                .get();
    }

    /// So that nobody waits for the first search: in the background, the server serves meanwhile.
    private void warm() {
        for (var organization : parts.identity().organizations().list()) {
            var index = index(organization.odsCode());
            if (practised.compareAndSet(false, true)) {
                index.practise(LONGEST_PRACTICE);
            }
        }
    }

    private void sweep() {
        toldApart.sweep();
        photos.sweep();
    }

    @Override
    public void routes(Routes routes) {
        new DirectoryEndpoints(this, toldApart, photos, parts).addTo(routes);
        new PhotoEndpoints(photos, parts).addTo(routes);
        console.ifPresent(pages -> new PhotoPages(this, photos).addTo(pages, routes));
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.every("directory-index", Duration.ofMinutes(10), this::warm);
        jobs.every("directory-sweep", Duration.ofHours(1), this::sweep);
    }

    @Override
    public PersonalData personalData() {
        return new PersonalData(
                "Photos of staff; for a week, which people with near names somebody has told apart.",
                "The photo as it is shown.",
                "The photo goes with the account; the rest within a week.");
    }
}
