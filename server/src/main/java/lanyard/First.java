package lanyard;

import lanyard.platform.stream.Writer;
import lanyard.trust.identity.Identity;
import lanyard.trust.identity.Organization;

/// What the first start makes.
final class First {
    static final String DEMONSTRATION = "X26DEMO";

    private First() {}

    static void start(Settings settings, Identity identity, Writer writer) {
        if (identity.organizations().list().isEmpty()) {
            var organization =
                    new Organization(DEMONSTRATION, settings.serverName(), "Lanyard Demonstration NHS Trust", true);
            writer.write(commit -> {
                identity.host(commit, organization);
                return organization;
            });
        }
    }
}
