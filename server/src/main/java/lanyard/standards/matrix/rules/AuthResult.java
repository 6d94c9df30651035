package lanyard.standards.matrix.rules;

import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;

/// What the authorisation rules say of an event.
public sealed interface AuthResult {
    record Allowed() implements AuthResult {}

    /// `reason` is a sentence for the person, without anything the event says.
    record Refused(String reason) implements AuthResult {}

    static AuthResult allowed() {
        return new Allowed();
    }

    static AuthResult refused(String reason) {
        return new Refused(reason);
    }

    default boolean isAllowed() {
        return this instanceof Allowed;
    }

    /// For a deed of one of our own people. Errors: `M_FORBIDDEN` with the reason.
    default void orThrow() {
        if (this instanceof Refused(String reason)) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, reason);
        }
    }
}
