package lanyard.governance.retention;

import java.util.UUID;
import lanyard.governance.carerecord.RecordSink;

/// A health record that takes everything; what one may do wrong is CareRecordTest's.
final class AgreeableRecord implements RecordSink {
    @Override
    public Kind kind() {
        return Kind.FHIR;
    }

    @Override
    public Outcome deliver(UUID decision, byte[] document) {
        return new Outcome.Kept("Bundle/" + decision);
    }
}
