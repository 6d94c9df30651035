package lanyard.governance.carerecord;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;

/// A decision whose originals may go now, as far as the record is concerned.
public record Release(
        UUID id,
        RoomId room,
        String organization,
        List<Original> sources,
        EventId summaryEvent,
        UserId author,
        String reference) {
    public Release {
        sources = List.copyOf(sources);
    }

    /// A message that the decision was taken in.
    ///
    /// @param sha256 of the stored event when the decision was signed
    public record Original(EventId event, UserId sender, byte[] sha256) {}

    static Release of(Decision decision) {
        return new Release(
                decision.id(),
                decision.room(),
                decision.organization(),
                decision.sources().stream()
                        .map(source -> new Original(source.event(), source.sender(), source.sha256()))
                        .toList(),
                decision.summaryEvent(),
                decision.author(),
                Optional.ofNullable(decision.reference()).orElseThrow());
    }
}
