package lanyard.trust.oauth;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationErrorResponse;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.AuthorizationSuccessResponse;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lanyard.standards.matrix.DeviceId;
import org.jspecify.annotations.Nullable;

/// A sign-in that an app asks for, found to be good: the app is approved, the address to come back to is its own.
/// <https://spec.matrix.org/v1.18/client-server-api/#authorization-code-grant>
///
/// What could go wrong: whatever is wrong with who asks is told to the person and never to an address that is not known
/// to be the app's; everything else is told to the app.
///
/// @param bond what the code's holder must have
record Authorization(AppClient client, ApprovedApp app, Back back, DeviceId device, Bond bond) {
    private static final int LONGEST = 8_000;
    private static final Set<ResponseMode> MODES = Set.of(ResponseMode.QUERY, ResponseMode.FRAGMENT);

    /// What binds a code to who asked for it.
    ///
    /// @param challenge what its holder must know the secret of
    /// @param key the thumbprint of the key that they must sign with, where the app named one: RFC 9449, section 10
    record Bond(String challenge, Optional<String> key) {}

    /// How the app is answered.
    record Back(URI redirect, @Nullable State state, ResponseMode mode) {
        URI code(String code) {
            return new AuthorizationSuccessResponse(redirect, new AuthorizationCode(code), null, state, mode).toURI();
        }

        URI error(ErrorObject error) {
            return new AuthorizationErrorResponse(redirect, error, state, mode).toURI();
        }
    }

    /// Errors: [OAuthRefusal], with an address to go back to where one is known to be the app's.
    static Authorization read(Apps apps, String organization, String query) {
        if (query.length() > LONGEST) {
            throw untrusted("That sign-in cannot be read. Go back to the app and try again.");
        }
        var parameters = URLUtils.parseParameters(query);
        var client = single(parameters, "client_id")
                .flatMap(apps::findClient)
                .orElseThrow(() -> untrusted("That app is not known here any more. Go back to it and sign in again."));
        var app = apps.find(client.app())
                .filter(found -> found.organization().equals(organization) && apps.isCurrent(found))
                .orElseThrow(() -> untrusted("Your organisation does not approve that app now."
                        + " Use Lanyard, or ask your information governance team."));
        var redirect = single(parameters, "redirect_uri")
                .flatMap(Authorization::uri)
                .filter(asked -> client.redirects().stream().anyMatch(known -> RedirectRules.isSame(known, asked)))
                .orElseThrow(() -> untrusted("That sign-in would be handed to an address that is not the app's,"
                        + " so it was stopped. Tell your information governance team where you found it."));
        return read(client, app, redirect, parameters);
    }

    private static Authorization read(
            AppClient client, ApprovedApp app, URI redirect, Map<String, List<String>> parameters) {
        var state = single(parameters, "state").map(State::new).orElse(null);
        var mode = single(parameters, "response_mode").map(ResponseMode::new).orElse(ResponseMode.QUERY);
        var back = new Back(redirect, state, MODES.contains(mode) ? mode : ResponseMode.QUERY);
        try {
            var request = AuthorizationRequest.parse(parameters);
            var fault = fault(request, mode, client);
            if (fault.isPresent()) {
                throw OAuthRefusal.back(fault.get(), back.error(fault.get()));
            }
            var device = MatrixScope.device(request.getScope());
            var key = Optional.ofNullable(request.getDPoPJWKThumbprintConfirmation())
                    .map(confirmation -> confirmation.getValue().toString());
            var bond = new Bond(request.getCodeChallenge().getValue(), key);
            return new Authorization(client, app, back, device, bond);
        } catch (ParseException e) {
            var error = Optional.ofNullable(e.getErrorObject()).orElse(OAuth2Error.INVALID_REQUEST);
            throw OAuthRefusal.back(error, back.error(error));
        } catch (OAuthRefusal refusal) {
            throw refusal.back().isPresent()
                    ? refusal
                    : OAuthRefusal.back(refusal.error(), back.error(refusal.error()));
        }
    }

    private static Optional<ErrorObject> fault(AuthorizationRequest request, ResponseMode mode, AppClient client) {
        if (!request.getResponseType().equals(ResponseType.CODE)) {
            return Optional.of(OAuth2Error.UNSUPPORTED_RESPONSE_TYPE);
        }
        if (!client.mayUse("authorization_code")) {
            return Optional.of(OAuth2Error.UNAUTHORIZED_CLIENT);
        }
        if (!MODES.contains(mode)) {
            return invalid("response_mode is query or fragment");
        }
        if (request.getState() == null) {
            return invalid("state is missing");
        }
        if (request.getCodeChallenge() == null
                || !CodeChallengeMethod.S256.equals(request.getCodeChallengeMethod())
                || !request.getCodeChallenge().getValue().matches("[A-Za-z0-9_-]{43}")) {
            return invalid("A code_challenge of method S256 is needed");
        }
        return Optional.empty();
    }

    private static Optional<ErrorObject> invalid(String why) {
        return Optional.of(OAuth2Error.INVALID_REQUEST.setDescription(why));
    }

    private static Optional<String> single(Map<String, List<String>> parameters, String name) {
        var values = parameters.getOrDefault(name, List.of());
        return values.size() == 1 && !values.getFirst().isEmpty() ? Optional.of(values.getFirst()) : Optional.empty();
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static OAuthRefusal untrusted(String sentence) {
        return new OAuthRefusal(OAuth2Error.INVALID_REQUEST, sentence);
    }
}
