package lanyard.messaging.admin;

import lanyard.messaging.media.StoredMedia;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.trust.identity.Caller;

/// <https://element-hq.github.io/synapse/latest/admin_api/media_admin_api.html>: putting a file out of sight and back.
/// Destroying one is retention's, which asks whether it must be kept.
final class AdminMediaEndpoints {
    private static final String ADMIN = "/_synapse/admin/v1/";
    private static final String ONE = "/{serverName}/{mediaId}";

    private final AdminParts parts;
    private final AdminDoor door;

    AdminMediaEndpoints(AdminParts parts, AdminDoor door) {
        this.parts = parts;
        this.door = door;
    }

    void addTo(Routes routes) {
        routes.add("POST " + ADMIN + "media/quarantine" + ONE, x -> quarantine(x, true));
        routes.add("POST " + ADMIN + "media/unquarantine" + ONE, x -> quarantine(x, false));
        routes.add("GET " + ADMIN + "users/{userId}/media", this::listMedia);
    }

    private StoredMedia media(Caller caller, Exchange x) {
        return parts.media()
                .find(x.param("mediaId"))
                .filter(media -> media.organization().equals(caller.organization())
                        && x.param("serverName").equals(media.owner().server().value()))
                .orElseThrow(() -> new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such file here."));
    }

    private Reply quarantine(Exchange x, boolean away) {
        var caller = door.administrator(x);
        parts.media().quarantine(media(caller, x).id(), caller.user().value(), away);
        return Reply.empty();
    }

    private Reply listMedia(Exchange x) {
        var caller = door.administrator(x);
        var user = door.colleague(caller, x.param("userId")).id();
        var page = AdminDoor.page(x);
        var reply = Json.object();
        var list = reply.putArray("media");
        parts.media()
                .listOf(user, page.limit())
                .forEach(media -> list.addObject()
                        .put("media_id", media.id())
                        .put("media_length", media.bytes())
                        .put("created_ts", media.uploadedAt().toEpochMilli()));
        return Reply.json(reply.put("total", list.size()));
    }
}
