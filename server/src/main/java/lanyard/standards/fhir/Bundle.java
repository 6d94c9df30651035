package lanyard.standards.fhir;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// A document: an immutable set of resources whose first is its composition. <https://hl7.org/fhir/R4/documents.html>
public record Bundle(Identifier identifier, Instant timestamp, List<Entry> entry) {
    public Bundle {
        entry = List.copyOf(entry);
        if (entry.isEmpty() || !(entry.getFirst().resource() instanceof Composition)) {
            throw new IllegalArgumentException("a document begins with its composition");
        }
    }

    public record Entry(String fullUrl, Resource resource) {
        ObjectNode toJson() {
            return new Tree()
                    .put("fullUrl", fullUrl)
                    .put("resource", resource.toJson())
                    .build();
        }
    }

    public ObjectNode toJson() {
        return Tree.resource("Bundle")
                .put("identifier", identifier.toJson())
                .put("type", "document")
                .put("timestamp", timestamp)
                .list("entry", entry, Entry::toJson)
                .build();
    }
}
