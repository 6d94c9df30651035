package lanyard.messaging.encryption;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lanyard.messaging.encryption.DeviceKeyStore.NamedKey;
import lanyard.messaging.timeline.Reader;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.platform.stream.SyncToken;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.ObjectNode;

/// <https://spec.matrix.org/v1.18/client-server-api/#key-management-api>
final class KeyEndpoints {
    private static final int MOST_KEYS = 500;

    private final EncryptionParts parts;
    private final Keys keys;
    private final DeviceLists lists;

    KeyEndpoints(EncryptionParts parts, Keys keys, DeviceLists lists) {
        this.parts = parts;
        this.keys = keys;
        this.lists = lists;
    }

    void addTo(Routes routes) {
        routes.add("POST /_matrix/client/v3/keys/upload", this::uploadKeys);
        routes.add("POST /_matrix/client/v3/keys/query", this::queryKeys);
        routes.add("POST /_matrix/client/v3/keys/claim", this::claimKeys);
        routes.add("GET /_matrix/client/v3/keys/changes", this::getKeysChanges);
    }

    private Reply uploadKeys(Exchange x) {
        var caller = parts.identity().caller(x);
        var device = new Reader(caller.user(), caller.device());
        var body = x.body();
        var deviceKeys = Json.optionalObject(body, "device_keys");
        deviceKeys.ifPresent(given -> PublishedKeys.checkDevice(given, device));
        var upload = new Keys.Upload(deviceKeys, named(body, "one_time_keys"), named(body, "fallback_keys"));
        keys.upload(device, upload);
        var reply = Json.object();
        reply.set("one_time_key_counts", parts.database().read(tx -> {
            var counts = Json.object();
            new DeviceKeyStore().countOneTimeKeys(tx, device).forEach(counts::put);
            return counts;
        }));
        return Reply.json(reply);
    }

    private static List<NamedKey> named(ObjectNode body, String field) {
        var named = new ArrayList<NamedKey>();
        Json.optionalObject(body, field)
                .orElseGet(Json::object)
                .propertyStream()
                .forEach(entry -> {
                    if (entry.getKey().indexOf(':') < 1 || !(entry.getValue() instanceof ObjectNode key)) {
                        throw new MatrixException(
                                ErrorCode.M_BAD_JSON,
                                "A key is named algorithm:id and is an object with its signature.");
                    }
                    named.add(NamedKey.of(entry.getKey(), key));
                });
        if (named.size() > MOST_KEYS) {
            throw new MatrixException(ErrorCode.M_TOO_LARGE, "Upload at most " + MOST_KEYS + " keys at once.");
        }
        return named;
    }

    private Reply queryKeys(Exchange x) {
        var caller = parts.identity().caller(x);
        Map<UserId, Set<String>> wanted = new LinkedHashMap<>();
        Json.objectField(x.body(), "device_keys").propertyStream().forEach(entry -> {
            var devices = new HashSet<String>();
            if (!entry.getValue().isArray()) {
                throw new MatrixException(ErrorCode.M_BAD_JSON, "device_keys names a list of devices for each person.");
            }
            entry.getValue().forEach(device -> devices.add(device.asString("")));
            wanted.put(new UserId(entry.getKey()), devices);
        });
        return Reply.json(keys.query(caller.user(), wanted));
    }

    private Reply claimKeys(Exchange x) {
        var caller = parts.identity().caller(x);
        var claims = new ArrayList<Keys.Claim>();
        Json.objectField(x.body(), "one_time_keys").propertyStream().forEach(user -> {
            if (!(user.getValue() instanceof ObjectNode devices)) {
                throw new MatrixException(ErrorCode.M_BAD_JSON, "one_time_keys names an algorithm for each device.");
            }
            devices.propertyStream()
                    .forEach(device -> claims.add(new Keys.Claim(
                            new Reader(new UserId(user.getKey()), new DeviceId(device.getKey())),
                            device.getValue().asString(""))));
        });
        var claimed = keys.claim(caller.user(), claims);
        parts.identity().requireStill(x);
        return Reply.json(claimed);
    }

    private Reply getKeysChanges(Exchange x) {
        var caller = parts.identity().caller(x);
        var from = x.query("from").flatMap(SyncToken::parse);
        if (from.isEmpty()) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "from must be a sync token of this server.");
        }
        var news = from.filter(token ->
                        token.incarnation().equals(parts.writer().visible().incarnation()))
                .map(token -> lists.since(caller.user(), token))
                .orElseGet(() -> lists.anew(caller.user()));
        return Reply.json(news.json());
    }
}
