package lanyard.trust.handset;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The strongest thing that can truthfully be said of a lost phone, and since when. There is deliberately none that
/// says "wiped": nobody can know that of a phone that is not in their hand.
record Evidence(Kind kind, Instant since) {
    /// The weakest first.
    enum Kind {
        /// The server answers the phone no more.
        ACCESS_STOPPED,
        /// It came back and was ordered to clear itself.
        INSTRUCTION_DELIVERED,
        /// The app on it says that its data is deleted, which nobody has checked.
        APP_REPORTED,
        /// What is on it cannot be opened: its shares are destroyed and no offline allowance is left.
        UNREADABLE;

        String word() {
            return this == UNREADABLE ? "unreadable_since" : name().toLowerCase(Locale.ROOT);
        }
    }

    /// Empty for a phone that was found.
    static Optional<Evidence> strongest(Loss loss, Instant now) {
        return Stream.of(
                        unreadable(loss, now),
                        loss.appReportedAt().map(at -> new Evidence(Kind.APP_REPORTED, at)),
                        loss.deliveredAt().map(at -> new Evidence(Kind.INSTRUCTION_DELIVERED, at)),
                        loss.accessStoppedAt().map(at -> new Evidence(Kind.ACCESS_STOPPED, at)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /// Only a wipe destroys the shares: a locked phone that is unlocked opens again.
    private static Optional<Evidence> unreadable(Loss loss, Instant now) {
        return loss.wipeRequestedAt()
                .map(asked ->
                        loss.offlineUntil().filter(end -> end.isAfter(asked)).orElse(asked))
                .filter(end -> !end.isAfter(now))
                .map(end -> new Evidence(Kind.UNREADABLE, end));
    }
}
