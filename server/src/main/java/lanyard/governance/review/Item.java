package lanyard.governance.review;

import java.util.List;
import java.util.Optional;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;

/// One message of a case, with everything that became of it. Unredacted: it hides itself.
///
/// @param number its place among the case's messages, in the order of time, from 1
/// @param versions as it was first sent, then each edit
record Item(
        int number,
        Conversation room,
        EventId id,
        Named sender,
        List<Version> versions,
        Optional<Attachment> file,
        Around around) {
    /// Somebody as they were called when the message was taken.
    record Named(UserId id, String name) {}

    /// @param health whether what is said there counts as data concerning health
    record Conversation(RoomId id, String name, boolean health) {}

    record Version(EventId event, long ts, String text) {}

    /// @param blob where the file itself is kept; empty when it could not be had, and `problem` says why
    record Attachment(String name, String type, long bytes, String sha256, String blob, String problem) {}

    record Reaction(Named by, long ts, String key) {}

    /// @param ts when they had read it at the latest
    record Read(Named by, long ts) {}

    record Deleted(Named by, long ts, String why) {}

    /// What the message stood in.
    ///
    /// @param left whether its sender is no longer in the conversation
    /// @param repliesTo the event it answers
    record Around(
            List<Named> members,
            boolean left,
            List<Reaction> reactions,
            List<Read> reads,
            Optional<Deleted> deleted,
            Optional<EventId> repliesTo) {
        Around {
            members = List.copyOf(members);
            reactions = List.copyOf(reactions);
            reads = List.copyOf(reads);
        }
    }

    Item {
        versions = List.copyOf(versions);
    }

    long ts() {
        return versions.getFirst().ts();
    }

    /// Whether `event` is this message or one of its edits.
    boolean has(EventId event) {
        return versions.stream().anyMatch(version -> version.event().equals(event));
    }

    @Override
    public String toString() {
        return "Item[" + number + ", hidden]";
    }
}
