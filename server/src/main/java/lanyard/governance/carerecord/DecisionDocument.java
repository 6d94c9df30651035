package lanyard.governance.carerecord;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import lanyard.standards.fhir.Bundle;
import lanyard.standards.fhir.CodeableConcept;
import lanyard.standards.fhir.Composition;
import lanyard.standards.fhir.Identifier;
import lanyard.standards.fhir.Narrative;
import lanyard.standards.fhir.Organization;
import lanyard.standards.fhir.Patient;
import lanyard.standards.fhir.PractitionerRole;
import lanyard.standards.fhir.Provenance;
import lanyard.standards.fhir.Provenance.Agent;
import lanyard.standards.fhir.Provenance.Part;
import lanyard.standards.fhir.Reference;
import lanyard.standards.fhir.Resource;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;

/// A decision as a FHIR document: one composition that a reader of the health record understands without Lanyard, and
/// a provenance that names the messages it came from. The same decision always makes the same document, byte for byte.
/// <https://hl7.org/fhir/R4/documents.html>
record DecisionDocument(
        UUID id,
        CodeableConcept type,
        Patient patient,
        Clinician author,
        Clinician decider,
        Organization custodian,
        String summary,
        Instant decided,
        Instant written,
        List<Source> sources) {
    private static final ZoneId LOCAL = ZoneId.of("Europe/London");
    private static final DateTimeFormatter WORDS =
            DateTimeFormatter.ofPattern("d MMMM uuuu 'at' HH:mm z", Locale.UK).withZone(LOCAL);

    DecisionDocument {
        sources = List.copyOf(sources);
    }

    /// A message the decision was taken in, and the SHA-256 of the event as it was stored.
    record Source(RoomId room, EventId event, byte[] sha256) {
        Reference reference() {
            var uri = "matrix:roomid/" + Clinician.encode(room.value().substring(1)) + "/e/"
                    + Clinician.encode(event.value().substring(1));
            return Reference.to(Identifier.uri(uri), "SHA-256 " + HexFormat.of().formatHex(sha256));
        }
    }

    /// What a sink asks a server not to store twice.
    static Identifier identifier(UUID decision) {
        return Identifier.uri("urn:uuid:" + decision);
    }

    Bundle bundle() {
        var entries = new ArrayList<Bundle.Entry>();
        entries.add(entry("composition", composition()));
        entries.add(entry("patient", patient));
        entries.add(entry("author", author.practitioner()));
        if (!isOnePerson()) {
            entries.add(entry("decider", decider.practitioner()));
        }
        entries.add(entry("custodian", custodian));
        role("author", author).ifPresent(role -> entries.add(entry("author-role", role)));
        if (!isOnePerson()) {
            role("decider", decider).ifPresent(role -> entries.add(entry("decider-role", role)));
        }
        entries.add(entry("provenance", provenance()));
        return new Bundle(identifier(id), written, entries);
    }

    private Composition composition() {
        return new Composition(
                identifier(part("composition")),
                Narrative.of(Narrative.Status.GENERATED, about()),
                type,
                to("patient"),
                written,
                List.of(to("author")),
                "Clinical decision taken in a conversation",
                List.of(new Composition.Attester(decided, toDecider())),
                to("custodian"),
                List.of(new Composition.Section(
                        "Decision", Narrative.of(Narrative.Status.ADDITIONAL, summary), List.of(to("provenance")))));
    }

    private String about() {
        return "Decided by " + decider.line() + " on " + WORDS.format(decided) + ".\n"
                + "Written for the record by " + author.line() + " on " + WORDS.format(written) + ".\n"
                + "Taken in a conversation among staff of " + custodian.name() + ".";
    }

    private Provenance provenance() {
        return new Provenance(
                to("composition"),
                written,
                List.of(
                        new Agent(Part.AUTHOR, to("author")),
                        new Agent(Part.ATTESTER, toDecider()),
                        new Agent(Part.ASSEMBLER, Reference.named("Lanyard"))),
                sources.stream().map(Source::reference).toList());
    }

    private Optional<PractitionerRole> role(String who, Clinician clinician) {
        return clinician.role().isBlank()
                ? Optional.empty()
                : Optional.of(new PractitionerRole(to(who), to("custodian"), CodeableConcept.text(clinician.role())));
    }

    private boolean isOnePerson() {
        return author.user().equals(decider.user());
    }

    private Reference toDecider() {
        return to(isOnePerson() ? "author" : "decider");
    }

    private Bundle.Entry entry(String name, Resource resource) {
        return new Bundle.Entry("urn:uuid:" + part(name), resource);
    }

    private Reference to(String name) {
        return Reference.to("urn:uuid:" + part(name));
    }

    /// Derived from the decision, so that a second attempt says exactly what the first said.
    private UUID part(String name) {
        return UUID.nameUUIDFromBytes((id + "/" + name).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "DecisionDocument[" + id + "]";
    }
}
