package lanyard.governance.carerecord;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import lanyard.standards.fhir.DocumentFacts;
import lanyard.standards.fhir.OperationOutcome;
import tools.jackson.databind.JsonNode;

/// Any FHIR R4 server. The document is stored whole, by a create that is conditional on its identifier
/// (<https://hl7.org/fhir/R4/http.html#ccreate>), so that it is there once however often it is sent. What counts is not
/// that the server said yes, but that the document read back is of this patient, by this author and in these words.
public final class FhirSink implements RecordSink, AutoCloseable {
    private static final String FHIR_JSON = "application/fhir+json";
    /// <https://hl7.org/fhir/R4/datatypes.html#id>
    private static final Pattern PLACE = Pattern.compile("(?:^|/)Bundle/([A-Za-z0-9.-]{1,64})(?:/_history/[^/]*)?$");

    private static final int LONGEST_REASON = 500;
    private static final String NOT_FHIR = "The health record answered with something that is not FHIR.";

    private final FhirServer server;
    private final BoundedClient client;

    public FhirSink(FhirServer server) {
        this.server = server;
        this.client = new BoundedClient(server.patience());
    }

    @Override
    public Kind kind() {
        return Kind.FHIR;
    }

    @Override
    public Outcome deliver(UUID decision, byte[] document) {
        var sent = BoundedClient.json(document).map(DocumentFacts::of).orElseThrow();
        var create = request("/Bundle")
                .header("Content-Type", FHIR_JSON)
                .header("If-None-Exist", byIdentifier(decision))
                .header("Prefer", "return=minimal")
                .POST(BodyPublishers.ofByteArray(document))
                .build();
        return switch (client.send(create)) {
            case BoundedClient.Nothing(var why) -> new Outcome.NotReached(why);
            case BoundedClient.Answer answer
            when answer.isSuccess() ->
                place(answer).map(id -> readBack(id, sent)).orElseGet(() -> search(decision, sent));
            case BoundedClient.Answer answer
            when answer.status() == 412 ->
                new Outcome.Refused("The health record says that it holds this decision more than once.");
            case BoundedClient.Answer answer -> failed(answer);
        };
    }

    /// As the document is: created once, read back, compared.
    @Override
    public Outcome deliverImage(UUID decision, RecordImage image) {
        return new FhirImages(server, client).deliver(image);
    }

    private Outcome readBack(String id, DocumentFacts sent) {
        return switch (client.send(request("/Bundle/" + id).GET().build())) {
            case BoundedClient.Nothing(var why) -> new Outcome.NotReached(why);
            case BoundedClient.Answer answer
            when answer.isSuccess() ->
                BoundedClient.json(answer)
                        .map(kept -> compared(id, sent, kept))
                        .orElseGet(() -> new Outcome.Refused(NOT_FHIR));
            case BoundedClient.Answer answer
            when answer.status() == 404 ->
                new Outcome.NotReached("The health record took the decision but does not show it yet.");
            case BoundedClient.Answer answer -> failed(answer);
        };
    }

    /// For servers that do not say where they put it.
    private Outcome search(UUID decision, DocumentFacts sent) {
        var query = request("/Bundle?" + byIdentifier(decision) + "&_count=2").GET();
        return switch (client.send(query.build())) {
            case BoundedClient.Nothing(var why) -> new Outcome.NotReached(why);
            case BoundedClient.Answer answer
            when answer.isSuccess() ->
                BoundedClient.json(answer)
                        .map(found -> found(found.path("entry"), sent))
                        .orElseGet(() -> new Outcome.Refused(NOT_FHIR));
            case BoundedClient.Answer answer -> failed(answer);
        };
    }

    private Outcome found(JsonNode entries, DocumentFacts sent) {
        return switch (entries.size()) {
            case 0 -> new Outcome.NotReached("The health record took the decision but does not show it yet.");
            case 1 -> {
                var kept = entries.path(0).path("resource");
                var id = kept.path("id").asString("");
                yield PLACE.matcher("Bundle/" + id).matches()
                        ? compared(id, sent, kept)
                        : new Outcome.Refused(NOT_FHIR);
            }
            default -> new Outcome.Refused("The health record holds this decision more than once.");
        };
    }

    private static Outcome compared(String id, DocumentFacts sent, JsonNode kept) {
        var differences = sent.differences(DocumentFacts.of(kept));
        return differences.isEmpty()
                ? new Outcome.Kept("Bundle/" + id)
                : new Outcome.Refused("The health record kept something else: " + String.join(", ", differences) + ".");
    }

    /// Busy, broken or asked too often passes; anything else needs a person.
    static Outcome failed(BoundedClient.Answer answer) {
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
                .orElse("The health record refused the decision (" + status + ")."));
    }

    /// Only the id is taken from the server's `Location`; we never go where an answer sends us.
    private static Optional<String> place(BoundedClient.Answer answer) {
        return answer.location().map(PLACE::matcher).filter(m -> m.find()).map(m -> m.group(1));
    }

    private static String byIdentifier(UUID decision) {
        var identifier = DecisionDocument.identifier(decision);
        return "identifier=" + Clinician.encode(identifier.system() + "|" + identifier.value());
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(server.at(path)).header("Accept", FHIR_JSON);
        return server.authorization().isEmpty() ? request : request.header("Authorization", server.authorization());
    }

    @Override
    public void close() {
        client.close();
    }
}
