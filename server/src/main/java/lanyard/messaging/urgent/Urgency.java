package lanyard.messaging.urgent;

import java.time.Duration;
import java.util.Optional;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;

/// Something urgent, without what it says. Times are milliseconds since 1970.
///
/// @param eventSeq where its message stands in the room; zero until the app has sent that
/// @param progress what changes
record Urgency(
        String id,
        String organization,
        RoomId room,
        UserId sender,
        boolean broadcast,
        Optional<String> event,
        long eventSeq,
        long sentTs,
        int replyMinutes,
        Progress progress) {
    /// @param step the last that was taken, counted from one
    /// @param dueTs when its time to answer is over
    /// @param nextAlertTs when phones ring again; empty when they do not
    record Progress(Standing standing, int step, long dueTs, Optional<Long> nextAlertTs) {
        Progress ringingAt(long ts) {
            return new Progress(standing, step, dueTs, Optional.of(ts));
        }

        Progress silent() {
            return new Progress(standing, step, dueTs, Optional.empty());
        }

        Progress dueAt(long ts) {
            return new Progress(standing, step, ts, nextAlertTs);
        }

        Progress as(Standing other) {
            return new Progress(other, step, dueTs, nextAlertTs);
        }
    }

    Urgency with(Progress next) {
        return new Urgency(id, organization, room, sender, broadcast, event, eventSeq, sentTs, replyMinutes, next);
    }

    Standing standing() {
        return progress.standing();
    }

    long answerTime() {
        return Duration.ofMinutes(replyMinutes).toMillis();
    }
}
