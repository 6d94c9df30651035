package lanyard.standards.fhir;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// The first entry of a document: what it is, of whom, by whom and what it says. Never a draft: Lanyard sends what has
/// been signed. <https://hl7.org/fhir/R4/composition.html>
public record Composition(
        Identifier identifier,
        Status status,
        Narrative text,
        CodeableConcept type,
        Reference subject,
        Instant date,
        List<Reference> author,
        String title,
        List<Attester> attester,
        Reference custodian,
        List<RelatesTo> relatesTo,
        List<Section> section)
        implements Resource {
    /// `N`, normal: the usual protection of a health record.
    /// <https://hl7.org/fhir/R4/v3/Confidentiality/cs.html>
    private static final String CONFIDENTIALITY = "N";

    public Composition {
        author = List.copyOf(author);
        attester = List.copyOf(attester);
        relatesTo = List.copyOf(relatesTo);
        section = List.copyOf(section);
    }

    /// <https://hl7.org/fhir/R4/valueset-composition-status.html>
    public enum Status {
        FINAL("final"),
        /// An amendment by which the whole series should not be considered valid.
        ENTERED_IN_ERROR("entered-in-error");

        private final String code;

        Status(String code) {
            this.code = code;
        }
    }

    /// Another composition, by its identifier. <https://hl7.org/fhir/R4/valueset-document-relationship-type.html>
    public record RelatesTo(Code code, Identifier target) {
        public enum Code {
            REPLACES("replaces"),
            APPENDS("appends");

            private final String word;

            Code(String word) {
                this.word = word;
            }
        }

        ObjectNode toJson() {
            return new Tree()
                    .put("code", code.word)
                    .put("targetIdentifier", target.toJson())
                    .build();
        }
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
                .put("status", status.code)
                .put("type", type.toJson())
                .put("subject", subject.toJson())
                .put("date", date)
                .list("author", author, Reference::toJson)
                .put("title", title)
                .put("confidentiality", CONFIDENTIALITY)
                .list("attester", attester, Attester::toJson)
                .put("custodian", custodian.toJson())
                .list("relatesTo", relatesTo, RelatesTo::toJson)
                .list("section", section, Section::toJson)
                .build();
    }
}
