package lanyard.standards.fhir;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Where a document comes from: who made it, and from what. <https://hl7.org/fhir/R4/provenance.html>
public record Provenance(Reference target, Instant recorded, List<Agent> agent, List<Reference> source)
        implements Resource {
    private static final String PARTICIPANT_TYPE = "http://terminology.hl7.org/CodeSystem/provenance-participant-type";

    public Provenance {
        agent = List.copyOf(agent);
        source = List.copyOf(source);
    }

    /// <https://terminology.hl7.org/CodeSystem-provenance-participant-type.html>
    public enum Part {
        AUTHOR("author", "Author"),
        ATTESTER("attester", "Attester"),
        /// Who did what this is about, by somebody else's word.
        PERFORMER("performer", "Performer"),
        INFORMANT("informant", "Informant"),
        ASSEMBLER("assembler", "Assembler");

        private final String code;
        private final String display;

        Part(String code, String display) {
            this.code = code;
            this.display = display;
        }
    }

    public record Agent(Part type, Reference who) {
        ObjectNode toJson() {
            var concept =
                    new CodeableConcept(List.of(new Coding(PARTICIPANT_TYPE, type.code, type.display)), type.display);
            return new Tree()
                    .put("type", concept.toJson())
                    .put("who", who.toJson())
                    .build();
        }
    }

    @Override
    public ObjectNode toJson() {
        return Tree.resource("Provenance")
                .list("target", List.of(target), Reference::toJson)
                .put("recorded", recorded)
                .list("agent", agent, Agent::toJson)
                .list("entity", source, Provenance::entity)
                .build();
    }

    private static ObjectNode entity(Reference what) {
        return new Tree().put("role", "source").put("what", what.toJson()).build();
    }
}
