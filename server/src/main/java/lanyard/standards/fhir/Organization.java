package lanyard.standards.fhir;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// <https://hl7.org/fhir/R4/organization.html>
public record Organization(List<Identifier> identifier, String name) implements Resource {
    public Organization {
        identifier = List.copyOf(identifier);
    }

    @Override
    public ObjectNode toJson() {
        return Tree.resource("Organization")
                .list("identifier", identifier, Identifier::toJson)
                .put("name", name)
                .build();
    }
}
