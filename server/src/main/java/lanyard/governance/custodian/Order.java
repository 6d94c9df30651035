package lanyard.governance.custodian;

import java.util.List;
import java.util.Set;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;

/// An approved case to unseal: which rooms and spans, who must have no part in it, who asked, who agreed, and why.
/// Whoever makes one has checked that the case is approved; what an order can say for itself is checked here.
public record Order(
        String caseId,
        String organization,
        List<Span> rooms,
        Set<UserId> excluded,
        UserId requestedBy,
        UserId approvedBy,
        String reason) {
    private static final int MOST_ROOMS = 1_000;

    /// A room from one time to another, both included, in milliseconds since 1970.
    public record Span(RoomId room, long fromTs, long toTs) {
        public Span {
            if (fromTs < 0 || fromTs > toTs) {
                throw refused("A case's span must begin before it ends.");
            }
        }
    }

    public Order {
        rooms = List.copyOf(rooms);
        excluded = Set.copyOf(excluded);
        if (rooms.isEmpty() || rooms.size() > MOST_ROOMS) {
            throw refused("A case to unseal names at least one room and at most " + MOST_ROOMS + ".");
        }
        if (requestedBy.equals(approvedBy)) {
            throw refused("Who asks for a case to be unsealed cannot approve it: another person must.");
        }
        if (excluded.contains(requestedBy) || excluded.contains(approvedBy)) {
            throw refused("Somebody whom the case is about, or who was in its rooms, cannot ask for it or approve it.");
        }
        if (reason.isBlank() || reason.length() > 1_000) {
            throw refused("Say why the case is unsealed, in at most 1000 characters.");
        }
    }

    static MatrixException refused(String sentence) {
        return new MatrixException(ErrorCode.M_FORBIDDEN, sentence);
    }
}
