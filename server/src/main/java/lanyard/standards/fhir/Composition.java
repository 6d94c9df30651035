package lanyard.standards.fhir;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// The first entry of a document: what it is, of whom, by whom and what it says. Always final: Lanyard sends what has
/// been signed, never a draft. <https://hl7.org/fhir/R4/composition.html>
public record Composition(
        Identifier identifier,
        Narrative text,
        CodeableConcept type,
        Reference subject,
        Instant date,
        List<Reference> author,
        String title,
        List<Attester> attester,
        Reference custodian,
        List<Section> section)
        implements Resource {
    /// `N`, normal: the usual protection of a health record.
    /// <https://hl7.org/fhir/R4/v3/Confidentiality/cs.html>
    private static final String CONFIDENTIALITY = "N";

    public Composition {
        author = List.copyOf(author);
        attester = List.copyOf(attester);
        section = List.copyOf(section);
    }

    /// Who vouches for the content professionally, and when.
    public record Attester(Instant time, Reference party) {
        ObjectNode toJson() {
            return new Tree()
                    .put("mode", "professional")
                    .put("time", time)
                    .put("party", party.toJson())
                    .build();
        }
    }

    public record Section(String title, Narrative text, List<Reference> entry) {
        public Section {
            entry = List.copyOf(entry);
        }

        ObjectNode toJson() {
            return new Tree()
                    .put("title", title)
                    .put("text", text.toJson())
                    .list("entry", entry, Reference::toJson)
                    .build();
        }
    }

    @Override
    public ObjectNode toJson() {
        return Tree.resource("Composition")
                .put("language", "en-GB")
                .put("text", text.toJson())
                .put("identifier", identifier.toJson())
                .put("status", "final")
                .put("type", type.toJson())
                .put("subject", subject.toJson())
                .put("date", date)
                .list("author", author, Reference::toJson)
                .put("title", title)
                .put("confidentiality", CONFIDENTIALITY)
                .list("attester", attester, Attester::toJson)
                .put("custodian", custodian.toJson())
                .list("section", section, Section::toJson)
                .build();
    }
}
