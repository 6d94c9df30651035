package lanyard.trust.policy;

import java.time.Duration;

/// What the policy says of one kind of room: how long its messages and the files sent in it are kept, and how often its
/// membership is reviewed.
public record RoomRule(Duration keepFor, Duration keepFilesFor, Duration reviewEvery) {
    static RoomRule ofDays(int keep, int review) {
        return new RoomRule(Duration.ofDays(keep), Duration.ofDays(keep), Duration.ofDays(review));
    }
}
