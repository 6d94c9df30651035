package lanyard.governance.carerecord;

import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import lanyard.standards.fhir.CodeableConcept;

/// What a deployment decides about its record: where each organisation's decisions go, what the documents are called,
/// whether they say who was told, and who runs a delivery that should not wait.
public record CareRecordSettings(
        Function<String, RecordSink> sinkOf,
        CodeableConcept documentType,
        boolean communications,
        Executor atOnce,
        RandomGenerator jitter) {
    /// In words only: no code for such a document has been agreed, and which one to use is the organisation's choice.
    public static final CodeableConcept USUAL_TYPE = CodeableConcept.text("Clinical decision");
}
