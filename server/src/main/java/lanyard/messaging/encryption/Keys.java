package lanyard.messaging.encryption;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import lanyard.messaging.encryption.CrossSigningStore.CrossSigningKey;
import lanyard.messaging.encryption.CrossSigningStore.KeySignature;
import lanyard.messaging.encryption.DeviceKeyStore.NamedKey;
import lanyard.messaging.timeline.Reader;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.VerifyKey;
import tools.jackson.databind.node.ObjectNode;

/// The rules of keys: who publishes which, who sees which, and that a one-time key is handed out once.
final class Keys {
    /// Clients keep fifty to a hundred.
    private static final int MOST_HELD = 1_000;

    private final EncryptionParts parts;
    private final DeviceKeyStore deviceKeys;
    private final CrossSigningStore crossSigning;
    private final DeviceLists lists;
    private final Consumer<Reader> moved;

    Keys(
            EncryptionParts parts,
            DeviceKeyStore deviceKeys,
            CrossSigningStore crossSigning,
            DeviceLists lists,
            Consumer<Reader> moved) {
        this.parts = parts;
        this.deviceKeys = deviceKeys;
        this.crossSigning = crossSigning;
        this.lists = lists;
        this.moved = moved;
    }

    /// What a device publishes; absent parts are left as they are.
    record Upload(Optional<ObjectNode> device, List<NamedKey> oneTime, List<NamedKey> fallback) {}

    /// Errors: `M_INVALID_PARAM` when a one-time key's id was used before for another key, or a device would change its
    /// identity; `M_INVALID_SIGNATURE`; `M_TOO_LARGE` when the device holds more keys than anybody can use.
    void upload(Reader device, Upload upload) {
        var signed = Stream.concat(upload.oneTime().stream(), upload.fallback().stream())
                .toList();
        PublishedKeys.checkOneTime(signed, device, upload.device().or(() -> find(device)));
        parts.writer().write(commit -> {
            parts.identity().devices().requireThere(commit, device.user(), device.device());
            upload.device().ifPresent(keys -> {
                deviceKeys
                        .findDeviceKeys(commit.tx(), device)
                        .ifPresent(before -> PublishedKeys.checkSameIdentity(before, keys, device));
                if (deviceKeys.putDeviceKeys(commit.tx(), device, keys)) {
                    lists.change(commit, device.user());
                }
            });
            if (!upload.oneTime().isEmpty()) {
                upload.oneTime().forEach(key -> checkNew(commit, device, key));
                deviceKeys.addOneTimeKeys(commit.tx(), device, upload.oneTime());
                checkNumber(commit, device);
            }
            upload.fallback().forEach(key -> deviceKeys.putFallbackKey(commit.tx(), device, key));
            commit.afterCommit(() -> moved.accept(device));
            return device;
        });
    }

    private Optional<ObjectNode> find(Reader device) {
        return parts.database().read(tx -> deviceKeys.findDeviceKeys(tx, device));
    }

    private void checkNumber(Commit commit, Reader device) {
        var held = deviceKeys.countOneTimeKeys(commit.tx(), device).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        if (held > MOST_HELD) {
            throw new MatrixException(
                    ErrorCode.M_TOO_LARGE, "A device holds at most " + MOST_HELD + " one-time keys. Use some first.");
        }
    }

    private void checkNew(Commit commit, Reader device, NamedKey key) {
        deviceKeys
                .findOneTimeKey(commit.tx(), device, key)
                .filter(known -> !known.equals(key.key()))
                .ifPresent(known -> {
                    throw new MatrixException(
                            ErrorCode.M_INVALID_PARAM,
                            "The one-time key " + key.name()
                                    + " already exists with another value. Sign in again on this device.");
                });
    }

    void publish(Commit commit, Encryption.Published published) {
        var device = new Reader(published.user(), published.device());
        var user = published.user();
        crossSigning.putKey(commit.tx(), crossSigningKey(user, "master", published.masterKey()));
        crossSigning.putKey(commit.tx(), crossSigningKey(user, "self_signing", published.selfSigningKey()));
        deviceKeys.putDeviceKeys(commit.tx(), device, published.deviceKeys());
        deviceKeys.putFallbackKey(commit.tx(), device, NamedKey.of(published.fallbackName(), published.fallbackKey()));
        lists.change(commit, user);
    }

