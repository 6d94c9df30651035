package lanyard;

import java.util.Optional;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.trust.identity.Identity;

/// What this installation is: open to everybody, so that the sign-in page can say whose it is. Holds G01: which edition
/// of the
/// guidance is enforced.
final class About {
    static final String VERSION = Optional.ofNullable(App.class.getPackage().getImplementationVersion())
            .orElse("development");
    private static final String GUIDANCE = "Using mobile messaging";
    private static final String EDITION = "Health and Care Information Governance Panel";

    private final Settings settings;
    private final Identity identity;

    About(Settings settings, Identity identity) {
        this.settings = settings;
        this.identity = identity;
    }

    void addTo(Routes routes) {
        routes.add("GET /_lanyard/v1/about", this::about);
    }

    private Reply about(Exchange x) {
        var organization = identity.organizations().forHost(x.host());
        var reply = Json.object()
                .put("product", "Lanyard")
                .put("version", VERSION)
                .put("demonstration", organization.demonstration())
                .put("conformance", settings.conformance());
        reply.putObject("organization")
                .put("name", organization.name())
                .put("ods_code", organization.odsCode())
                .put("server_name", organization.serverName().value());
        reply.putObject("guidance").put("title", GUIDANCE).put("edition", EDITION);
        return Reply.json(reply);
    }
}
