package lanyard.governance.carerecord;

import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/// A picture on its way to the record. It hides itself.
///
/// @param document the FHIR DocumentReference, without the picture
public record RecordImage(UUID id, ImageType type, ObjectNode document, byte[] bytes) {
    @Override
    public String toString() {
        return "RecordImage[" + id + "]";
    }
}
