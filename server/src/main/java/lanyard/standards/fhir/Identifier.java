package lanyard.standards.fhir;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A business identifier: whose numbering it is, and the number. It may be a patient's, so it hides its value.
/// <https://hl7.org/fhir/R4/datatypes.html#Identifier>
public record Identifier(String system, String value) {
    public static final String NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number";
    public static final String ODS_ORGANIZATION_CODE = "https://fhir.nhs.uk/Id/ods-organization-code";
    /// The system of values that are themselves URIs.
    public static final String URI = "urn:ietf:rfc:3986";

    public Identifier {
        if (system.isBlank() || value.isBlank()) {
            throw new IllegalArgumentException("an identifier has a system and a value");
        }
    }

    public static Identifier uri(String value) {
        return new Identifier(URI, value);
    }

    public ObjectNode toJson() {
        return new Tree().put("system", system).put("value", value).build();
    }

    static Optional<Identifier> read(JsonNode from) {
        return Tree.text(from, "system")
                .filter(system -> !system.isBlank())
                .flatMap(system -> Tree.text(from, "value")
                        .filter(value -> !value.isBlank())
                        .map(value -> new Identifier(system, value)));
    }

    @Override
    public String toString() {
        return "Identifier[" + system + ", hidden]";
    }
}
