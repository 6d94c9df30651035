package lanyard.standards.fhir;

import tools.jackson.databind.node.ObjectNode;

/// A person's name as it is shown. It hides itself.
/// <https://hl7.org/fhir/R4/datatypes.html#HumanName>
public record HumanName(String text) {
    public HumanName {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a name is not blank");
        }
    }

    public ObjectNode toJson() {
        return new Tree().put("text", text).build();
    }

    @Override
    public String toString() {
        return "HumanName[hidden]";
    }
}
