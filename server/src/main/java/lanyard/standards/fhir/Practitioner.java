package lanyard.standards.fhir;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// <https://hl7.org/fhir/R4/practitioner.html>
public record Practitioner(List<Identifier> identifier, HumanName name) implements Resource {
    public Practitioner {
        identifier = List.copyOf(identifier);
    }

    @Override
    public ObjectNode toJson() {
        return Tree.resource("Practitioner")
                .list("identifier", identifier, Identifier::toJson)
                .list("name", List.of(name), HumanName::toJson)
                .build();
    }
}
