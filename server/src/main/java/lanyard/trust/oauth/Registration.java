package lanyard.trust.oauth;

import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.client.ClientMetadata;
import com.nimbusds.oauth2.sdk.client.RegistrationError;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import com.nimbusds.openid.connect.sdk.rp.ApplicationType;
import com.nimbusds.openid.connect.sdk.rp.OIDCClientMetadata;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.Hashes;
import lanyard.standards.matrix.CanonicalJson;
import tools.jackson.databind.node.ObjectNode;

/// An app introduces itself. <https://spec.matrix.org/v1.18/client-server-api/#client-registration>
///
/// Anybody may ask, before anybody has signed in; what is accepted is what the organisation has approved, and asking
/// again for the same gives the same client, so that asking often fills nothing.
final class Registration {
    private static final int MOST_CLIENTS = 1_000;
    private static final int MOST_REDIRECTS = 20;
    private static final int ID_BYTES = 16;
    static final Set<String> GRANTS = Set.of("authorization_code", "refresh_token", GrantType.DEVICE_CODE.getValue());

    private final Apps apps;
    private final OAuthParts parts;
    private final AppStore store = new AppStore();

    Registration(Apps apps, OAuthParts parts) {
        this.apps = apps;
        this.parts = parts;
    }

    AppClient register(String organization, ObjectNode body) {
        var asked = parse(body);
        var client = clientUri(asked);
        var app = approved(organization, client);
        var isNative = asked.getApplicationType() == ApplicationType.NATIVE;
        var metadata = accepted(asked, client);
        requireProper(asked, client, isNative, app.entry());
        metadata.put("application_type", isNative ? "native" : "web");
        var registered = new AppClient(id(app, metadata), app.id(), metadata);
        var kept = parts.ground().writer().write(commit -> {
            var known = store.findClient(commit.tx(), registered.id()).isPresent();
            if (known || store.countClients(commit.tx(), app.id()) < MOST_CLIENTS) {
                store.addClient(commit.tx(), registered, parts.ground().now());
                return true;
            }
            return false;
        });
        if (!kept) {
            throw new OAuthRefusal(
                    RegistrationError.INVALID_CLIENT_METADATA, "This app has registered in too many ways.");
        }
        return registered;
    }

    private static OIDCClientMetadata parse(ObjectNode body) {
        try {
            return OIDCClientMetadata.parse(
                    JSONObjectUtils.parse(new String(Json.bytes(body), StandardCharsets.UTF_8)));
        } catch (ParseException e) {
            throw OAuthRefusal.of(e);
        }
    }

    private static URI clientUri(ClientMetadata asked) {
        return Optional.ofNullable(asked.getURI())
                .filter(uri -> RedirectRules.isWithin(uri, uri))
                .orElseThrow(() -> invalid("The registration has no client_uri that begins with https."));
    }

    private ApprovedApp approved(String organization, URI client) {
        var host = RedirectRules.lower(client.getHost());
        var app = apps.list(organization).stream()
                .filter(known -> known.entry().clientHost().equals(host))
                .min(Comparator.comparing(known -> !apps.isCurrent(known)))
                .orElseThrow(() -> invalid("Your organisation has not approved this app, so nobody can sign in with it."
                        + " Use Lanyard, or ask your information governance team."));
        if (!apps.isCurrent(app)) {
            throw invalid(app.entry().software().replaceAll("[^ -~]|[\"\\\\]", "")
                    + " is due for review, so nobody new can sign in with it."
                    + " Use Lanyard, or ask your information governance team.");
        }
        return app;
    }

    private static void requireProper(ClientMetadata asked, URI client, boolean isNative, AppEntry entry) {
        var redirects = redirects(asked);
        if (redirects.size() > MOST_REDIRECTS
                || !redirects.stream().allMatch(uri -> RedirectRules.isProper(uri, client, isNative))) {
            throw new OAuthRefusal(
                    RegistrationError.INVALID_REDIRECT_URI,
                    "A redirect address is not of the kind that Matrix allows for this app.");
        }
        if (!redirects.stream().allMatch(uri -> entry.redirectHosts().contains(RedirectRules.place(uri)))) {
            throw new OAuthRefusal(
                    RegistrationError.INVALID_REDIRECT_URI,
                    "Your organisation has approved this app, but not at this address."
                            + " Ask your information governance team.");
        }
    }

    private static List<URI> redirects(ClientMetadata asked) {
        return asked.getRedirectionURIs() == null
                ? List.of()
                : asked.getRedirectionURIs().stream().sorted().toList();
    }

    /// What of it we go by. Ways of signing in that we do not have are left out, as RFC 7591 allows.
    private static ObjectNode accepted(ClientMetadata asked, URI client) {
        var method = asked.getTokenEndpointAuthMethod();
        if (method != null && !method.equals(ClientAuthenticationMethod.NONE)) {
            throw invalid("Apps have no secret of their own here: token_endpoint_auth_method must be none.");
        }
        var metadata = Json.object().put("client_uri", client.toString());
        Optional.ofNullable(asked.getName()).ifPresent(name -> metadata.put("client_name", name));
        page(metadata, "logo_uri", asked.getLogoURI(), client);
        page(metadata, "policy_uri", asked.getPolicyURI(), client);
        page(metadata, "tos_uri", asked.getTermsOfServiceURI(), client);
        var grants = metadata.putArray("grant_types");
        Optional.ofNullable(asked.getGrantTypes()).orElse(Set.of(GrantType.AUTHORIZATION_CODE)).stream()
                .map(GrantType::getValue)
                .filter(GRANTS::contains)
                .sorted()
                .forEach(grants::add);
        var withCode = grants.valueStream().anyMatch(grant -> grant.asString("").equals("authorization_code"));
        var redirects = redirects(asked);
        if (grants.isEmpty() || (withCode && redirects.isEmpty())) {
            throw invalid("The registration asks for no way of signing in that this server has.");
        }
        var list = metadata.putArray("redirect_uris");
        redirects.forEach(uri -> list.add(uri.toString()));
        var responses = metadata.putArray("response_types");
        if (withCode) {
            responses.add("code");
        }
        if (asked.getDPoPBoundAccessTokens()) {
            metadata.put(AppEntry.BOUND, true);
        }
        return metadata.put("token_endpoint_auth_method", "none");
    }

    private static void page(
            ObjectNode metadata, String field, @org.jspecify.annotations.Nullable URI page, URI client) {
        if (page != null) {
            if (!RedirectRules.isWithin(page, client)) {
                throw invalid(field + " must be on the host of client_uri, and begin with https.");
            }
            metadata.put(field, page.toString());
        }
    }

    private static String id(ApprovedApp app, ObjectNode metadata) {
        var hash = Hashes.sha256(app.id().getBytes(StandardCharsets.UTF_8), CanonicalJson.bytes(metadata));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(java.util.Arrays.copyOf(hash, ID_BYTES));
    }

    private static OAuthRefusal invalid(String sentence) {
        return new OAuthRefusal(RegistrationError.INVALID_CLIENT_METADATA, sentence);
    }
}
