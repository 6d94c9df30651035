package lanyard.governance.disclosure;

import java.util.List;
import java.util.Set;
import lanyard.standards.matrix.UserId;

/// What two people have agreed may be looked into.
///
/// @param excluded everybody named in the case or ever in one of its rooms within the span: none of them may unseal
public record ApprovedScope(
        CaseId id,
        String organization,
        List<RoomSpan> rooms,
        Set<UserId> excluded,
        UserId requestedBy,
        UserId approvedBy,
        String reason) {
    public ApprovedScope {
        rooms = List.copyOf(rooms);
        excluded = Set.copyOf(excluded);
    }
}
