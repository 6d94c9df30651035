package lanyard.trust.upstream;

import java.net.URI;
import java.util.List;
import java.util.Set;

/// The identity provider of one organisation.
///
/// @param name as people know it, on the button of the sign-in page
/// @param scopes what is asked for beside `openid`
/// @param acr how a sign-in there must have been done to count as two steps; one of them is demanded and checked
/// @param hosts where the provider may be fetched from: its issuer's, and others that its own documents name
/// @param makesPeople whether somebody whom the directory has not made is made when they first come
public record UpstreamSettings(
        String name,
        Client client,
        List<String> scopes,
        Set<String> acr,
        Shape shape,
        Set<String> hosts,
        boolean makesPeople) {

    /// How the provider knows us.
    public record Client(URI issuer, String id, String secret) {
        @Override
        public String toString() {
            return "Client[" + issuer + ", " + id + ", hidden]";
        }
    }

    /// Whose claims they are.
    public enum Shape {
        /// NHS Care Identity Service 2.
        CIS2,
        /// Microsoft Entra ID.
        ENTRA,
        /// OpenID Connect's own claims, with a `roles` claim where there is one.
        PLAIN
    }

    public UpstreamSettings {
        scopes = List.copyOf(scopes);
        acr = Set.copyOf(acr);
        hosts = Set.copyOf(hosts);
        if (acr.isEmpty()) {
            throw new IllegalArgumentException("Say which acr counts as two steps: without one anything would.");
        }
    }
}
