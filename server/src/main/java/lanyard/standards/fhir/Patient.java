package lanyard.standards.fhir;

import java.time.LocalDate;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// <https://hl7.org/fhir/R4/patient.html>
public record Patient(List<Identifier> identifier, HumanName name, LocalDate birthDate) implements Resource {
    public Patient {
        identifier = List.copyOf(identifier);
    }

    @Override
    public ObjectNode toJson() {
        return Tree.resource("Patient")
                .list("identifier", identifier, Identifier::toJson)
                .list("name", List.of(name), HumanName::toJson)
                .put("birthDate", birthDate.toString())
                .build();
    }

    @Override
    public String toString() {
        return "Patient[hidden]";
    }
}
