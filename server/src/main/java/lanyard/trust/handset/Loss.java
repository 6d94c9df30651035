package lanyard.trust.handset;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lanyard.standards.matrix.RoomId;

/// A phone that was reported lost, and what is known since.
///
/// @param lastOpenedAt when it was last given its share before the report
/// @param lockedAt empty when it is not locked: it was found, or wiping was asked for at once
/// @param offlineUntil until when it may open without asking; empty when it has no such allowance
/// @param deliveredAt when it came back with its old token and was ordered to clear itself
/// @param appReportedAt when the app on it said, signed with the phone's own key, that its data is deleted
/// @param rooms the conversations it could show when it was reported
record Loss(
        String handset,
        Instant reportedAt,
        Instant lastOpenedAt,
        Optional<Instant> lockedAt,
        Optional<Instant> wipeRequestedAt,
        Optional<Instant> offlineUntil,
        Optional<Instant> deliveredAt,
        Optional<Instant> appReportedAt,
        List<RoomId> rooms) {

    boolean isLocked() {
        return lockedAt.isPresent();
    }

    boolean isWipeRequested() {
        return wipeRequestedAt.isPresent();
    }

    /// From when the server let the phone do nothing; empty when it was found again.
    Optional<Instant> accessStoppedAt() {
        return lockedAt.or(() -> wipeRequestedAt);
    }

    /// What was on the phone is to be taken as readable until then (D9).
    Instant readableUntil() {
        var stopped = accessStoppedAt().orElse(reportedAt);
        return offlineUntil.filter(end -> end.isAfter(stopped)).orElse(stopped);
    }
}
