package lanyard.trust.upstream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import lanyard.platform.Feature;
import lanyard.platform.PersonalData;
import lanyard.platform.http.Routes;
import lanyard.platform.jobs.Jobs;
import lanyard.trust.identity.Organization;

/// Signing in with the organisation's own identity provider (NHS CIS2, Entra, any of OpenID Connect). It counts as two
/// steps, because the provider is asked for two and checked to have done them. Owns sign-ins under way and who is who.
public final class Upstream implements Feature, AutoCloseable {
    /// Providers change their keys and say so; their addresses hardly ever.
    private static final Duration KNOWN = Duration.ofHours(1);

    static final String CALLBACK = "/_lanyard/v1/sign-in/organisation/callback";

    private final UpstreamParts parts;
    private final Cache<String, Provider> providers =
            Caffeine.newBuilder().maximumSize(1_000).expireAfterWrite(KNOWN).build();
    private final Map<String, Outside> outsides = new ConcurrentHashMap<>();

    public Upstream(UpstreamParts parts) {
        this.parts = parts;
    }

    Optional<UpstreamSettings> settings(Organization organization) {
        return parts.settings().apply(organization.odsCode());
    }

    /// Errors: [UpstreamRefusal].
    Provider provider(Organization organization) {
        var known = providers.getIfPresent(organization.odsCode());
        if (known != null) {
            return known;
        }
        var settings = settings(organization)
                .orElseThrow(() -> UpstreamRefusal.person("Your organisation signs in here, not elsewhere."));
        var outside = outsides.computeIfAbsent(organization.odsCode(), code -> new Outside(settings.hosts()));
        var found = Provider.discover(settings, parts.at(CALLBACK), outside);
        providers.put(organization.odsCode(), found);
        return found;
    }

    @Override
    public void routes(Routes routes) {
        new UpstreamEndpoints(this, parts).addTo(routes);
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.every(
                "upstream-sweep",
                Duration.ofMinutes(10),
                () -> parts.ground().database().write(tx -> {
                    new UpstreamStore().sweep(tx, parts.ground().now());
                    return true;
                }));
    }

    @Override
    public PersonalData personalData() {
        return new PersonalData(
                "By which key the organisation's identity provider knows a person.",
                "With the person's row.",
                "With the person's row.");
    }

    @Override
    public void close() {
        outsides.values().forEach(Outside::close);
    }
}
