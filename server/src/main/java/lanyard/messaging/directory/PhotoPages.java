package lanyard.messaging.directory;

import java.util.List;
import java.util.Map;
import java.util.Set;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.console.Console;
import lanyard.trust.console.ConsoleCall;
import lanyard.trust.console.ConsoleRefusal;
import lanyard.trust.console.StepUp;
import lanyard.trust.identity.Duty;
import lanyard.trust.identity.Person;

/// Staff photos in the console: found by name, uploaded, taken away.
///
/// What could go wrong: the wrong face beside a name is worse than none, for colleagues trust it. So whoever uploads
/// sees role and ward beside it, and each deed is in the audit.
final class PhotoPages {
    private static final String PATH = "/console/photos";
    private static final String ONE = PATH + "/{userId}";
    private static final Set<Duty> MAY = Set.of(Duty.ADMINISTRATOR, Duty.HELP_DESK);
    private static final int MOST_FOUND = 20;
    private static final int LONGEST_NAME = 200;

    private final Directory directory;
    private final Photos photos;

    PhotoPages(Directory directory, Photos photos) {
        this.directory = directory;
        this.photos = photos;
    }

    /// Somebody as the list shows them.
    public record Found(Person person, boolean photo) {}

    void addTo(Console console, Routes routes) {
        console.entry("Staff photos", PATH, MAY);
        console.page(
                routes,
                "GET " + PATH,
                MAY,
                call -> call.page("directory/photos", Map.of("asked", false, "found", List.of(), "limited", false)));
        console.form(routes, "POST " + PATH, MAY, StepUp.NOT, this::find);
        console.page(routes, "GET " + ONE, MAY, this::show);
        console.page(routes, "GET " + ONE + "/picture", MAY, this::picture);
        console.upload(routes, "POST " + ONE, MAY, this::put);
        console.form(routes, "POST " + ONE + "/take-away", MAY, StepUp.NOT, this::takeAway);
    }

    private Reply find(ConsoleCall call) {
        var found = directory.search(call.caller(), call.form().text("name", LONGEST_NAME), MOST_FOUND);
        var versions = photos.versions(found.people().stream().map(Person::id).toList());
        var people = found.people().stream()
                .map(person -> new Found(person, versions.containsKey(person.id())))
                .toList();
        return call.page("directory/photos", Map.of("asked", true, "found", people, "limited", found.limited()));
    }

    private Person person(ConsoleCall call) {
        return directory.person(call.caller(), new UserId(call.exchange().param("userId")));
    }

    private Reply show(ConsoleCall call) {
        var person = person(call);
        var version = photos.versions(List.of(person.id())).getOrDefault(person.id(), 0L);
        return call.page(
                "directory/photo",
                Map.of(
                        "person",
                        person,
                        "version",
                        version,
                        "address",
                        PATH + "/" + person.id(),
                        "near",
                        near(person)));
    }

    /// Whoever is about to put a face to a name is told of those it could belong to as well.
    private List<Person> near(Person person) {
        return directory.near(person).stream().limit(MOST_FOUND).toList();
    }

    private Reply picture(ConsoleCall call) {
        return PhotoEndpoints.shown(photos.get(call.caller(), person(call).id()));
    }

    private Reply put(ConsoleCall call) {
        var person = person(call);
        var picture = call.form().file("photo");
        if (picture.length > PhotoEndpoints.LARGEST) {
            throw new ConsoleRefusal("A photo has up to 10 MB.", "photo");
        }
        try {
            photos.put(call.caller(), person.id(), picture);
        } catch (MatrixException refusal) {
            var none = refusal.code() == ErrorCode.M_UNKNOWN;
            throw new ConsoleRefusal(none ? "This file is no JPEG or PNG picture." : refusal.sentence(), "photo");
        }
        return call.see(PATH + "/" + person.id());
    }

    private Reply takeAway(ConsoleCall call) {
        var person = person(call);
        photos.delete(call.caller(), person.id());
        return call.see(PATH + "/" + person.id());
    }
}
