package lanyard.governance.disclosure;

import java.time.Instant;
import java.util.Optional;
import lanyard.standards.matrix.UserId;

/// A request and how far it has come.
///
/// @param quietUntil until when participants are not told; the epoch when they are
public record Case(
        CaseId id,
        String organization,
        CaseKind kind,
        CaseState state,
        Requester requester,
        String legalBasis,
        CaseScope scope,
        IdentityCheck identity,
        Clock clock,
        UserId openedBy,
        Instant opened,
        Optional<Approval> approval,
        Instant quietUntil) {
    /// How approval stands.
    ///
    /// @param spent whether it has been used: an approval is good for one unsealing
    public record Approval(
            UserId askedBy, String reason, Optional<UserId> approvedBy, Optional<Instant> approved, boolean spent) {}

    public boolean isClosed() {
        return state == CaseState.CLOSED;
    }
}
