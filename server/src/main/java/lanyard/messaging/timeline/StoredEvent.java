package lanyard.messaging.timeline;

import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.UserId;

/// An event as it is stored, without what it says: `sha256` is of its canonical bytes. Redacted means hidden from every
/// reader, pruned that what it said is gone.
public record StoredEvent(
        EventId id,
        UserId sender,
        String type,
        boolean isState,
        long seq,
        long timestamp,
        byte[] sha256,
        boolean isRedacted,
        boolean isPruned) {}
