package lanyard.messaging.admin;

import java.time.Instant;
import java.util.List;
import lanyard.messaging.media.StoredMedia;
import lanyard.messaging.timeline.RoomRegister;
import lanyard.platform.db.Tx;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.trust.identity.Caller;

/// <https://element-hq.github.io/synapse/latest/admin_api/media_admin_api.html>: putting files out of sight and back,
/// and
/// destroying them.
///
/// What could go wrong, for ever: a file goes that a held conversation shows. In an encrypted one the server cannot
/// know
/// which message shows it. The principle: a file stays while any room its owner is or was in is under a hold, asked in
/// the transaction that destroys.
final class AdminMediaEndpoints {
    private static final String ADMIN = "/_synapse/admin/v1/";
    private static final String ONE = "/{serverName}/{mediaId}";

    private static final int MOST = 1_000;

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
        routes.add("POST " + ADMIN + "user/{userId}/media/quarantine", this::quarantineOfUser);
        routes.add("GET " + ADMIN + "room/{roomId}/media", this::listOfRoom);
        routes.add("POST " + ADMIN + "room/{roomId}/media/quarantine", this::quarantineOfRoom);
        routes.add("DELETE " + ADMIN + "media" + ONE, this::delete);
        routes.add("DELETE " + ADMIN + "users/{userId}/media", this::deleteOfUser);
        routes.add("POST " + ADMIN + "media/delete", this::deleteOld);
        routes.add("GET " + ADMIN + "statistics/users/media", this::countByUser);
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

    private Reply quarantineOfUser(Exchange x) {
        var caller = door.administrator(x);
        var user = door.colleague(caller, x.param("userId")).id();
        return quarantined(caller, parts.media().listOf(user, MOST));
    }

    private Reply quarantined(Caller caller, List<StoredMedia> files) {
        var count = files.stream()
                .filter(media ->
                        parts.media().quarantine(media.id(), caller.user().value(), true))
                .count();
        return Reply.json(Json.object().put("num_quarantined", count));
    }

    /// What an encrypted room shows is not known here.
    private List<StoredMedia> ofRoom(Caller caller, Exchange x) {
        var room = AdminDoor.room(caller, parts.timeline(), x.param("roomId"));
        return new ShownFiles(parts.timeline())
                .of(room).stream()
                        .flatMap(id -> parts.media().find(id).stream())
                        .filter(media -> media.organization().equals(caller.organization()))
                        .toList();
    }

    private Reply listOfRoom(Exchange x) {
        var caller = door.administrator(x);
        var reply = Json.object();
        var local = reply.putArray("local");
        ofRoom(caller, x).forEach(media -> local.add("mxc://" + media.owner().server() + "/" + media.id()));
        reply.putArray("remote");
        return Reply.json(reply);
    }

    private Reply quarantineOfRoom(Exchange x) {
        var caller = door.administrator(x);
        return quarantined(caller, ofRoom(caller, x));
    }

    private Reply delete(Exchange x) {
        var caller = door.administrator(x);
        return deleted(caller, List.of(media(caller, x)));
    }

    private Reply deleteOfUser(Exchange x) {
        var caller = door.administrator(x);
        var user = door.colleague(caller, x.param("userId")).id();
        var page = AdminDoor.page(x);
        return deleted(caller, parts.media().listOf(user, page.limit()));
    }

    private Reply deleteOld(Exchange x) {
        var caller = door.administrator(x);
        var before = Instant.ofEpochMilli(AdminDoor.number(x, "before_ts", 0));
        var larger = AdminDoor.number(x, "size_gt", 0);
        return deleted(
                caller,
                parts.media().listBefore(before, MOST).stream()
                        .filter(media -> media.organization().equals(caller.organization()))
                        .filter(media -> media.bytes() > larger)
                        .toList());
    }

    private Reply deleted(Caller caller, List<StoredMedia> files) {
        var reply = Json.object();
        var gone = reply.putArray("deleted_media");
        for (var media : files) {
            var why = "deleted by an administrator";
            if (parts.media().destroy(media.id(), caller.user().value(), why, tx -> mustNotBeHeld(tx, media))) {
                gone.add(media.id());
            }
        }
        return Reply.json(reply.put("total", gone.size()));
    }

    private void mustNotBeHeld(Tx tx, StoredMedia media) {
        var rooms = new RoomRegister(parts.timeline()).listEver(tx, media.owner());
        if (parts.holds().covers(tx, parts.patients().doomed(tx, rooms))) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN,
                    "There is a hold on a conversation its owner was in: this file must be kept until that is lifted.");
        }
    }

    private Reply countByUser(Exchange x) {
        var caller = door.administrator(x);
        var reply = Json.object();
        var users = reply.putArray("users");
        parts.media()
                .sums(caller.organization(), MOST)
                .forEach(sum -> users.addObject()
                        .put("user_id", sum.owner().value())
                        .put("displayname", sum.owner().localpart())
                        .put("media_count", sum.files())
                        .put("media_length", sum.bytes()));
        return Reply.json(reply.put("total", users.size()));
    }
}
