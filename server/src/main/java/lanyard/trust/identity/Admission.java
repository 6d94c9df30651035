package lanyard.trust.identity;

import lanyard.platform.db.Tx;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.JsonNodeFactory;

/// Who may be given a token. Asked within the transaction that gives it, whichever way somebody comes: what was right
/// a moment ago, a password, a code, a refresh token, does not let in who has left since.
final class Admission {
    private Admission() {}

    /// Errors: `M_USER_DEACTIVATED`, `M_USER_LOCKED` with `soft_logout`.
    static void require(Tx tx, UserId user) {
        var standing = new LeaverStore().standing(tx, user);
        if (standing.ended()) {
            throw deactivated();
        }
        if (standing.locked()) {
            throw locked();
        }
    }

    /// How an account stands whose owner wants to come in.
    record Account(boolean ended, boolean locked) {}

    static MatrixException deactivated() {
        return new MatrixException(ErrorCode.M_USER_DEACTIVATED, "Your account has ended. Ask your IT service desk.");
    }

    /// <https://spec.matrix.org/v1.18/client-server-api/#account-locking>
    static MatrixException locked() {
        return new MatrixException(
                        ErrorCode.M_USER_LOCKED, "Your account is locked. Ask your information governance team.")
                .with("soft_logout", JsonNodeFactory.instance.booleanNode(true));
    }
}
