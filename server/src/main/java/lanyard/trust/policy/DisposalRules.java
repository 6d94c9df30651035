package lanyard.trust.policy;

import java.time.Duration;

/// What the policy says of disposal by retention.
///
/// @param undo how long what is marked for disposal can still be called off
/// @param askAhead how long before a clinical room's first disposal its owner is asked
/// @param backups how long backups are kept: what was disposed of may be in them until then
public record DisposalRules(Duration undo, Duration askAhead, Duration backups) {
    /// Where every organisation begins.
    public static final DisposalRules STANDARD =
            new DisposalRules(Duration.ofDays(7), Duration.ofDays(28), Duration.ofDays(35));
}
