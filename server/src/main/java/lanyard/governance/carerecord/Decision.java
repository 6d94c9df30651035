package lanyard.governance.carerecord;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import lanyard.messaging.patient.PatientId;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import org.jspecify.annotations.Nullable;

/// A decision, or what follows one, as it stands, without what it says. `reason` is still sealed; times are
/// milliseconds since 1970.
///
/// @param about the decision that this follows
/// @param confirmedTs when the decider said that they decided; null too when they wrote it themselves
record Decision(
        UUID id,
        RoomId room,
        String organization,
        PatientId patient,
        EntryKind kind,
        @Nullable UUID about,
        UserId author,
        UserId decider,
        @Nullable UserId adviser,
        long decidedTs,
        long writtenTs,
        @Nullable Long confirmedTs,
        EventId summaryEvent,
        RecordSink.Kind sink,
        Status status,
        byte @Nullable [] reason,
        @Nullable String reference,
        @Nullable UserId pastedBy,
        @Nullable Long acknowledgedTs,
        @Nullable Long originalsGoTs,
        @Nullable Long overdueTs,
        Delay delay,
        List<Source> sources,
        List<UserId> queriedBy,
        List<FollowUp> followUps) {
    Decision {
        sources = List.copyOf(sources);
        queriedBy = List.copyOf(queriedBy);
        followUps = List.copyOf(followUps);
    }

    /// A message it was taken in.
    record Source(EventId event, UserId sender, byte[] sha256) {}

    /// What has been signed about it since.
    record FollowUp(
            UUID id,
            EntryKind kind,
            Status status,
            UserId author,
            @Nullable String errorReason) {}

    Decision with(List<Source> newSources, List<UserId> newQueries, List<FollowUp> newFollowUps) {
        return new Decision(
                id,
                room,
                organization,
                patient,
                kind,
                about,
                author,
                decider,
                adviser,
                decidedTs,
                writtenTs,
                confirmedTs,
                summaryEvent,
                sink,
                status,
                reason,
                reference,
                pastedBy,
                acknowledgedTs,
                originalsGoTs,
                overdueTs,
                delay,
                newSources,
                newQueries,
                newFollowUps);
    }

    boolean isSourceAuthor(UserId user) {
        return sources.stream().anyMatch(source -> source.sender().equals(user));
    }

    /// Somebody else than the author decided, by the author's word alone.
    boolean isUnconfirmed() {
        return !author.equals(decider) && confirmedTs == null;
    }

    /// What takes its place or withdraws it, unless the record refused that. A replacement that was withdrawn takes no
    /// place; the mark of a withdrawn decision is as withdrawn as that.
    Optional<FollowUp> correction() {
        return followUps.stream()
                .filter(followUp -> followUp.kind().isCorrection() && followUp.status() != Status.REFUSED)
                .filter(followUp -> followUp.kind() == EntryKind.ERROR || followUp.status() != Status.WITHDRAWN)
                .reduce((_, last) -> last);
    }

    boolean isMarkedInError() {
        return correction().filter(found -> found.kind() == EntryKind.ERROR).isPresent();
    }
}
