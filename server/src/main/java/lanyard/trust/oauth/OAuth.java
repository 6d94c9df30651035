package lanyard.trust.oauth;

import java.time.Duration;
import lanyard.platform.Feature;
import lanyard.platform.PersonalData;
import lanyard.platform.http.Routes;
import lanyard.platform.jobs.Jobs;
import lanyard.trust.console.Console;

/// Which other apps staff may use and how those sign in, as Matrix specifies it. Owns the register of approved apps,
/// their clients and their sign-ins under way; devices and tokens are identity's, like those of our own app.
public final class OAuth implements Feature {
    private final OAuthParts parts;
    private final Apps apps;
    private final Registration registration;
    private final Grants grants;
    private final DeviceGrants deviceGrants;
    private final KeyProofs keyProofs;

    public OAuth(OAuthParts parts) {
        this.parts = parts;
        apps = new Apps(parts);
        registration = new Registration(apps, parts);
        grants = new Grants(apps, parts);
        deviceGrants = new DeviceGrants(grants, parts);
        keyProofs = new KeyProofs(parts);
        parts.identity().use(keyProofs);
        parts.identity().resets().whenReset(grants::forget);
    }

    Apps apps() {
        return apps;
    }

    /// The register's pages in the console.
    public Feature pagesOn(Console console) {
        return new AppPages(apps, console);
    }

    Registration registration() {
        return registration;
    }

    Grants grants() {
        return grants;
    }

    DeviceGrants deviceGrants() {
        return deviceGrants;
    }

    KeyProofs keyProofs() {
        return keyProofs;
    }

    @Override
    public void routes(Routes routes) {
        new AppEndpoints(apps, parts).addTo(routes);
        new OAuthEndpoints(this, parts).addTo(routes);
        new ConsentEndpoints(this, parts).addTo(routes);
        new AccountEndpoints(parts).addTo(routes);
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.every("oauth-sweep", Duration.ofMinutes(10), grants::sweep);
    }

    @Override
    public PersonalData personalData() {
        return new PersonalData(
                "For a day: who let which app in. Who approved an app.",
                "With the person's devices.",
                "A day later by itself; the name of an approver stays in the register and the audit.");
    }
}
