package lanyard.governance.misdirection;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;

/// One case: which message, and who had read it when its author said that it went to the wrong person.
public record Misdirection(
        String id, String organization, Message message, Instant reportedAt, List<Reader> readers, Optional<End> end) {
    public record Message(RoomId room, EventId event, UserId author, Instant sentAt) {}

    /// What the server knew of somebody who could see the message: when they had read it at the latest, and when a
    /// phone of theirs had fetched it at the latest.
    public record Reader(UserId user, Optional<Instant> readAt, Optional<Instant> deliveredAt) {
        boolean hasRead() {
            return readAt.isPresent();
        }
    }

    /// What became of it.
    public record End(String outcome, UserId by, Instant at) {}

    List<Reader> read() {
        return readers.stream().filter(Reader::hasRead).toList();
    }

    List<Reader> unread() {
        return readers.stream().filter(reader -> reader.readAt().isEmpty()).toList();
    }
}
