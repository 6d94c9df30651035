package lanyard.standards.fhir;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What is meant, in words and, where somebody has chosen them, in codes.
/// <https://hl7.org/fhir/R4/datatypes.html#CodeableConcept>
public record CodeableConcept(List<Coding> coding, String text) {
    public CodeableConcept {
        coding = List.copyOf(coding);
        if (text.isBlank()) {
            throw new IllegalArgumentException("a concept says in words what is meant");
        }
    }

    public static CodeableConcept text(String text) {
        return new CodeableConcept(List.of(), text);
    }

    public ObjectNode toJson() {
        return new Tree()
                .list("coding", coding, Coding::toJson)
                .put("text", text)
                .build();
    }
}
