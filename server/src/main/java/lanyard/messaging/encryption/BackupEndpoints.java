package lanyard.messaging.encryption;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lanyard.messaging.encryption.BackupStore.BackedUpKey;
import lanyard.messaging.encryption.BackupStore.Version;
import lanyard.platform.db.Tx;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// <https://spec.matrix.org/v1.18/client-server-api/#server-side-key-backups>. The server cannot read what it keeps
/// here.
final class BackupEndpoints {
    private static final String VERSION = "/_matrix/client/v3/room_keys/version";
    private static final String KEYS = "/_matrix/client/v3/room_keys/keys";
    private static final int MOST_BYTES = 8 * 1024 * 1024;

    private final EncryptionParts parts;
    private final BackupStore store;

    BackupEndpoints(EncryptionParts parts, BackupStore store) {
        this.parts = parts;
        this.store = store;
    }

    void addTo(Routes routes) {
        routes.add("POST " + VERSION, this::postRoomKeysVersion);
        routes.add("GET " + VERSION, x -> getRoomKeysVersion(x, Optional.empty()));
        routes.add("GET " + VERSION + "/{version}", x -> getRoomKeysVersion(x, Optional.of(x.param("version"))));
        routes.add("PUT " + VERSION + "/{version}", this::putRoomKeysVersion);
        routes.add("DELETE " + VERSION + "/{version}", this::deleteRoomKeysVersion);
        for (var path : List.of(KEYS, KEYS + "/{roomId}", KEYS + "/{roomId}/{sessionId}")) {
            var room = path.contains("{roomId}");
            var session = path.contains("{sessionId}");
            routes.add("PUT " + path, x -> putRoomKeys(x, scope(x, room, session)));
            routes.add("GET " + path, x -> getRoomKeys(x, scope(x, room, session)));
            routes.add("DELETE " + path, x -> deleteRoomKeys(x, scope(x, room, session)));
        }
    }

    private record Scope(Optional<String> room, Optional<String> session) {}

    private static Scope scope(Exchange x, boolean room, boolean session) {
        return new Scope(
                room ? Optional.of(x.param("roomId")) : Optional.empty(),
                session ? Optional.of(x.param("sessionId")) : Optional.empty());
    }

    private static long number(String text) {
        if (!text.matches("[0-9]{1,15}")) {
            throw noSuchVersion();
        }
        return Long.parseLong(text);
    }

    private static MatrixException noSuchVersion() {
        return new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such key backup.");
    }

    private Reply postRoomKeysVersion(Exchange x) {
        var caller = parts.identity().caller(x);
        var body = x.body();
        var algorithm = Json.text(body, "algorithm");
        var authData = Json.objectField(body, "auth_data");
        var version = parts.database().write(tx -> store.create(tx, caller.user(), algorithm, authData));
        return Reply.json(Json.object().put("version", String.valueOf(version)));
    }

    private Reply getRoomKeysVersion(Exchange x, Optional<String> asked) {
        var caller = parts.identity().caller(x);
        var number = asked.map(BackupEndpoints::number);
        var version = parts.database()
                .read(tx -> store.find(tx, caller.user(), number))
                .orElseThrow(BackupEndpoints::noSuchVersion);
        var reply = Json.object().put("algorithm", version.algorithm());
        reply.set("auth_data", version.authData());
        return Reply.json(reply.put("count", version.count())
                .put("etag", String.valueOf(version.etag()))
                .put("version", String.valueOf(version.number())));
    }

    private Reply putRoomKeysVersion(Exchange x) {
        var caller = parts.identity().caller(x);
        var body = x.body();
        var number = number(x.param("version"));
        parts.database().write(tx -> {
            var version =
                    store.find(tx, caller.user(), Optional.of(number)).orElseThrow(BackupEndpoints::noSuchVersion);
            if (!version.algorithm().equals(Json.text(body, "algorithm"))) {
                throw new MatrixException(ErrorCode.M_INVALID_PARAM, "A key backup's algorithm cannot change.");
            }
            store.update(tx, caller.user(), number, Json.objectField(body, "auth_data"));
            return number;
        });
        return Reply.empty();
    }

    private Reply deleteRoomKeysVersion(Exchange x) {
        var caller = parts.identity().caller(x);
        var number = number(x.param("version"));
        parts.database().write(tx -> {
            var version =
                    store.find(tx, caller.user(), Optional.of(number)).orElseThrow(BackupEndpoints::noSuchVersion);
            store.delete(tx, caller.user(), version.number());
            return number;
        });
        return Reply.empty();
    }

