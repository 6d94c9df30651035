package lanyard;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.Ed25519;
import lanyard.platform.sealing.Hashes;
import lanyard.standards.matrix.CanonicalJson;
import lanyard.standards.matrix.UnpaddedBase64;
import org.bouncycastle.math.ec.rfc7748.X25519;
import tools.jackson.databind.node.ObjectNode;

/// Keys as a real client would publish them. They follow from the device's name, so that a test can make them again.
public final class TestKeys {
    private TestKeys() {}

    /// A signing key named `ed25519:<name>`, or after its own public key when the name is empty.
    public static ObjectNode sign(ObjectNode object, Person person, String seed, String name) {
        var secret = secret(seed);
        var id = "ed25519:" + (name.isEmpty() ? UnpaddedBase64.encode(Ed25519.publicKey(secret)) : name);
        var unsigned = object.deepCopy();
        unsigned.remove("signatures");
        var message = CanonicalJson.bytes(unsigned);
        var signatures =
                object.has("signatures") ? (ObjectNode) object.get("signatures") : object.putObject("signatures");
        var own = signatures.has(person.id())
                ? (ObjectNode) signatures.get(person.id())
                : signatures.putObject(person.id());
        own.put(id, UnpaddedBase64.encode(Ed25519.sign(secret, message)));
        return object;
    }

    private static byte[] secret(String seed) {
        return Hashes.sha256(seed.getBytes(StandardCharsets.UTF_8));
    }

    public static String ed25519(String seed) {
        return UnpaddedBase64.encode(Ed25519.publicKey(secret(seed)));
    }

    public static String curve25519(String seed) {
        var key = new byte[32];
        X25519.generatePublicKey(secret(seed), 0, key, 0);
        return UnpaddedBase64.encode(key);
    }

    public static ObjectNode device(Person person) {
        var keys = Json.object().put("user_id", person.id()).put("device_id", person.device());
        keys.putArray("algorithms").add("m.olm.v1.curve25519-aes-sha2").add("m.megolm.v1.aes-sha2");
        keys.putObject("keys")
                .put("ed25519:" + person.device(), ed25519(person.device()))
                .put("curve25519:" + person.device(), curve25519(person.device()));
        return sign(keys, person, person.device(), person.device());
    }

    /// A body of `/keys/upload` that publishes the device.
    public static ObjectNode upload(Person person) {
        var upload = Json.object();
        upload.set("device_keys", device(person));
        return upload;
    }

    /// A body of `/keys/device_signing/upload`: the person's first identity.
    public static ObjectNode identity(Person person) {
        var keys = Json.object();
        keys.set("master_key", crossSigning(person, "master", "m" + person.id(), ""));
        keys.set("self_signing_key", crossSigning(person, "self_signing", "s" + person.id(), "m" + person.id()));
        return keys;
    }

    /// A body of `/keys/signatures/upload`: the identity of [#identity] signs the device.
    public static ObjectNode ownSignature(Person person) {
        var signatures = Json.object();
        signatures.putObject(person.id()).set(person.device(), sign(device(person), person, "s" + person.id(), ""));
        return signatures;
    }

    /// What a phone publishes, in this order, until colleagues' apps write to it.
    static Map<String, ObjectNode> uploads(Person person) {
        var uploads = new LinkedHashMap<String, ObjectNode>();
        uploads.put("upload", upload(person));
        uploads.put("device_signing/upload", identity(person));
        uploads.put("signatures/upload", ownSignature(person));
        return uploads;
    }

    public static ObjectNode oneTime(Person person, String seed) {
        return sign(Json.object().put("key", curve25519(seed)), person, person.device(), person.device());
    }

    /// A cross-signing key, signed by the master key made from `masterSeed` unless that is empty.
    public static ObjectNode crossSigning(Person person, String usage, String seed, String masterSeed) {
        var key = Json.object().put("user_id", person.id());
        key.putArray("usage").add(usage);
        key.putObject("keys").put("ed25519:" + ed25519(seed), ed25519(seed));
        return masterSeed.isEmpty() ? key : sign(key, person, masterSeed, "");
    }
}
