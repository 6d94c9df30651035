package lanyard.messaging.admin;

import lanyard.platform.http.Handler;
import lanyard.platform.http.Routes;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;

/// What Synapse's administrators may and ours may not, each with the reason. Who is no administrator is told just that.
final class AdminRefusals {
    private static final String ADMIN = "/_synapse/admin/";
    private static final String ROOM = ADMIN + "v1/rooms/{roomId}/";
    private static final String USER = ADMIN + "v1/users/{userId}/";
    private static final String SAID = "What people say is not shown to administrators. An approved case opens it.";
    private static final String OWN = "That is the person's own. Ask them.";
    private static final String GOVERNED =
            "Messages go when the health record has their decision, or when the retention schedule has run out of them.";

    private final AdminDoor door;

    AdminRefusals(AdminDoor door) {
        this.door = door;
    }

    void addTo(Routes routes) {
        said(routes);
        accounts(routes);
        rooms(routes);
        var count = "That is not counted here.";
        routes.add("GET " + ADMIN + "v1/statistics/database/rooms", refused(count));
        routes.add("GET " + USER + "sent_invite_count", refused(count));
        routes.add("GET " + USER + "cumulative_joined_room_count", refused(count));
        var alone = "This server talks to no other.";
        routes.add("GET " + ADMIN + "v1/federation/destinations/{destination}/rooms", refused(alone));
        routes.add("POST " + ADMIN + "v1/federation/destinations/{destination}/reset_connection", refused(alone));
        var kept = "Nothing here is put out of sight but by hand, so nothing needs protecting from it.";
        routes.add("POST " + ADMIN + "v1/media/protect/{mediaId}", refused(kept));
        routes.add("POST " + ADMIN + "v1/media/unprotect/{mediaId}", refused(kept));
    }

    private void said(Routes routes) {
        routes.add("GET " + ROOM + "messages", refused(SAID));
        routes.add("GET " + ROOM + "context/{eventId}", refused(SAID));
        routes.add("GET " + ROOM + "timestamp_to_event", refused(SAID));
        routes.add("GET " + ADMIN + "v1/fetch_event/{eventId}", refused(SAID));
        routes.add("POST " + ADMIN + "v1/user/{userId}/redact", refused(GOVERNED));
        routes.add("GET " + ADMIN + "v1/user/redact_status/{redactId}", refused(GOVERNED));
        routes.add("POST " + ADMIN + "v1/purge_history/{roomId}", refused(GOVERNED));
        routes.add("GET " + ADMIN + "v1/purge_history_status/{purgeId}", refused(GOVERNED));
    }

    private void accounts(Routes routes) {
        routes.add("GET " + USER + "accountdata", refused(OWN));
        routes.add("GET " + USER + "pushers", refused(OWN));
        routes.add("POST " + USER + "login", refused("Nobody signs in as somebody else."));
        routes.add("POST " + ADMIN + "v1/reset_password/{userId}", refused(OWN));
        routes.add("POST " + USER + "_allow_cross_signing_replacement_without_uia", refused(OWN));
        routes.add("PUT " + ADMIN + "v2/users/{userId}/devices/{deviceId}", refused(OWN));
        routes.add("POST " + ADMIN + "v2/users/{userId}/devices", refused(OWN));
        var openly = "Nobody is silenced without knowing it: suspend or lock the account.";
        routes.add("POST " + USER + "shadow_ban", refused(openly));
        routes.add("DELETE " + USER + "shadow_ban", refused(openly));
        var same = "Everybody has the same limits here.";
        routes.add("POST " + USER + "override_ratelimit", refused(same));
        routes.add("DELETE " + USER + "override_ratelimit", refused(same));
        var directory = "People come from the organisation's directory, which also says when they leave.";
        routes.add("POST " + ADMIN + "v1/account_validity/validity", refused(directory));
        routes.add("GET " + ADMIN + "v1/threepid/{medium}/users/{address}", refused(directory));
        routes.add("GET " + ADMIN + "v1/auth_providers/{provider}/users/{externalId}", refused(directory));
        var trials = "There are no features on trial here.";
        routes.add("GET " + ADMIN + "v1/experimental_features/{userId}", refused(trials));
        routes.add("PUT " + ADMIN + "v1/experimental_features/{userId}", refused(trials));
        routes.add("POST " + ADMIN + "v1/send_server_notice", refused("Write to colleagues in a conversation."));
    }

    private void rooms(Routes routes) {
        var members = "Who is in a conversation, and who runs it, is its members' to say.";
        routes.add("POST " + ADMIN + "v1/join/{roomId}", refused(members));
        routes.add("POST " + ROOM + "make_room_admin", refused(members));
        var line = "A room here is one line of events, and has one end.";
        routes.add("GET " + ROOM + "forward_extremities", refused(line));
        routes.add("DELETE " + ROOM + "forward_extremities", refused(line));
        routes.add("GET " + ROOM + "hierarchy", refused("Conversations are not nested here."));
    }

    private Handler refused(String sentence) {
        return x -> {
            door.administrator(x);
            throw new MatrixException(ErrorCode.M_FORBIDDEN, sentence);
        };
    }
}
