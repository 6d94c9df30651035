package lanyard.governance.carerecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import lanyard.governance.carerecord.FhirStub.Mood;
import lanyard.governance.carerecord.RecordSink.Outcome;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// G12 too: a record that answers with a gigabyte, a redirect, something else than FHIR or another patient is
/// bounded and refused; what it says in words is shown as text only.
class FhirSinkTest {
    private static final byte[] DOCUMENT = Documents.decision("Furosemide 40 mg once.")
            .bundle()
            .toJson()
            .toString()
            .getBytes(StandardCharsets.UTF_8);

    private final FhirStub stub = new FhirStub();
    private final FhirSink sink = new FhirSink(stub.address());

    @AfterEach
    void close() {
        sink.close();
        stub.close();
    }

    @Test
    @Rule("G15")
    void aDocumentIsKeptOnlyOnceItHasBeenReadBack() {
        assertThat(deliver(Mood.GOOD)).isEqualTo(new Outcome.Kept("Bundle/" + Documents.ID));
        assertThat(stub.documents()).containsExactly(DOCUMENT);
        assertThat(stub.requests()).containsExactly("POST /fhir/Bundle", "GET /fhir/Bundle/" + Documents.ID);
    }

    @Test
    void sentAgainItIsThereOnce() {
        deliver(Mood.GOOD);
        assertThat(deliver(Mood.GOOD)).isInstanceOf(Outcome.Kept.class);
        assertThat(stub.documents()).hasSize(1);
    }

    @Test
    void aServerThatAcceptsAndThenHangsEndsWithOneDocument() {
        assertThat(deliver(Mood.ACCEPTS_THEN_HANGS)).isInstanceOf(Outcome.NotReached.class);
        assertThat(deliver(Mood.ACCEPTS_THEN_HANGS)).isInstanceOf(Outcome.NotReached.class);
        assertThat(deliver(Mood.GOOD)).isInstanceOf(Outcome.Kept.class);
        assertThat(stub.documents()).hasSize(1);
    }

    @Test
    void aServerThatDoesNotSayWhereIsSearched() {
        assertThat(deliver(Mood.SILENT_ABOUT_PLACE)).isEqualTo(new Outcome.Kept("Bundle/" + Documents.ID));
        assertThat(stub.requests()).noneMatch(request -> request.contains("9990000018"));
    }

    @Test
    void aSlowServerIsLeftAndTriedAgain() {
        var begun = System.nanoTime();
        assertThat(deliver(Mood.SLOW)).isInstanceOf(Outcome.NotReached.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
        assertThat(deliver(Mood.GOOD)).isInstanceOf(Outcome.Kept.class);
    }

    /// Abuse row G12.
    @Test
    @Hazard("H05")
    void g12ANarrativeInWhichSomethingRunsIsNotWhatWasSent() {
        var refused = new Outcome.Refused("The health record kept something else: other words.");
        assertThat(deliver(Mood.ADDS_A_SCRIPT)).isEqualTo(refused);
        assertThat(deliver(Mood.ADDS_A_HANDLER)).isEqualTo(refused);
        assertThat(deliver(Mood.GOOD)).isInstanceOf(Outcome.Kept.class);
    }

    @Test
    void aServerThatIsDownOrBusyIsTriedAgain() {
        assertThat(deliver(Mood.UNAVAILABLE)).isEqualTo(new Outcome.NotReached("The health record answered 503."));
        stub.close();
        assertThat(deliver(Mood.GOOD)).isInstanceOf(Outcome.NotReached.class);
    }

    /// Only then can a decision be withdrawn.
    @Test
    @Hazard("H05")
    void nothingWentOnlyWhereThereWasNoConnection() {
        assertThat(deliver(Mood.SLOW)).isInstanceOfSatisfying(Outcome.NotReached.class, FhirSinkTest::mayHaveGone);
        assertThat(deliver(Mood.UNAVAILABLE))
                .isInstanceOfSatisfying(Outcome.NotReached.class, FhirSinkTest::mayHaveGone);
        assertThat(deliver(Mood.ACCEPTS_THEN_HANGS))
                .isInstanceOfSatisfying(Outcome.NotReached.class, FhirSinkTest::mayHaveGone);
        stub.close();
        try (var another = new FhirSink(stub.address())) {
            assertThat(another.deliver(Documents.ID, DOCUMENT))
                    .isEqualTo(new Outcome.NotReached("The health record could not be reached.", true));
        }
    }

    private static void mayHaveGone(Outcome.NotReached outcome) {
        assertThat(outcome.nothingWent()).isFalse();
    }

    @Test
    void aRefusalCarriesTheServersWordsAndHidesThem() {
        var outcome = deliver(Mood.REFUSES);
        assertThat(outcome).isEqualTo(new Outcome.Refused("The health record says: No patient 9990000018 here"));
        assertThat(outcome.toString()).doesNotContain("9990000018");
        assertThat(stub.documents()).isEmpty();
    }

    @Test
    void aServerThatKeptOtherWordsHasNotKeptTheDecision() {
        assertThat(deliver(Mood.LIES_ABOUT_WORDS))
                .isEqualTo(new Outcome.Refused("The health record kept something else: other words."));
    }

    @Test
    void c14G12AServerThatKeptItForAnotherPatientHasNotKeptTheDecision() {
        assertThat(deliver(Mood.LIES_ABOUT_PATIENT))
                .isEqualTo(new Outcome.Refused("The health record kept something else: another patient."));
    }

    @Test
    void g12AHugeAnswerIsNotListenedTo() {
        assertThat(deliver(Mood.HUGE))
                .isEqualTo(new Outcome.Refused("The health record answered with more than it should."));
    }

    @Test
    void g12ARedirectIsNotFollowed() {
        assertThat(deliver(Mood.REDIRECTS)).isInstanceOf(Outcome.Refused.class);
        assertThat(stub.requests()).hasSize(1);
    }

    @Test
    void g12AnAnswerThatIsNotFhirIsRefused() {
        assertThat(deliver(Mood.NOT_FHIR))
                .isEqualTo(new Outcome.Refused("The health record answered with something that is not FHIR."));
    }

    @Test
    void aServerElsewhereIsReachedOverTlsOnly() {
        assertThatThrownBy(() -> new FhirServer(URI.create("http://record.example/fhir")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("https");
        assertThatThrownBy(() -> new FhirServer(URI.create("file:///tmp")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FhirServer(URI.create("https://user:secret@record.example/")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
        assertThat(new FhirServer(URI.create("https://record.example/fhir/")).at("/Bundle"))
                .hasToString("https://record.example/fhir/Bundle");
    }

    private Outcome deliver(Mood mood) {
        stub.is(mood);
        return sink.deliver(Documents.ID, DOCUMENT);
    }
}
