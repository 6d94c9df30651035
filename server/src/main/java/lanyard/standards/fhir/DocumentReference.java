package lanyard.standards.fhir;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A file in the record, the file itself in it. <https://hl7.org/fhir/R4/documentreference.html>
///
/// @param related the document that it belongs to
public record DocumentReference(
        Identifier identifier,
        CodeableConcept type,
        Identifier subject,
        Instant date,
        String description,
        String contentType,
        long size,
        Identifier related)
        implements Resource {
    private static final String DATA = "data";

    /// Without the file: [#carrying] puts it in.
    @Override
    public ObjectNode toJson() {
        var attachment = new Tree().put("contentType", contentType).build().put("size", size);
        return Tree.resource("DocumentReference")
                .list("identifier", List.of(identifier), Identifier::toJson)
                .put("status", "current")
                .put("docStatus", "final")
                .put("type", type.toJson())
                .put("subject", new Reference(null, subject, null).toJson())
                .put("date", date)
                .put("description", description)
                .list("content", List.of(attachment), DocumentReference::content)
                .put(
                        "context",
                        new Tree()
                                .list("related", List.of(new Reference(null, related, null)), Reference::toJson)
                                .build())
                .build();
    }

    private static ObjectNode content(ObjectNode attachment) {
        return new Tree().put("attachment", attachment).build();
    }

    /// With the file in it.
    public static ObjectNode carrying(ObjectNode reference, byte[] file) {
        var whole = reference.deepCopy();
        if (whole.path("content").path(0).path("attachment") instanceof ObjectNode attachment) {
            attachment.put(DATA, Base64.getEncoder().encodeToString(file));
        }
        return whole;
    }

    /// What a person would have to be told if `kept` is what became of `sent`; empty when it is the same.
    public static List<String> differences(JsonNode sent, JsonNode kept) {
        var differences = new ArrayList<String>();
        if (!Tree.text(kept, "status").equals(Tree.text(sent, "status"))) {
            differences.add("another status");
        }
        if (!identifiers(kept).containsAll(identifiers(sent))) {
            differences.add("another document");
        }
        if (!Identifier.read(kept.path("subject").path("identifier"))
                .equals(Identifier.read(sent.path("subject").path("identifier")))) {
            differences.add("another patient");
        }
        var file = file(sent);
        if (file.isEmpty()
                || file(kept).filter(found -> Arrays.equals(found, file.get())).isEmpty()) {
            differences.add("another picture");
        }
        if (!Tree.text(attachment(kept), "contentType").equals(Tree.text(attachment(sent), "contentType"))) {
            differences.add("another kind of file");
        }
        return differences;
    }

    private static List<Identifier> identifiers(JsonNode from) {
        return Tree.items(from, "identifier")
                .flatMap(identifier -> Identifier.read(identifier).stream())
                .collect(Collectors.toList());
    }

    private static JsonNode attachment(JsonNode from) {
        return from.path("content").path(0).path("attachment");
    }

    private static Optional<byte[]> file(JsonNode from) {
        try {
            return Tree.text(attachment(from), DATA)
                    .map(text -> Base64.getMimeDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "DocumentReference[hidden]";
    }
}
