package lanyard.governance.carerecord;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import lanyard.governance.carerecord.RecordSink.Outcome;
import lanyard.standards.fhir.OperationOutcome;
import tools.jackson.databind.JsonNode;

/// A resource that is to be on a FHIR server once, however often it is sent: created on condition of its identifier
/// (<https://hl7.org/fhir/R4/http.html#ccreate>), read back and compared. What counts is not that the server said yes,
/// but that what it shows afterwards is what was sent.
final class ConditionalCreate {
    /// @param name of the resource's type
    /// @param called by people
    /// @param most how many bytes of an answer are listened to
    record Type(String name, String called, int most) {}

    /// @param differences what a person would have to be told of what was kept; empty when it is the same
    record Wanted(UUID id, byte[] resource, Function<JsonNode, List<String>> differences) {}

    private static final String FHIR_JSON = "application/fhir+json";
    /// <https://hl7.org/fhir/R4/datatypes.html#id>
    private static final String ID = "[A-Za-z0-9.-]{1,64}";

    private static final int LONGEST_REASON = 500;
    private static final String NOT_FHIR = "The health record answered with something that is not FHIR.";

    private final FhirServer server;
    private final BoundedClient client;
    private final Type type;
    private final Pattern place;

    ConditionalCreate(FhirServer server, BoundedClient client, Type type) {
        this.server = server;
        this.client = client;
        this.type = type;
        this.place = Pattern.compile("(?:^|/)" + type.name() + "/(" + ID + ")(?:/_history/[^/]*)?$");
    }

    Outcome deliver(Wanted wanted) {
        var create = request("/" + type.name())
                .header("Content-Type", FHIR_JSON)
                .header("If-None-Exist", byIdentifier(wanted.id()))
                .header("Prefer", "return=minimal")
                .POST(BodyPublishers.ofByteArray(wanted.resource()))
                .build();
        return switch (client.send(create, type.most())) {
            case BoundedClient.Nothing(var why, var nothingWent) -> new Outcome.NotReached(why, nothingWent);
            case BoundedClient.Answer answer
            when answer.isSuccess() ->
                place(answer).map(id -> readBack(id, wanted)).orElseGet(() -> search(wanted));
            case BoundedClient.Answer answer
            when answer.status() == 412 ->
                new Outcome.Refused("The health record says that it holds this " + type.called() + " more than once.");
            case BoundedClient.Answer answer -> failed(answer);
        };
    }

    private Outcome readBack(String id, Wanted wanted) {
        var read = request("/" + type.name() + "/" + id).GET().build();
        return switch (client.send(read, type.most())) {
            case BoundedClient.Nothing nothing -> new Outcome.NotReached(nothing.why());
            case BoundedClient.Answer answer
            when answer.isSuccess() ->
                BoundedClient.json(answer)
                        .map(kept -> compared(id, wanted, kept))
                        .orElseGet(() -> new Outcome.Refused(NOT_FHIR));
            case BoundedClient.Answer answer when answer.status() == 404 -> notYet();
            case BoundedClient.Answer answer -> failed(answer);
        };
    }

    private Outcome notYet() {
        return new Outcome.NotReached("The health record took the " + type.called() + " but does not show it yet.");
    }

    /// For servers that do not say where they put it.
    private Outcome search(Wanted wanted) {
        var query = request("/" + type.name() + "?" + byIdentifier(wanted.id()) + "&_count=2")
                .GET();
        return switch (client.send(query.build(), type.most())) {
            case BoundedClient.Nothing nothing -> new Outcome.NotReached(nothing.why());
            case BoundedClient.Answer answer
            when answer.isSuccess() ->
                BoundedClient.json(answer)
                        .map(found -> found(found.path("entry"), wanted))
                        .orElseGet(() -> new Outcome.Refused(NOT_FHIR));
            case BoundedClient.Answer answer -> failed(answer);
        };
    }

    private Outcome found(JsonNode entries, Wanted wanted) {
        return switch (entries.size()) {
            case 0 -> notYet();
            case 1 -> {
                var kept = entries.path(0).path("resource");
                var id = kept.path("id").asString("");
                yield id.matches(ID) ? compared(id, wanted, kept) : new Outcome.Refused(NOT_FHIR);
            }
            default -> new Outcome.Refused("The health record holds this " + type.called() + " more than once.");
        };
    }

    private Outcome compared(String id, Wanted wanted, JsonNode kept) {
        var differences = wanted.differences().apply(kept);
        return differences.isEmpty()
                ? new Outcome.Kept(type.name() + "/" + id)
                : new Outcome.Refused("The health record kept something else: " + String.join(", ", differences) + ".");
    }

    /// Busy, broken or asked too often passes; anything else needs a person.
    private Outcome failed(BoundedClient.Answer answer) {
        var status = answer.status();
        if (answer.body().isEmpty()) {
            return new Outcome.Refused("The health record answered with more than it should.");
        }
        if (status >= 500 || status == 408 || status == 425 || status == 429) {
            return new Outcome.NotReached("The health record answered " + status + ".");
        }
        if (status >= 300 && status < 400) {
            return new Outcome.Refused("The health record sent us somewhere else (" + status + "). Its address may have"
                    + " changed: ask who runs this service.");
        }
        var words = BoundedClient.json(answer)
                .flatMap(OperationOutcome::read)
                .map(outcome -> outcome.words(LONGEST_REASON))
                .filter(said -> !said.isBlank());
        return new Outcome.Refused(words.map(said -> "The health record says: " + said)
                .orElse("The health record refused the " + type.called() + " (" + status + ")."));
    }

    /// Only the id is taken from the server's `Location`; we never go where an answer sends us.
    private Optional<String> place(BoundedClient.Answer answer) {
        return answer.location()
                .map(place::matcher)
                .filter(found -> found.find())
                .map(found -> found.group(1));
    }

    private static String byIdentifier(UUID id) {
        var identifier = DecisionDocument.identifier(id);
        return "identifier=" + Clinician.encode(identifier.system() + "|" + identifier.value());
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(server.at(path)).header("Accept", FHIR_JSON);
        return server.authorization().isEmpty() ? request : request.header("Authorization", server.authorization());
    }
}
