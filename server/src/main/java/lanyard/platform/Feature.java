package lanyard.platform;

import lanyard.platform.http.Routes;
import lanyard.platform.jobs.Jobs;

/// What a feature offers the outside world. Routes and jobs default to nothing; what it holds about a person has no
/// default, so that a feature does not compile until it says so.
public interface Feature {
    default void routes(Routes routes) {}

    default void jobs(Jobs jobs) {}

    PersonalData personalData();
}
