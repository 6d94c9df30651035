package lanyard.standards.fhir;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Who was told something about a patient, by whom and when. What they were told is another resource, never words of
/// its own. <https://hl7.org/fhir/R4/communication.html>
///
/// @param told what they were told
public record Communication(
        Identifier identifier,
        Reference subject,
        Instant sent,
        Reference sender,
        List<Reference> recipient,
        Reference told)
        implements Resource {
    /// <https://terminology.hl7.org/CodeSystem-communication-category.html>
    private static final CodeableConcept NOTIFICATION = new CodeableConcept(
            List.of(new Coding(
                    "http://terminology.hl7.org/CodeSystem/communication-category", "notification", "Notification")),
            "Notification");

    public Communication {
        recipient = List.copyOf(recipient);
        if (recipient.isEmpty()) {
            throw new IllegalArgumentException("nobody was told");
        }
    }

    @Override
    public ObjectNode toJson() {
        return Tree.resource("Communication")
                .list("identifier", List.of(identifier), Identifier::toJson)
                .put("status", "completed")
                .list("category", List.of(NOTIFICATION), CodeableConcept::toJson)
                .put("subject", subject.toJson())
                .put("sent", sent)
                .list("recipient", recipient, Reference::toJson)
                .put("sender", sender.toJson())
                .list("payload", List.of(told), Communication::payload)
                .build();
    }

    private static ObjectNode payload(Reference what) {
        return new Tree().put("contentReference", what.toJson()).build();
    }

    @Override
    public String toString() {
        return "Communication[hidden]";
    }
}
