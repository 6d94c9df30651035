package lanyard.trust.identity;

import java.time.Instant;
import lanyard.platform.db.Tx;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.ObjectNode;

/// What the feature `passkey`, which stands above this one, knows of somebody's second steps.
public interface OtherFactor {
    OtherFactor NONE = new OtherFactor() {
        @Override
        public boolean has(Tx tx, UserId user) {
            return false;
        }

        @Override
        public Instant stepUp(Caller caller, ObjectNode credential) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "You have no passkey here.");
        }

        @Override
        public void forget(Commit commit, UserId user) {}
    };

    boolean has(Tx tx, UserId user);

    /// Until when the proof counts. Errors: `M_FORBIDDEN`.
    Instant stepUp(Caller caller, ObjectNode credential);

    /// Its person has left for good.
    void forget(Commit commit, UserId user);
}
