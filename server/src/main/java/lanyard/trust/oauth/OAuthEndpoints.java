package lanyard.trust.oauth;

import com.nimbusds.common.contenttype.ContentType;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationRequest;
import com.nimbusds.oauth2.sdk.device.DeviceCodeGrant;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.RateLimit;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.MatrixException;
import lanyard.trust.identity.NewSession;
import org.jspecify.annotations.Nullable;

/// The server-chosen addresses of <https://spec.matrix.org/v1.18/client-server-api/#oauth-20-api>.
final class OAuthEndpoints {
    static final String AUTHORIZE = "/oauth2/authorize";
    static final String TOKEN = "/oauth2/token";
    static final String KEYS = "/oauth2/keys";
    static final String REVOKE = "/oauth2/revoke";
    static final String REGISTER = "/oauth2/register";
    static final String DEVICE = "/oauth2/device";
    private static final int LONGEST_FORM = 16 * 1024;
    private static final int REGISTRATIONS_A_MINUTE = 60;
    /// A hospital may have one address, and each phone renews its token four times an hour.
    private static final int FORMS_A_MINUTE = 3_000;

    private final OAuth oauth;
    private final OAuthParts parts;
    private final RateLimit registrations;
    private final RateLimit forms;

    OAuthEndpoints(OAuth oauth, OAuthParts parts) {
        this.oauth = oauth;
        this.parts = parts;
        var enforced = !parts.conformance();
        registrations = new RateLimit(enforced, REGISTRATIONS_A_MINUTE, REGISTRATIONS_A_MINUTE, Duration.ofMinutes(1));
        forms = new RateLimit(enforced, FORMS_A_MINUTE, FORMS_A_MINUTE, Duration.ofMinutes(1));
    }

    void addTo(Routes routes) {
        routes.add("GET /_matrix/client/v1/auth_metadata", this::getAuthMetadata);
        routes.add("GET /_matrix/client/unstable/org.matrix.msc2965/auth_metadata", this::getAuthMetadata);
        routes.add("GET " + KEYS, x -> Reply.json(Metadata.keys()));
        routes.add("POST " + REGISTER, this::register);
        routes.add("GET " + AUTHORIZE, this::authorize);
        routes.add("POST " + TOKEN, this::token);
        routes.add("POST " + REVOKE, this::revoke);
        routes.add("POST " + DEVICE, this::device);
    }

    private Reply getAuthMetadata(Exchange x) {
        return Reply.json(Metadata.of(parts));
    }

    private Reply register(Exchange x) {
        registrations.take(x.remoteAddress());
        var organization = parts.identity().organizations().forHost(x.host()).odsCode();
        return answer(() -> {
            var client = oauth.registration().register(organization, x.body());
            return Reply.json(201, client.metadata().deepCopy().put("client_id", client.id()));
        });
    }

    /// On to our sign-in page, which says what the app is approved for; or back to the app, when the fault is its own.
    private Reply authorize(Exchange x) {
        var organization = parts.identity().organizations().forHost(x.host()).odsCode();
        try {
            Authorization.read(oauth.apps(), organization, x.rawQuery());
        } catch (OAuthRefusal refusal) {
            if (refusal.back().isPresent()) {
                return Reply.redirect(refusal.back().get().toString());
            }
        }
        return Reply.redirect("/sign-in?authorize=" + URLEncoder.encode(x.rawQuery(), StandardCharsets.UTF_8));
    }

    private Reply token(Exchange x) {
        forms.take(x.remoteAddress());
        return answer(() -> {
            var request = read(x, TokenRequest::parse);
            requireNoSecret(request.getClientAuthentication());
            var asker = new Grants.Asker(
                    client(request.getClientID()), oauth.keyProofs().thumbprint(x));
            var session = switch (request.getAuthorizationGrant()) {
                case AuthorizationCodeGrant grant ->
                    oauth.grants()
                            .exchange(
                                    asker,
                                    grant.getAuthorizationCode().getValue(),
                                    grant.getRedirectionURI(),
                                    grant.getCodeVerifier());
                case RefreshTokenGrant grant -> refresh(asker, grant);
                case DeviceCodeGrant grant ->
                    oauth.deviceGrants().poll(asker, grant.getDeviceCode().getValue());
                default ->
                    throw new OAuthRefusal(
                            OAuth2Error.UNSUPPORTED_GRANT_TYPE, "That way of signing in is not offered.");
            };
            return Reply.json(
                    Tokens.json(session, parts.identity().appSessions().isBound(session)));
        });
    }

