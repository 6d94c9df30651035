package lanyard.standards.fhir;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What a practitioner does for an organisation. <https://hl7.org/fhir/R4/practitionerrole.html>
public record PractitionerRole(Reference practitioner, Reference organization, CodeableConcept code)
        implements Resource {
    @Override
    public ObjectNode toJson() {
        return Tree.resource("PractitionerRole")
                .put("practitioner", practitioner.toJson())
                .put("organization", organization.toJson())
                .list("code", List.of(code), CodeableConcept::toJson)
                .build();
    }
}
