package lanyard.standards.fhir;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Something else, by where it is, by its identifier, or in words.
/// <https://hl7.org/fhir/R4/references.html#Reference>
public record Reference(
        @Nullable String reference,
        @Nullable Identifier identifier,
        @Nullable String display) {
    public static Reference to(String fullUrl) {
        return new Reference(fullUrl, null, null);
    }

    public static Reference to(Identifier identifier, String display) {
        return new Reference(null, identifier, display);
    }

    public static Reference named(String display) {
        return new Reference(null, null, display);
    }

    public ObjectNode toJson() {
        return new Tree()
                .put("reference", reference)
                .put("identifier", identifier == null ? null : identifier.toJson())
                .put("display", display)
                .build();
    }
}
