package lanyard.trust.oauth;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import java.net.URI;
import java.util.Optional;

/// A refusal in OAuth's own shape. <https://www.rfc-editor.org/rfc/rfc6749#section-5.2>
final class OAuthRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ErrorObject error;
    private final transient Optional<URI> back;

    private OAuthRefusal(ErrorObject error, Optional<URI> back) {
        // A refusal is an answer, not a fault: no stack trace is collected.
        super(error.getCode(), null, false, false);
        this.error = error;
        this.back = back;
    }

    OAuthRefusal(ErrorObject error, String sentence) {
        this(error.setDescription(sentence), Optional.empty());
    }

    /// One that the app is told, at the address that was found to be its own.
    static OAuthRefusal back(ErrorObject error, URI address) {
        return new OAuthRefusal(error, Optional.of(address));
    }

    /// What the library says of a message that is not as it should be.
    static OAuthRefusal of(ParseException fault) {
        var error = Optional.ofNullable(fault.getErrorObject()).orElse(OAuth2Error.INVALID_REQUEST);
        return new OAuthRefusal(error, Optional.empty());
    }

    ErrorObject error() {
        return error;
    }

    String sentence() {
        return Optional.ofNullable(error.getDescription()).orElse(error.getCode());
    }

    Optional<URI> back() {
        return back;
    }
}
