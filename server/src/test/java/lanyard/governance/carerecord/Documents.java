package lanyard.governance.carerecord;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import lanyard.standards.fhir.CodeableConcept;
import lanyard.standards.fhir.HumanName;
import lanyard.standards.fhir.Identifier;
import lanyard.standards.fhir.Organization;
import lanyard.standards.fhir.Patient;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import org.jspecify.annotations.Nullable;

/// Documents to test with. Nobody in them exists; NHS numbers that begin with 999 are never issued.
final class Documents {
    static final UUID ID = UUID.fromString("5f0c4d0e-6b2a-4c38-9d5d-2f6f5a8f1f10");
    static final Instant DECIDED = Instant.parse("2026-11-03T14:05:00Z");
    static final Instant WRITTEN = Instant.parse("2026-11-03T14:07:30.250Z");
    static final Clinician PHARMACIST =
            new Clinician(new UserId("@sam.okafor:demo.example"), "Sam Okafor", "Ward pharmacist", "GPhC", "2012345");
    static final Clinician REGISTRAR =
            new Clinician(new UserId("@j.smith:demo.example"), "Dr Jo Smith", "Medical registrar", "GMC", "7012345");
    static final Clinician HEALTHCARE_ASSISTANT =
            new Clinician(new UserId("@lee.park:demo.example"), "Lee Park", "", "", "");

    private Documents() {}

    static DecisionDocument decision(String summary) {
        return decision(ID, summary, PHARMACIST, REGISTRAR);
    }

    static DecisionDocument decision(UUID id, String summary, Clinician author, Clinician decider) {
        return document(id, summary, new People(author, decider, Optional.empty()), EntryKind.DECISION, null);
    }

    static DecisionDocument advised(String summary, Clinician adviser) {
        return document(ID, summary, new People(PHARMACIST, REGISTRAR, Optional.of(adviser)), EntryKind.DECISION, null);
    }

    static DecisionDocument about(EntryKind kind, UUID earlier, String summary) {
        return document(ID, summary, new People(REGISTRAR, REGISTRAR, Optional.empty()), kind, earlier);
    }

    /// Sent to people who are in the document already, and to one who is not.
    static DecisionDocument told(String summary, int others) {
        var people = new People(PHARMACIST, REGISTRAR, Optional.empty());
        var told = new Told(WRITTEN.minusSeconds(20), List.of(REGISTRAR, HEALTHCARE_ASSISTANT), others);
        return document(ID, summary, people, new Kind(EntryKind.DECISION, null), Optional.of(told));
    }

    private record People(Clinician author, Clinician decider, Optional<Clinician> adviser) {}

    private static DecisionDocument document(
            UUID id, String summary, People people, EntryKind kind, @Nullable UUID about) {
        return document(id, summary, people, new Kind(kind, about), Optional.empty());
    }

    private record Kind(EntryKind kind, @Nullable UUID about) {}

    private static DecisionDocument document(UUID id, String summary, People people, Kind kind, Optional<Told> told) {
        return new DecisionDocument(
                id,
                kind.kind(),
                Optional.ofNullable(kind.about()),
                CodeableConcept.text("Clinical decision"),
                new Patient(
                        List.of(new Identifier(Identifier.NHS_NUMBER, "9990000018")),
                        new HumanName("Ada Example"),
                        LocalDate.parse("1951-02-03")),
                people.author(),
                people.decider(),
                people.adviser(),
                new Organization(
                        List.of(new Identifier(Identifier.ODS_ORGANIZATION_CODE, "RDEMO")), "Demonstration NHS Trust"),
                summary,
                DECIDED,
                WRITTEN,
                List.of(new DecisionDocument.Source(new RoomId("!room"), new EventId("$event-1_a"), new byte[32])),
                List.of(),
                told);
    }
}
