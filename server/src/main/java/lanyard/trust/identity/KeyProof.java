package lanyard.trust.identity;

import lanyard.platform.http.Exchange;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;

/// What the feature `oauth`, which stands above this one, knows of tokens that are bound to a key: whether this request
/// is signed with it. <https://www.rfc-editor.org/rfc/rfc9449#section-7>
public interface KeyProof {
    KeyProof NONE = (exchange, token, caller) -> {
        throw new MatrixException(ErrorCode.M_UNKNOWN_TOKEN, "This server knows no tokens that are bound to a key.");
    };

    /// Throws what refuses a request that shows `token` and is not signed with the key it is bound to. Called for each
    /// token that is bound and for each that is said to be.
    void require(Exchange exchange, String token, Caller caller);
}
