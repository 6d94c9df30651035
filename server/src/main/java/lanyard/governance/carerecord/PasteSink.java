package lanyard.governance.carerecord;

import java.util.UUID;

/// For places whose health record has no interface: the decision waits for somebody to copy it there.
public final class PasteSink implements RecordSink {
    @Override
    public Kind kind() {
        return Kind.PASTE;
    }

    @Override
    public Outcome deliver(UUID decision, byte[] document) {
        return new Outcome.ByHand();
    }

    /// People copy words. The picture stays in the conversation until a clinician says why it may go.
    @Override
    public Outcome deliverImage(UUID decision, RecordImage image) {
        return new Outcome.ByHand();
    }
}
