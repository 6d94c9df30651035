package lanyard.standards.matrix;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Signs and checks JSON objects and events. An entity is a server name, or a user id for device and cross-signing
/// keys. <https://spec.matrix.org/v1.18/appendices/#signing-json>
public final class Signing {
    private static final Set<String> OUTSIDE_SIGNATURE = Set.of("signatures", "unsigned");

    private Signing() {}

    /// A copy of the object with the entity's signature added; other signatures stay.
    public static ObjectNode sign(ObjectNode object, String entity, SigningKey key) {
        return withSignature(object, entity, key, signedBytes(object));
    }

    /// A copy of the event with its signature, which covers what a redaction keeps. Its hashes must be in place.
    /// <https://spec.matrix.org/v1.18/server-server-api/#adding-hashes-and-signatures-to-outgoing-events>
    public static ObjectNode signEvent(ObjectNode event, RoomVersion version, ServerName server, SigningKey key) {
        if (!event.path("hashes").path("sha256").isString()) {
            throw new IllegalArgumentException("An event is hashed before it is signed.");
        }
        return withSignature(event, server.value(), key, signedBytes(Redaction.redact(event, version)));
    }

    /// Whether the entity signed the object with this key. `keyId` is the whole id, e.g. `ed25519:1`.
    /// <https://spec.matrix.org/v1.18/appendices/#checking-for-a-signature>
    public static boolean verify(ObjectNode object, String entity, String keyId, VerifyKey key) {
        if (!keyId.startsWith("ed25519:")) {
            return false;
        }
        return UnpaddedBase64.decode(
                        object.path("signatures").path(entity).path(keyId).stringValue(""))
                .filter(signature -> key.verifies(signedBytes(object), signature))
                .isPresent();
    }

    /// Whether the server signed the event. Holds for the event and for its redacted copy alike.
    public static boolean verifyEvent(
            ObjectNode event, RoomVersion version, ServerName server, String keyId, VerifyKey key) {
        return verify(Redaction.redact(event, version), server.value(), keyId, key);
    }

    private static byte[] signedBytes(ObjectNode object) {
        return CanonicalJson.bytesWithout(object, OUTSIDE_SIGNATURE);
    }

    private static ObjectNode withSignature(ObjectNode object, String entity, SigningKey key, byte[] message) {
        var signatures = copy(object.path("signatures"));
        var ofEntity = copy(signatures.path(entity));
        ofEntity.put(key.id(), UnpaddedBase64.encode(key.sign(message)));
        signatures.set(entity, ofEntity);
        var signed = copy(object);
        signed.set("signatures", signatures);
        return signed;
    }

    private static ObjectNode copy(JsonNode from) {
        var copy = JsonNodeFactory.instance.objectNode();
        from.properties().forEach(entry -> copy.set(entry.getKey(), entry.getValue()));
        return copy;
    }
}