    static CrossSigningKey crossSigningKey(UserId user, String usage, ObjectNode key) {
        var id = key.path("keys").propertyStream().map(Map.Entry::getKey).findFirst();
        if (id.isEmpty() || !key.path("user_id").asString("").equals(user.value())) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "That " + usage + " key is not one of yours.");
        }
        var name = id.get();
        return new CrossSigningKey(user, usage, name.substring(name.indexOf(':') + 1), key);
    }

    /// Keys of the people whom the asker may see: those with whom they share a room, and themselves.
    ObjectNode query(UserId asker, Map<UserId, Set<String>> wanted) {
        var sharing = parts.timeline().memberships().sharing(asker);
        var users = wanted.keySet().stream().filter(sharing::contains).toList();
        var reply = Json.object();
        var devices = reply.putObject("device_keys");
        reply.putObject("failures");
        users.forEach(user -> devices.putObject(user.value()));
        parts.database().read(tx -> {
            var signatures = crossSigning.listSignatures(tx, users, asker);
            for (var device : deviceKeys.listDeviceKeys(tx, users)) {
                var only = wanted.getOrDefault(device.user(), Set.of());
                if (only.isEmpty() || only.contains(device.device().value())) {
                    var signed =
                            signed(device.keys(), device.user(), device.device().value(), signatures);
                    ((ObjectNode) devices.get(device.user().value()))
                            .set(device.device().value(), signed);
                }
            }
            for (var key : crossSigning.listKeys(tx, users)) {
                if (!key.usage().equals("user_signing") || key.user().equals(asker)) {
                    var section = key.usage() + "_keys";
                    var ofUsage = reply.has(section) ? (ObjectNode) reply.get(section) : reply.putObject(section);
                    ofUsage.set(key.user().value(), signed(key.key(), key.user(), key.keyId(), signatures));
                }
            }
            return reply;
        });
        return reply;
    }

    /// Signatures of every algorithm are given back as they came, also those this server knows nothing of.
    private static ObjectNode signed(ObjectNode key, UserId user, String keyId, List<KeySignature> signatures) {
        for (var signature : signatures) {
            if (signature.targetUser().equals(user) && signature.targetKey().equals(keyId)) {
                var all = key.has("signatures") ? (ObjectNode) key.get("signatures") : key.putObject("signatures");
                var signer = signature.signer().value();
                var ofSigner = all.has(signer) ? (ObjectNode) all.get(signer) : all.putObject(signer);
                ofSigner.put(signature.signerKey(), signature.signature());
            }
        }
        return key;
    }

    /// Hands out one key for each device asked for; committed before it is answered, so that no key is given twice.
    ObjectNode claim(UserId asker, List<Claim> claims) {
        var sharing = parts.timeline().memberships().sharing(asker);
        var reply = Json.object();
        reply.putObject("failures");
        var keys = reply.putObject("one_time_keys");
        var given = parts.database().write(tx -> {
            var found = new ArrayList<Map.Entry<Claim, NamedKey>>();
            // In one order for all: two who claim the same devices would else wait for each other's rows.
            for (var claim : claims.stream().sorted(CLAIMS).toList()) {
                if (sharing.contains(claim.device().user())) {
                    deviceKeys
                            .claimOneTimeKey(
                                    tx,
                                    claim.device(),
                                    claim.algorithm(),
                                    parts.clock().millis())
                            .or(() -> deviceKeys.useFallbackKey(tx, claim.device(), claim.algorithm()))
                            .ifPresent(key -> found.add(Map.entry(claim, key)));
                }
            }
            return found;
        });
        for (var entry : given) {
            var device = entry.getKey().device();
            var user = device.user().value();
            var ofUser = keys.has(user) ? (ObjectNode) keys.get(user) : keys.putObject(user);
            ofUser.putObject(device.device().value())
                    .set(entry.getValue().name(), entry.getValue().key());
            moved.accept(device);
            // The device learns at once how few keys are left.
            parts.wakes().wake(user);
        }
        return reply;
    }

    record Claim(Reader device, String algorithm) {}

    private static final Comparator<Claim> CLAIMS = Comparator.comparing(
                    (Claim claim) -> claim.device().user().value())
            .thenComparing(claim -> claim.device().device().value())
            .thenComparing(Claim::algorithm);

    List<CrossSigningKey> crossSigningKeys(UserId user) {
        return parts.database().read(tx -> crossSigning.listKeys(tx, List.of(user)));
    }

    void putCrossSigning(UserId user, List<CrossSigningKey> keys) {
        parts.writer().write(commit -> {
            keys.forEach(key -> crossSigning.putKey(commit.tx(), key));
            lists.change(commit, user);
            return keys.size();
        });
    }

    void addSignatures(List<KeySignature> signatures) {
        parts.writer().write(commit -> {
            signatures.forEach(signature -> crossSigning.addSignature(commit.tx(), signature));
            signatures.stream()
                    .map(KeySignature::signer)
                    .distinct()
                    .filter(user -> crossSigning.hasSignedDevice(commit.tx(), user))
                    .forEach(user -> parts.identity().people().reachable(commit, user));
            signatures.stream().map(KeySignature::targetUser).distinct().forEach(user -> lists.change(commit, user));
            return signatures.size();
        });
    }

    /// What a signature can stand on: the keys of a device or a cross-signing key of the person.
    Map<UserId, Map<String, ObjectNode>> listSignable(List<UserId> users) {
        return parts.database().read(tx -> {
            var signable = new HashMap<UserId, Map<String, ObjectNode>>();
            crossSigning
                    .listKeys(tx, users)
                    .forEach(key -> signable.computeIfAbsent(key.user(), _ -> new HashMap<>())
                            .put(key.keyId(), key.key()));
            deviceKeys
                    .listDeviceKeys(tx, users)
                    .forEach(device -> signable.computeIfAbsent(device.user(), _ -> new HashMap<>())
                            .put(device.device().value(), device.keys()));
            return signable;
        });
    }

    /// The Ed25519 keys that the person signs with, by the names that signatures carry.
    Map<String, VerifyKey> verifyKeys(UserId user) {
        return parts.database().read(tx -> {
            var users = List.of(user);
            var named = new HashMap<String, VerifyKey>();
            Stream.concat(
                            deviceKeys.listDeviceKeys(tx, users).stream().map(DeviceKeyStore.DeviceKeys::keys),
                            crossSigning.listKeys(tx, users).stream().map(CrossSigningKey::key))
                    .flatMap(object -> object.path("keys").propertyStream())
                    .filter(key -> key.getKey().startsWith("ed25519:"))
                    .forEach(key -> VerifyKey.find(key.getValue().asString(""))
                            .ifPresent(found -> named.put(key.getKey(), found)));
            return named;
        });
    }

    List<DeviceId> devices(UserId user, String device) {
        return device.equals("*")
                ? parts.database().read(tx -> deviceKeys.listDeviceKeys(tx, List.of(user))).stream()
                        .map(DeviceKeyStore.DeviceKeys::device)
                        .toList()
                : List.of(new DeviceId(device));
    }
}