    private Reply putRoomKeys(Exchange x, Scope scope) {
        var caller = parts.identity().caller(x);
        var keys = keys(x.bodyUpTo(MOST_BYTES), scope);
        return Reply.json(parts.database().write(tx -> {
            var version = current(tx, x, caller.user());
            if (store.put(tx, caller.user(), version.number(), keys) > 0) {
                store.changed(tx, caller.user(), version.number());
            }
            return count(tx, caller.user(), version.number());
        }));
    }

    /// Errors: `M_WRONG_ROOM_KEYS_VERSION` when a newer backup has taken over.
    private Version current(Tx tx, Exchange x, UserId user) {
        var newest = store.find(tx, user, Optional.empty()).orElseThrow(BackupEndpoints::noSuchVersion);
        var named = x.query("version").map(BackupEndpoints::number).orElse(newest.number());
        if (named != newest.number()) {
            throw new MatrixException(ErrorCode.M_WRONG_ROOM_KEYS_VERSION, "Another key backup is in use by now.")
                    .with(
                            "current_version",
                            Json.object()
                                    .put("v", String.valueOf(newest.number()))
                                    .get("v"));
        }
        return newest;
    }

    private ObjectNode count(Tx tx, UserId user, long number) {
        var version = store.find(tx, user, Optional.of(number)).orElseThrow(BackupEndpoints::noSuchVersion);
        return Json.object().put("count", version.count()).put("etag", String.valueOf(version.etag()));
    }

    private static List<BackedUpKey> keys(ObjectNode body, Scope scope) {
        var keys = new ArrayList<BackedUpKey>();
        if (scope.room().isPresent() && scope.session().isPresent()) {
            keys.add(key(scope.room().get(), scope.session().get(), body));
        } else if (scope.room().isPresent()) {
            collect(scope.room().get(), body, keys);
        } else {
            Json.objectField(body, "rooms").properties().forEach(room -> collect(room.getKey(), room.getValue(), keys));
        }
        return keys;
    }

    private static void collect(String room, JsonNode sessions, List<BackedUpKey> keys) {
        sessions.path("sessions")
                .properties()
                .forEach(session -> keys.add(key(room, session.getKey(), session.getValue())));
    }

    private static BackedUpKey key(String room, String session, JsonNode given) {
        if (!(given instanceof ObjectNode key)) {
            throw new MatrixException(ErrorCode.M_BAD_JSON, "A backed-up key must be an object.");
        }
        return new BackedUpKey(
                room,
                session,
                key.path("first_message_index").asLong(0),
                key.path("forwarded_count").asLong(0),
                key.path("is_verified").asBoolean(false),
                Json.objectField(key, "session_data"));
    }

    private Reply getRoomKeys(Exchange x, Scope scope) {
        var caller = parts.identity().caller(x);
        parts.identity().stepUp().requireAfterWipe(caller);
        var found = parts.database().read(tx -> {
            var version = store.find(tx, caller.user(), x.query("version").map(BackupEndpoints::number))
                    .orElseThrow(BackupEndpoints::noSuchVersion);
            return store.list(tx, caller.user(), version.number(), scope.room(), scope.session());
        });
        if (scope.session().isPresent()) {
            return Reply.json(found.stream()
                    .findFirst()
                    .map(BackupEndpoints::json)
                    .orElseThrow(() -> new MatrixException(ErrorCode.M_NOT_FOUND, "That key is not in the backup.")));
        }
        var rooms = Json.object();
        for (var key : found) {
            var room = rooms.has(key.room()) ? (ObjectNode) rooms.get(key.room()) : rooms.putObject(key.room());
            var sessions = room.has("sessions") ? (ObjectNode) room.get("sessions") : room.putObject("sessions");
            sessions.set(key.session(), json(key));
        }
        var reply = Json.object();
        if (scope.room().isPresent()) {
            reply.set(
                    "sessions",
                    rooms.path(scope.room().get()).path("sessions").isObject()
                            ? rooms.get(scope.room().get()).get("sessions")
                            : Json.object());
        } else {
            reply.set("rooms", rooms);
        }
        return Reply.json(reply);
    }

    private static ObjectNode json(BackedUpKey key) {
        var json = Json.object()
                .put("first_message_index", key.firstIndex())
                .put("forwarded_count", key.forwarded())
                .put("is_verified", key.verified());
        json.set("session_data", key.data());
        return json;
    }

    private Reply deleteRoomKeys(Exchange x, Scope scope) {
        var caller = parts.identity().caller(x);
        return Reply.json(parts.database().write(tx -> {
            var version = current(tx, x, caller.user());
            store.deleteKeys(tx, caller.user(), version.number(), scope.room(), scope.session());
            store.changed(tx, caller.user(), version.number());
            return count(tx, caller.user(), version.number());
        }));
    }
}
