package lanyard.standards.fhir;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A code of a code system. <https://hl7.org/fhir/R4/datatypes.html#Coding>
public record Coding(String system, String code, @Nullable String display) {
    public ObjectNode toJson() {
        return new Tree()
                .put("system", system)
                .put("code", code)
                .put("display", display)
                .build();
    }
}