    private NewSession refresh(Grants.Asker asker, RefreshTokenGrant grant) {
        return parts.identity()
                .appSessions()
                .refresh(grant.getRefreshToken().getValue(), asker.client().id(), asker.key())
                .orElseThrow(() -> new OAuthRefusal(OAuth2Error.INVALID_GRANT, "You are signed out. Sign in again."));
    }

    /// Whoever holds a token may end it, whichever client they say they are: that is how a leaked one is made harmless.
    /// <https://spec.matrix.org/v1.18/client-server-api/#token-revocation>
    private Reply revoke(Exchange x) {
        forms.take(x.remoteAddress());
        return answer(() -> {
            var request = read(x, com.nimbusds.oauth2.sdk.TokenRevocationRequest::parse);
            parts.identity().appSessions().revoke(request.getToken().getValue());
            return Reply.empty();
        });
    }

    private Reply device(Exchange x) {
        forms.take(x.remoteAddress());
        return answer(() -> {
            var request = read(x, DeviceAuthorizationRequest::parse);
            var client = client(request.getClientID());
            if (!client.mayUse("urn:ietf:params:oauth:grant-type:device_code")) {
                throw new OAuthRefusal(
                        OAuth2Error.UNAUTHORIZED_CLIENT, "The app did not register for this way of signing in.");
            }
            var app = oauth.apps().find(client.app()).filter(oauth.apps()::isCurrent);
            if (app.isEmpty()) {
                throw new OAuthRefusal(
                        OAuth2Error.UNAUTHORIZED_CLIENT, "Your organisation does not approve that app now.");
            }
            var started = oauth.deviceGrants().start(client, MatrixScope.device(request.getScope()));
            var link = parts.at(Metadata.LINK_PAGE).toString();
            return Reply.json(Json.object()
                    .put("device_code", started.deviceCode())
                    .put("user_code", started.userCode())
                    .put("verification_uri", link)
                    .put("verification_uri_complete", link + "?user_code=" + started.userCode())
                    .put("expires_in", DeviceGrants.GOOD.toSeconds())
                    .put("interval", DeviceGrants.INTERVAL));
        });
    }

    private AppClient client(@Nullable ClientID id) {
        return Optional.ofNullable(id)
                .map(ClientID::getValue)
                .flatMap(oauth.apps()::findClient)
                .orElseThrow(() -> new OAuthRefusal(OAuth2Error.INVALID_CLIENT, "That client is not known here."));
    }

    private static void requireNoSecret(@Nullable Object authentication) {
        if (authentication != null) {
            throw new OAuthRefusal(OAuth2Error.INVALID_CLIENT, "Clients have no secret here.");
        }
    }

    private interface Parser<T> {
        T parse(HTTPRequest request) throws ParseException;
    }

    /// A form, and nothing else: a page of another site cannot pass off text as one.
    private <T> T read(Exchange x, Parser<T> parser) {
        try {
            var request = new HTTPRequest(HTTPRequest.Method.POST, parts.at(x.path()));
            request.setContentType(x.header("Content-Type").orElse(""));
            request.ensureEntityContentType(ContentType.APPLICATION_URLENCODED);
            request.setBody(new String(x.bytes(LONGEST_FORM), StandardCharsets.UTF_8));
            return parser.parse(request);
        } catch (ParseException e) {
            throw OAuthRefusal.of(e);
        }
    }

    private static Reply answer(Supplier<Reply> work) {
        try {
            return work.get();
        } catch (OAuthRefusal refusal) {
            return Reply.json(status(refusal.error()), body(refusal));
        } catch (MatrixException refusal) {
            return ofTheAccount(refusal);
        }
    }

    /// Who is locked keeps the session, so that is not said in the word that would make the app end it.
    private static Reply ofTheAccount(MatrixException refusal) {
        var error = switch (refusal.code()) {
            case M_USER_DEACTIVATED -> OAuth2Error.INVALID_GRANT;
            case M_USER_LOCKED -> OAuth2Error.TEMPORARILY_UNAVAILABLE;
            default -> throw refusal;
        };
        return Reply.json(
                refusal.code().status(),
                Json.object()
                        .put("error", error.getCode())
                        .put("error_description", refusal.sentence())
                        .put("errcode", refusal.code().name()));
    }

    private static int status(ErrorObject error) {
        return error.getHTTPStatusCode() == 401 ? 401 : 400;
    }

    private static tools.jackson.databind.node.ObjectNode body(OAuthRefusal refusal) {
        return Json.object().put("error", refusal.error().getCode()).put("error_description", refusal.sentence());
    }
}
