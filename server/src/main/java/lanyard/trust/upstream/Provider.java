package lanyard.trust.upstream;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.OIDCClaimsRequest;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.ACR;
import com.nimbusds.openid.connect.sdk.claims.ClaimsSetRequest;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import com.nimbusds.openid.connect.sdk.validators.LogoutTokenValidator;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import lanyard.platform.json.Json;
import tools.jackson.databind.node.ObjectNode;

/// One identity provider, as its own document describes it. <https://openid.net/specs/openid-connect-core-1_0.html>
///
/// What could go wrong: a token that is not the provider's, not for us, not for this sign-in or not of now is taken for
/// a person. Signatures are checked against the provider's keys, by algorithms that need a private key, and the rest by
/// the kept library; unsigned tokens and those signed with a shared secret are refused.
final class Provider {
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private final UpstreamSettings settings;
    private final URI callback;
    private final Outside outside;
    private final OIDCProviderMetadata metadata;
    private final JWSKeySelector<SecurityContext> keys;

    private Provider(UpstreamSettings settings, URI callback, Outside outside, OIDCProviderMetadata metadata)
            throws IOException {
        this.settings = settings;
        this.callback = callback;
        this.outside = outside;
        this.metadata = metadata;
        URL url = metadata.getJWKSetURI().toURL();
        this.keys = new JWSVerificationKeySelector<>(
                ALGORITHMS,
                JWKSourceBuilder.<SecurityContext>create(url, outside)
                        .retrying(true)
                        .build());
    }

    /// Asks the provider who it is. Errors: [UpstreamRefusal] when it says it is another, or sends us to strange hosts.
    static Provider discover(UpstreamSettings settings, URI callback, Outside outside) {
        var issuer = new Issuer(settings.client().issuer());
        try {
            var address = OIDCProviderMetadata.resolveURL(issuer).toURI();
            var metadata = OIDCProviderMetadata.parse(outside.get(address));
            if (!metadata.getIssuer().equals(issuer)) {
                throw UpstreamRefusal.fault("its document is another provider's");
            }
            var named = new ArrayList<URI>(List.of(
                    metadata.getAuthorizationEndpointURI(), metadata.getTokenEndpointURI(), metadata.getJWKSetURI()));
            Stream.of(metadata.getUserInfoEndpointURI(), metadata.getEndSessionEndpointURI())
                    .flatMap(Stream::ofNullable)
                    .forEach(named::add);
            if (!outside.strange(named).isEmpty()) {
                throw UpstreamRefusal.fault("its document names a host that the settings do not");
            }
            return new Provider(settings, callback, outside, metadata);
        } catch (IOException | com.nimbusds.oauth2.sdk.GeneralException | java.net.URISyntaxException e) {
            throw UpstreamRefusal.fault("it does not answer as it should", e);
        }
    }

    UpstreamSettings settings() {
        return settings;
    }

    /// Where the person's browser goes.
    URI start(Secrets secrets) {
        var request = new AuthenticationRequest.Builder(
                        ResponseType.CODE,
                        new Scope(Stream.concat(Stream.of("openid"), settings.scopes().stream())
                                .toArray(String[]::new)),
                        new ClientID(settings.client().id()),
                        callback)
                .endpointURI(metadata.getAuthorizationEndpointURI())
                .state(secrets.state())
                .nonce(secrets.nonce())
                .codeChallenge(secrets.verifier(), CodeChallengeMethod.S256)
                .acrValues(settings.acr().stream().sorted().map(ACR::new).toList());
        if (settings.shape() == UpstreamSettings.Shape.ENTRA) {
            // Entra's Conditional Access contexts come as "acrs", and only to who asks for them so.
            var wanted = new ClaimsSetRequest.Entry("acrs")
                    .withClaimRequirement(com.nimbusds.openid.connect.sdk.claims.ClaimRequirement.ESSENTIAL)
                    .withValues(settings.acr().stream().sorted().toList());
            request.claims(new OIDCClaimsRequest().withIDTokenClaimsRequest(new ClaimsSetRequest().add(wanted)));
        }
        return request.build().toURI();
    }

    /// Whether the `iss` that came with a code is this provider, or rightly absent.
    /// <https://www.rfc-editor.org/rfc/rfc9207>
    boolean isFrom(Optional<String> issuer) {
        return issuer.map(said -> said.equals(metadata.getIssuer().getValue()))
                .orElse(!metadata.supportsAuthorizationResponseIssuerParam());
    }

