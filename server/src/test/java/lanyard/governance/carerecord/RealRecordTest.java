package lanyard.governance.carerecord;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import lanyard.governance.carerecord.RecordSink.Outcome;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Composition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The sink against a FHIR server that we did not write.
class RealRecordTest {
    private static final UUID EARLIER = UUID.fromString("0b7cb2b5-6f0f-4e6e-8a51-4a9a40a6d0f4");

    private final RealRecord record = new RealRecord();
    private final FhirSink sink = new FhirSink(record.address());

    @AfterEach
    void close() {
        sink.close();
        record.close();
    }

    @Test
    @Rule("G15")
    void aDecisionIsKeptReadBackAndThereOnce() {
        assertThat(deliver(Documents.decision("Furosemide < 40 mg & once.\nReview at 8.")))
                .isEqualTo(new Outcome.Kept("Bundle/1"));
        assertThat(deliver(Documents.decision("Furosemide < 40 mg & once.\nReview at 8.")))
                .isEqualTo(new Outcome.Kept("Bundle/1"));
        assertThat(record.documents()).hasSize(1);
    }

    @Test
    @Rule("G15")
    void whoWasToldIsKeptWithTheDecisionOnce() {
        for (var time = 0; time < 2; time++) {
            assertThat(deliver(Documents.told("Stop.", 0))).isEqualTo(new Outcome.Kept("Bundle/1"));
        }
        var told = record.documents().getFirst().getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(Communication.class::isInstance)
                .map(Communication.class::cast)
                .toList();
        assertThat(told)
                .singleElement()
                .satisfies(one -> assertThat(one.getRecipient()).hasSize(2));
        assertThat(deliver(Documents.told("Stop.", 1)))
                .isEqualTo(new Outcome.Refused("The health record kept something else: other words."));
    }

    @Test
    @Rule("G15")
    void whatFollowsADecisionIsKeptWithItsStatusAndItsRelation() {
        assertThat(deliver(Documents.about(EntryKind.ERROR, EARLIER, "It was filed about the wrong patient.")))
                .isEqualTo(new Outcome.Kept("Bundle/1"));
        var composition =
                (Composition) record.documents().getFirst().getEntryFirstRep().getResource();
        assertThat(composition.getStatus()).isEqualTo(Composition.CompositionStatus.ENTEREDINERROR);
        assertThat(composition.getRelatesToFirstRep().getCode())
                .isEqualTo(Composition.DocumentRelationshipType.REPLACES);
    }

    @Test
    @Hazard("H05")
    void oneThatTakesItAndDoesNotSaySoHasItOnce() {
        record.answersAfterCreate(false);
        assertThat(deliver(Documents.decision("Stop."))).isInstanceOf(Outcome.NotReached.class);
        record.answersAfterCreate(true);
        assertThat(deliver(Documents.decision("Stop."))).isEqualTo(new Outcome.Kept("Bundle/1"));
        assertThat(record.documents()).hasSize(1);
    }

    @Test
    @Hazard("H05")
    void oneThatHasSomethingElseUnderThatIdentifierHasNotGotIt() {
        deliver(Documents.decision("Stop."));
        assertThat(deliver(Documents.decision("Go on.")))
                .isEqualTo(new Outcome.Refused("The health record kept something else: other words."));
    }

    @Test
    void oneThatIsDownIsTriedAgain() {
        record.close();
        assertThat(deliver(Documents.decision("Stop."))).isInstanceOf(Outcome.NotReached.class);
        assertThat(record.documents()).extracting(Bundle::getId).isEmpty();
    }

    private Outcome deliver(DecisionDocument document) {
        var bytes = document.bundle().toJson().toString().getBytes(StandardCharsets.UTF_8);
        return sink.deliver(document.id(), bytes);
    }
}
