package lanyard.governance.carerecord;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import lanyard.standards.fhir.Bundle;
import lanyard.standards.fhir.CodeableConcept;
import lanyard.standards.fhir.Communication;
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

/// A decision, or what follows one, as a FHIR document: one composition that a reader of the health record understands
/// without Lanyard, and a provenance that names the messages it came from. The same decision always makes the same
/// document, byte for byte. Whoever is said to have decided and has not signed is named and vouches for nothing.
/// <https://hl7.org/fhir/R4/documents.html>
///
/// @param about the earlier decision that this replaces, withdraws or confirms
/// @param told to whom it was sent, where the organisation wants that in the record
record DecisionDocument(
        UUID id,
        EntryKind kind,
        Optional<UUID> about,
        CodeableConcept type,
        Patient patient,
        Clinician author,
        Clinician decider,
        Optional<Clinician> adviser,
        Organization custodian,
        String summary,
        Instant decided,
        Instant written,
        List<Source> sources,
        List<DecisionImages.Named> images,
        Optional<Told> told) {
    private static final ZoneId LOCAL = ZoneId.of("Europe/London");
    private static final DateTimeFormatter WORDS =
            DateTimeFormatter.ofPattern("d MMMM uuuu 'at' HH:mm z", Locale.UK).withZone(LOCAL);
    private static final String COMPOSITION = "composition";
    private static final String COMMUNICATION = "communication";

    DecisionDocument {
        sources = List.copyOf(sources);
        images = List.copyOf(images);
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

    /// How a composition of ours is known, to name it in a later one.
    private static Identifier composition(UUID decision) {
        return Identifier.uri("urn:uuid:" + part(decision, COMPOSITION));
    }

    Bundle bundle() {
        var people = people();
        var entries = new ArrayList<Bundle.Entry>();
        entries.add(entry(COMPOSITION, composition()));
        entries.add(entry("patient", patient));
        people.forEach((name, person) -> entries.add(entry(name, person.practitioner())));
        entries.add(entry("custodian", custodian));
        people.forEach((name, person) ->
                role(name, person).ifPresent(role -> entries.add(entry(name + "-role", role))));
        entries.add(entry("provenance", provenance()));
        sent().ifPresent(of -> entries.add(entry(COMMUNICATION, communication(of))));
        return new Bundle(identifier(id), written, entries);
    }

    /// Each once, under the first of their parts.
    private Map<String, Clinician> people() {
        var people = new LinkedHashMap<String, Clinician>();
        people.put("author", author);
        if (!isOnePerson()) {
            people.put("decider", decider);
        }
        adviser.filter(advising ->
                        people.values().stream().noneMatch(known -> known.user().equals(advising.user())))
                .ifPresent(advising -> people.put("adviser", advising));
        return people;
    }

    private Reference to(Clinician person) {
        return people().entrySet().stream()
                .filter(known -> known.getValue().user().equals(person.user()))
                .findFirst()
                .map(known -> to(known.getKey()))
                .orElseThrow();
    }

    private Composition composition() {
        return new Composition(
                composition(id),
                kind == EntryKind.ERROR ? Composition.Status.ENTERED_IN_ERROR : Composition.Status.FINAL,
                Narrative.of(Narrative.Status.GENERATED, origin()),
                type,
                to("patient"),
                written,
                List.of(to("author")),
                title(),
                List.of(new Composition.Attester(isOnePerson() ? decided : written, to("author"))),
                to("custodian"),
                about.map(earlier -> new Composition.RelatesTo(relation(), composition(earlier))).stream()
                        .toList(),
                sections());
    }

    private Composition.RelatesTo.Code relation() {
        return kind.isCorrection() ? Composition.RelatesTo.Code.REPLACES : Composition.RelatesTo.Code.APPENDS;
    }

    private String title() {
        return switch (kind) {
            case DECISION, REPLACEMENT -> "Clinical decision taken in a conversation";
            case ERROR -> "Clinical decision entered in error";
            case CONFIRMATION -> "Confirmation of a clinical decision";
        };
    }

    /// What a person must read is in sections: they are what is compared with what the record kept.
    private List<Composition.Section> sections() {
        var sections = new ArrayList<Composition.Section>();
        sections.add(section(
                switch (kind) {
                    case DECISION, REPLACEMENT -> "Decision";
                    case ERROR -> "Entered in error";
                    case CONFIRMATION -> "Confirmation";
                },
                summary,
                List.of(to("provenance"))));
        adviser.ifPresent(
                advising -> sections.add(section("Advice", "Advised by " + advising.line() + ".", List.of())));
        images.forEach(image -> sections.add(section("Picture", picture(image), List.of())));
        sent().ifPresent(of -> sections.add(section("Who was told", told(of), List.of(to(COMMUNICATION)))));
        if (!isOnePerson()) {
            var words = author.line() + " states that " + decider.line() + " decided this. They have not confirmed it.";
            sections.add(section("Not confirmed by the person who decided", words, List.of()));
        }
        return sections;
    }

    private static String picture(DecisionImages.Named image) {
        return "A picture (" + image.type().word() + ") belongs to this and is kept in this record as "
                + identifier(image.id()).value() + ", SHA-256 " + HexFormat.of().formatHex(image.sha256()) + ".";
    }

    private static Composition.Section section(String title, String words, List<Reference> entries) {
        return new Composition.Section(title, Narrative.of(Narrative.Status.ADDITIONAL, words), entries);
    }

    private String origin() {
        var place = "Taken in a conversation among staff of " + custodian.name() + ".";
        if (!kind.isDecision()) {
            return "Signed by " + author.line() + " on " + WORDS.format(written) + ".\n" + place;
        }
        var decision = "Decided by " + decider.line() + " on " + WORDS.format(decided)
                + (isOnePerson() ? "." : ", not confirmed by them.");
        return decision + "\nWritten for the record by " + author.line() + " on " + WORDS.format(written) + ".\n"
                + place;
    }

    /// Where there was anybody to be named.
    private Optional<Told> sent() {
        return told.filter(of -> !of.people().isEmpty());
    }

    private static String told(Told of) {
        var words = new StringBuilder("Sent in the conversation on ")
                .append(WORDS.format(of.sent()))
                .append(" to:");
        of.people().forEach(person -> words.append('\n').append(person.line()));
        if (of.others() > 0) {
            words.append("\nand ").append(of.others()).append(" others of the conversation.");
        }
        return words.append("\nWhether they have read it is not said here.").toString();
    }

    /// What they were told is the composition: no message is in it.
    private Communication communication(Told of) {
        var known = people().values().stream().map(Clinician::user).toList();
        return new Communication(
                Identifier.uri("urn:uuid:" + part(id, COMMUNICATION)),
                to("patient"),
                of.sent(),
                to("author"),
                of.people().stream()
                        .map(person -> known.contains(person.user()) ? to(person) : person.reference())
                        .toList(),
                to(COMPOSITION));
    }

    private Provenance provenance() {
        var agents = new ArrayList<Agent>();
        agents.add(new Agent(Part.AUTHOR, to("author")));
        agents.add(new Agent(Part.ATTESTER, to("author")));
        if (!isOnePerson()) {
            agents.add(new Agent(Part.PERFORMER, to("decider")));
        }
        adviser.ifPresent(advising -> agents.add(new Agent(Part.INFORMANT, to(advising))));
        agents.add(new Agent(Part.ASSEMBLER, Reference.named("Lanyard")));
        return new Provenance(
                to(COMPOSITION),
                written,
                agents,
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

    private Bundle.Entry entry(String name, Resource resource) {
        return new Bundle.Entry("urn:uuid:" + part(id, name), resource);
    }

    private Reference to(String name) {
        return Reference.to("urn:uuid:" + part(id, name));
    }

    /// Derived from the decision, so that a second attempt says exactly what the first said.
    private static UUID part(UUID decision, String name) {
        return UUID.nameUUIDFromBytes((decision + "/" + name).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "DecisionDocument[" + id + "]";
    }
}
