package lanyard.trust.policy;

import java.time.Duration;

/// What the policy says of how people use conversations.
///
/// @param editWithin how long a message can be changed by its author
/// @param undoWithin how long *undo* stays beside a message; deleting for everyone has no end
/// @param mostAddedAtOnce how many people one step may add to a conversation
/// @param outsidersAtMost the longest time for which somebody of another employer may be a member
/// @param repeatUrgent how long after an unanswered urgent message its alert comes again
/// @param longestVoiceNote how long somebody may speak
/// @param largestFileMegabytes how large a document may be
/// @param induction the version of the one-minute induction that must have been read
public record EverydayRules(
        Duration editWithin,
        Duration undoWithin,
        int mostAddedAtOnce,
        Duration outsidersAtMost,
        Duration repeatUrgent,
        Duration longestVoiceNote,
        int largestFileMegabytes,
        int induction) {
    /// Where every organisation begins.
    public static final EverydayRules STANDARD = new EverydayRules(
            Duration.ofMinutes(15),
            Duration.ofSeconds(10),
            30,
            Duration.ofDays(90),
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            10,
            1);
}
