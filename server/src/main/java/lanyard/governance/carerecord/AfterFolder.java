package lanyard.governance.carerecord;

import java.util.Optional;
import java.util.UUID;

/// A sink of an organisation whose decisions were saved to a folder before. Nothing goes there any more; of what lies
/// there, it is still heard that the record has it (ADR 45).
public record AfterFolder(RecordSink now, FolderSink before) implements RecordSink {
    @Override
    public Kind kind() {
        return now.kind();
    }

    @Override
    public Outcome deliver(UUID decision, byte[] document) {
        return now.deliver(decision, document);
    }

    @Override
    public Outcome deliverImage(UUID decision, RecordImage image) {
        return now.deliverImage(decision, image);
    }

    @Override
    public Optional<String> findFiled(String kept) {
        return before.findFiled(kept);
    }
}
