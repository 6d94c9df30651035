package lanyard.messaging.admin;

import java.time.Instant;
import java.util.List;
import lanyard.messaging.media.StoredMedia;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.trust.identity.Caller;

/// <https://element-hq.github.io/synapse/latest/admin_api/media_admin_api.html>: putting files out of sight and back,
/// and destroying those whose time is over.
///
/// What could go wrong, for ever: a file goes that a hold or the health record needs, or before its time, by the word
/// of one administrator. The principle: governance is asked what the schedule would ask, in the transaction that
/// destroys. What must not be seen meanwhile is put out of sight.
final class AdminMediaEndpoints {
    private static final String ADMIN = "/_synapse/admin/v1/";
    private static final String ONE = "/{serverName}/{mediaId}";

    private static final int MOST = 1_000;

    private final AdminParts parts;
    private final AdminDoor door;
    private final FileEnd end;

    AdminMediaEndpoints(AdminParts parts, AdminDoor door, FileEnd end) {
        this.parts = parts;
        this.door = door;
        this.end = end;
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

    /// Those that may go do; why others stay is in `org.lanyard.kept`. Errors: `M_FORBIDDEN` with why when none may.
    private Reply deleted(Caller caller, List<StoredMedia> files) {
        var reply = Json.object();
        var gone = reply.putArray("deleted_media");
        var kept = Json.object();
        for (var media : files) {
            try {
                if (destroy(caller, media)) {
                    gone.add(media.id());
                }
            } catch (Kept e) {
                kept.put(media.id(), e.why);
            }
        }
        if (gone.isEmpty() && !kept.isEmpty()) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN, kept.iterator().next().asString());
        }
        if (!kept.isEmpty()) {
            reply.set("org.lanyard.kept", kept);
        }
        return Reply.json(reply.put("total", gone.size()));
    }

    private boolean destroy(Caller caller, StoredMedia file) {
        return parts.media()
                .destroy(
                        file.id(),
                        caller.user().value(),
                        "deleted by an administrator",
                        tx -> end.whyKept(tx, file).ifPresent(why -> {
                            throw new Kept(why);
                        }));
    }

    /// A file that must stay; nobody sees this.
    private static final class Kept extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String why;

        Kept(String why) {
            super("kept", null, false, false);
            this.why = why;
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
