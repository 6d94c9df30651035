package lanyard.governance.custodian;

import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;

/// A room of a case that is being unsealed: which case, room and span (milliseconds since 1970, both included), by whom
/// and why.
record CaseOrder(String caseId, RoomId room, long fromTs, long toTs, Approval approval) {
    /// Who approved the case and why.
    record Approval(UserId by, String reason) {
        Approval {
            if (reason.isBlank() || reason.length() > 1_000) {
                throw new CustodianRefusal("Say why the case is opened, in at most 1000 characters.");
            }
        }
    }

    CaseOrder {
        if (!caseId.matches("[A-Za-z0-9._/-]{1,64}")) {
            throw new CustodianRefusal("A case needs a reference of letters, digits, dots, hyphens and slashes.");
        }
        if (fromTs < 0 || fromTs > toTs) {
            throw new CustodianRefusal("A case's span must begin before it ends.");
        }
    }
}
