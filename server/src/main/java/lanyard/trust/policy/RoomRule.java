package lanyard.trust.policy;

import java.time.Duration;

/// What the policy says of one kind of room: how long its messages and the files sent in it are kept, how often its
/// membership is reviewed, what the nudge does, what it is approved for, what may go with a message.
///
/// @param onCallReads how far back somebody reads who joins because they are on call; zero: from joining on
public record RoomRule(
        Duration keepFor,
        Duration keepFilesFor,
        Duration reviewEvery,
        Nudge nudge,
        ApprovedUse use,
        Duration onCallReads,
        Enclosures encloses) {
    /// Where every organisation begins.
    static RoomRule standard(String kind, int keepDays, int reviewDays) {
        var keep = Duration.ofDays(keepDays);
        var clinical = kind.equals("clinical");
        return new RoomRule(
                keep,
                keep,
                Duration.ofDays(reviewDays),
                clinical ? Nudge.WARN : Nudge.ASK,
                ApprovedUse.standard(kind),
                clinical ? Duration.ofHours(24) : Duration.ZERO,
                Enclosures.standard(kind));
    }

    /// The same with messages and files kept for another time.
    public RoomRule keeping(Duration messages, Duration files) {
        return new RoomRule(messages, files, reviewEvery, nudge, use, onCallReads, encloses);
    }
}
