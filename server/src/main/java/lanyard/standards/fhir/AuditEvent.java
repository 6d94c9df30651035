package lanyard.standards.fhir;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// That somebody did something which is to be accounted for. <https://hl7.org/fhir/R4/auditevent.html>
///
/// @param action what was done, in our own words (`hold.placed`)
/// @param actor by whom
/// @param subject to what, or nothing
/// @param reason why, in words, or nothing
/// @param details anything else, by name
/// @param source the server that wrote it down
public record AuditEvent(
        String id,
        String action,
        Instant recorded,
        String actor,
        String subject,
        String reason,
        Map<String, String> details,
        String source) {
    private static final String DICOM = "http://dicom.nema.org/resources/ontology/DCM";
    private static final String ACTIONS = "urn:org.lanyard:audit-action";
    private static final String IDS = "urn:org.lanyard:id";

    public AuditEvent {
        details = Map.copyOf(details);
    }

    public ObjectNode toJson() {
        var type = new Coding(DICOM, "110100", "Application Activity");
        var tree = Tree.resource("AuditEvent")
                .put("id", id)
                .put("type", type.toJson())
                .list("subtype", List.of(new Coding(ACTIONS, action, null)), Coding::toJson)
                .put("action", "E")
                .put("recorded", recorded)
                .put("outcome", "0");
        if (!reason.isBlank()) {
            tree.put("outcomeDesc", reason);
        }
        var built = tree.list("agent", List.of(actor), AuditEvent::agent)
                .put("source", observed())
                .build();
        if (!subject.isBlank()) {
            built.putArray("entity").add(entity());
        }
        return built;
    }

    private static ObjectNode agent(String who) {
        var agent = new Tree()
                .put("who", Reference.to(new Identifier(IDS, who), who).toJson())
                .build();
        return agent.put("requestor", true);
    }

    private ObjectNode observed() {
        var observer = Reference.to(new Identifier(IDS, source), source);
        return new Tree().put("observer", observer.toJson()).build();
    }

    private ObjectNode entity() {
        return new Tree()
                .put("what", Reference.to(new Identifier(IDS, subject), subject).toJson())
                .list(
                        "detail",
                        details.entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .toList(),
                        one -> new Tree()
                                .put("type", one.getKey())
                                .put("valueString", one.getValue())
                                .build())
                .build();
    }

    /// Several, as a bundle that is no document. <https://hl7.org/fhir/R4/bundle.html>
    public static ObjectNode collection(List<AuditEvent> events, Instant at) {
        var built = Tree.resource("Bundle")
                .put("type", "collection")
                .put("timestamp", at)
                .build();
        if (!events.isEmpty()) {
            var entries = built.putArray("entry");
            events.forEach(event -> entries.addObject()
                    .put("fullUrl", "https://" + event.source() + "/AuditEvent/" + event.id())
                    .set("resource", event.toJson()));
        }
        return built;
    }
}
