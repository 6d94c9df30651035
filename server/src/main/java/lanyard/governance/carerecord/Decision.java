package lanyard.governance.carerecord;

import java.util.List;
import java.util.UUID;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import org.jspecify.annotations.Nullable;

/// A decision as it stands, without what it says. `reason` is still sealed; times are milliseconds since 1970.
record Decision(
        UUID id,
        RoomId room,
        String organization,
        UserId author,
        UserId decider,
        long decidedTs,
        EventId summaryEvent,
        RecordSink.Kind sink,
        Status status,
        byte @Nullable [] reason,
        @Nullable String reference,
        @Nullable Long acknowledgedTs,
        @Nullable Long originalsGoTs,
        boolean undelivered,
        List<Source> sources,
        List<UserId> queriedBy) {
    Decision {
        sources = List.copyOf(sources);
        queriedBy = List.copyOf(queriedBy);
    }

    /// A message it was taken in.
    record Source(EventId event, UserId sender, byte[] sha256) {}

    Decision with(List<Source> newSources, List<UserId> newQueries) {
        return new Decision(
                id,
                room,
                organization,
                author,
                decider,
                decidedTs,
                summaryEvent,
                sink,
                status,
                reason,
                reference,
                acknowledgedTs,
                originalsGoTs,
                undelivered,
                newSources,
                newQueries);
    }

    boolean isSourceAuthor(UserId user) {
        return sources.stream().anyMatch(source -> source.sender().equals(user));
    }
}