    /// What the provider says of the person who was given the code. Errors: [UpstreamRefusal].
    ObjectNode claims(String code, Secrets secrets) {
        try {
            var grant = new AuthorizationCodeGrant(new AuthorizationCode(code), callback, secrets.verifier());
            var request = new TokenRequest.Builder(metadata.getTokenEndpointURI(), authentication(), grant).build();
            var answer = OIDCTokenResponseParser.parse(outside.send(request.toHTTPRequest()));
            if (!answer.indicatesSuccess() || !(answer.toSuccessResponse() instanceof OIDCTokenResponse tokens)) {
                throw UpstreamRefusal.forged("the provider does not know the code");
            }
            var idToken = tokens.getOIDCTokens().getIDToken();
            if (idToken == null) {
                throw UpstreamRefusal.forged("there is no ID token");
            }
            var verified = validator().validate(idToken, secrets.nonce());
            var claims = parsed(verified.toJSONString());
            if (metadata.getUserInfoEndpointURI() != null && settings.shape() == UpstreamSettings.Shape.CIS2) {
                claims.setAll(userInfo(
                        tokens.getOIDCTokens().getAccessToken(),
                        verified.getSubject().getValue()));
            }
            return claims;
        } catch (BadJOSEException | JOSEException | ParseException e) {
            throw UpstreamRefusal.forged("its answer is not to be believed", e);
        } catch (IOException e) {
            throw UpstreamRefusal.fault("it does not answer", e);
        }
    }

    /// CIS2 says who somebody is and what they do here, not in the ID token. Names that the ID token has are its own.
    private ObjectNode userInfo(AccessToken token, String subject) throws IOException, ParseException {
        var request = new UserInfoRequest(metadata.getUserInfoEndpointURI(), token);
        var answer = UserInfoResponse.parse(outside.send(request.toHTTPRequest()));
        if (!answer.indicatesSuccess()) {
            throw UpstreamRefusal.fault("it does not say who that is");
        }
        var info = parsed(answer.toSuccessResponse().getUserInfo().toJSONString());
        if (!info.path("sub").asString("").equals(subject)) {
            throw UpstreamRefusal.forged("it speaks of somebody else");
        }
        info.remove(List.of("iss", "aud", "exp", "iat", "nonce", "acr", "acrs"));
        return info;
    }

    private IDTokenValidator validator() {
        return new IDTokenValidator(
                metadata.getIssuer(), new ClientID(settings.client().id()), keys, null);
    }

    /// Whose sessions the provider wants ended. Errors: [UpstreamRefusal].
    /// <https://openid.net/specs/openid-connect-backchannel-1_0.html>
    String loggedOut(String logoutToken) {
        try {
            // Providers of before the type `logout+jwt` leave it out.
            var validator = new LogoutTokenValidator(
                    metadata.getIssuer(), new ClientID(settings.client().id()), false, keys, null);
            var claims = validator.validate(JWTParser.parse(logoutToken));
            if (claims.getSubject() == null) {
                throw UpstreamRefusal.forged("the logout token names nobody");
            }
            return claims.getSubject().getValue();
        } catch (BadJOSEException | JOSEException | java.text.ParseException e) {
            throw UpstreamRefusal.forged("the logout token is not to be believed", e);
        }
    }

    /// Where a browser goes to end the session there; empty for a provider without such a place.
    Optional<URI> end(URI back) {
        return Optional.ofNullable(metadata.getEndSessionEndpointURI())
                .map(end -> new com.nimbusds.openid.connect.sdk.LogoutRequest(
                                end, null, null, new ClientID(settings.client().id()), back, null, null)
                        .toURI());
    }

    private ClientAuthentication authentication() {
        var id = new ClientID(settings.client().id());
        var secret = new Secret(settings.client().secret());
        var methods = metadata.getTokenEndpointAuthMethods();
        var post = methods != null
                && methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                && !methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
        return post ? new ClientSecretPost(id, secret) : new ClientSecretBasic(id, secret);
    }

    private static ObjectNode parsed(String json) {
        return Json.ownObject(json.getBytes(StandardCharsets.UTF_8));
    }
}
