package lanyard.messaging.account;

import java.util.List;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.RoomVersion;

/// <https://spec.matrix.org/v1.18/client-server-api/#api-versions>, discovery and capabilities.
final class ServerEndpoints {
    private static final List<String> VERSIONS = List.of(
            "v1.1", "v1.2", "v1.3", "v1.4", "v1.5", "v1.6", "v1.7", "v1.8", "v1.9", "v1.10", "v1.11", "v1.12", "v1.13");

    private final AccountParts parts;

    ServerEndpoints(AccountParts parts) {
        this.parts = parts;
    }

    void addTo(Routes routes) {
        routes.add("GET /_matrix/client/versions", this::getVersions);
        routes.add("GET /.well-known/matrix/client", this::getWellknown);
        routes.add("GET /_matrix/client/v3/capabilities", this::getCapabilities);
        routes.add("GET /_matrix/client/v3/account/whoami", this::getTokenOwner);
    }

    private Reply getVersions(Exchange x) {
        var reply = Json.object();
        VERSIONS.forEach(reply.putArray("versions")::add);
        reply.putObject("unstable_features")
                .put("org.matrix.simplified_msc3575", true)
                .put("org.matrix.msc1763", true);
        return Reply.json(reply);
    }

    private Reply getWellknown(Exchange x) {
        var reply = Json.object();
        reply.putObject("m.homeserver")
                .put("base_url", parts.settings().publicUrl().toString());
        return Reply.json(reply);
    }

    private Reply getCapabilities(Exchange x) {
        var caller = parts.identity().caller(x);
        var reply = Json.object();
        var capabilities = reply.putObject("capabilities");
        capabilities.putObject("m.change_password").put("enabled", true);
        capabilities.putObject("m.set_displayname").put("enabled", parts.conformance());
        capabilities.putObject("m.set_avatar_url").put("enabled", parts.conformance());
        capabilities.putObject("m.3pid_changes").put("enabled", false);
        capabilities.putObject("m.get_login_token").put("enabled", false);
        var fields = capabilities.putObject("m.profile_fields").put("enabled", true);
        if (!parts.conformance()) {
            var disallowed = fields.putArray("disallowed");
            Profiles.OF_THE_ORGANIZATION.stream().sorted().forEach(disallowed::add);
        }
        if (parts.identity().moderation().isAdministrator(caller.user())) {
            capabilities.putObject("m.account_moderation").put("suspend", true).put("lock", true);
        }
        var versions = capabilities.putObject("m.room_versions").put("default", RoomVersion.DEFAULT.id());
        var available = versions.putObject("available");
        for (var version : RoomVersion.values()) {
            available.put(version.id(), "stable");
        }
        return Reply.json(reply);
    }

    private Reply getTokenOwner(Exchange x) {
        var caller = parts.identity().caller(x);
        return Reply.json(Json.object()
                .put("user_id", caller.user().value())
                .put("device_id", caller.device().value())
                .put("is_guest", false));
    }
}
