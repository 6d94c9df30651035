package lanyard.governance.carerecord;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import lanyard.governance.carerecord.RecordSink.Outcome;
import lanyard.standards.fhir.DocumentReference;
import tools.jackson.databind.JsonNode;

/// Pictures on their way to a FHIR server: each a DocumentReference with the picture in it, created on condition of its
/// identifier, read back and compared byte for byte.
final class FhirImages {
    private static final String FHIR_JSON = "application/fhir+json";
    private static final Pattern PLACE =
            Pattern.compile("(?:^|/)DocumentReference/([A-Za-z0-9.-]{1,64})(?:/_history/[^/]*)?$");
    private static final String NOT_FHIR = "The health record answered with something that is not FHIR.";
    private static final String NOT_YET = "The health record took the picture but does not show it yet.";

    private final FhirServer server;
    private final BoundedClient client;

    FhirImages(FhirServer server, BoundedClient client) {
        this.server = server;
        this.client = client;
    }

    Outcome deliver(RecordImage image) {
        var sent = DocumentReference.carrying(image.document(), image.bytes());
        var create = request("/DocumentReference")
                .header("Content-Type", FHIR_JSON)
                .header("If-None-Exist", byIdentifier(image))
                .header("Prefer", "return=minimal")
                .POST(BodyPublishers.ofString(sent.toString(), StandardCharsets.UTF_8))
                .build();
        return switch (client.sendForImage(create)) {
            case BoundedClient.Nothing(var why) -> new Outcome.NotReached(why);
            case BoundedClient.Answer answer
            when answer.isSuccess() ->
                answer.location()
                        .map(PLACE::matcher)
                        .filter(place -> place.find())
                        .map(place -> readBack(place.group(1), sent))
                        .orElseGet(() -> search(image, sent));
            case BoundedClient.Answer answer
            when answer.status() == 412 ->
                new Outcome.Refused("The health record says that it holds this picture more than once.");
            case BoundedClient.Answer answer -> FhirSink.failed(answer);
        };
    }

    private Outcome readBack(String id, JsonNode sent) {
        return switch (client.sendForImage(
                request("/DocumentReference/" + id).GET().build())) {
            case BoundedClient.Nothing(var why) -> new Outcome.NotReached(why);
            case BoundedClient.Answer answer when answer.isSuccess() -> compared(id, sent, BoundedClient.json(answer));
            case BoundedClient.Answer answer when answer.status() == 404 -> new Outcome.NotReached(NOT_YET);
            case BoundedClient.Answer answer -> FhirSink.failed(answer);
        };
    }

    /// For servers that do not say where they put it.
    private Outcome search(RecordImage image, JsonNode sent) {
        var query = request("/DocumentReference?" + byIdentifier(image) + "&_count=2")
                .GET();
        return switch (client.sendForImage(query.build())) {
            case BoundedClient.Nothing(var why) -> new Outcome.NotReached(why);
            case BoundedClient.Answer answer
            when answer.isSuccess() ->
                BoundedClient.json(answer)
                        .map(found -> found(found.path("entry"), sent))
                        .orElseGet(() -> new Outcome.Refused(NOT_FHIR));
            case BoundedClient.Answer answer -> FhirSink.failed(answer);
        };
    }

    private static Outcome found(JsonNode entries, JsonNode sent) {
        if (entries.size() > 1) {
            return new Outcome.Refused("The health record holds this picture more than once.");
        }
        var kept = entries.path(0).path("resource");
        var id = kept.path("id").asString("");
        if (entries.isEmpty()) {
            return new Outcome.NotReached(NOT_YET);
        }
        return PLACE.matcher("DocumentReference/" + id).matches()
                ? compared(id, sent, Optional.of(kept))
                : new Outcome.Refused(NOT_FHIR);
    }

    private static Outcome compared(String id, JsonNode sent, Optional<JsonNode> kept) {
        if (kept.isEmpty()) {
            return new Outcome.Refused(NOT_FHIR);
        }
        var differences = DocumentReference.differences(sent, kept.get());
        return differences.isEmpty()
                ? new Outcome.Kept("DocumentReference/" + id)
                : new Outcome.Refused("The health record kept something else: " + String.join(", ", differences) + ".");
    }

    private static String byIdentifier(RecordImage image) {
        var identifier = DecisionDocument.identifier(image.id());
        return "identifier=" + Clinician.encode(identifier.system() + "|" + identifier.value());
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(server.at(path)).header("Accept", FHIR_JSON);
        return server.authorization().isEmpty() ? request : request.header("Authorization", server.authorization());
    }
}
