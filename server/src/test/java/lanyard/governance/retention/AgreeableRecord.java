package lanyard.governance.retention;

import java.util.UUID;
import lanyard.governance.carerecord.RecordImage;
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

    @Override
    public Outcome deliverImage(UUID decision, RecordImage image) {
        return new Outcome.Kept("DocumentReference/" + image.id());
    }
}
