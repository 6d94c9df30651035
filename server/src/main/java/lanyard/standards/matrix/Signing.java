package lanyard.standards.matrix;

import java.util.LinkedHashSet;
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

    /// The servers whose signatures an event from elsewhere must carry: its sender's (but for an invitation by a third
    /// party, whose sending server may be another), and for a restricted join that of the person who vouches.
    /// <https://spec.matrix.org/v1.18/server-server-api/#validating-hashes-and-signatures-on-received-events>
    /// <https://spec.matrix.org/v1.18/rooms/v12/#authorisation-rules> 5.2.1
    public static Set<String> requiredSigners(ObjectNode event) {
        var content = event.path("content");
        var isMember = event.path("type").stringValue("").equals("m.room.member");
        var membership = content.path("membership").stringValue("");
        var signers = new LinkedHashSet<String>();
        if (!isMember || !membership.equals("invite") || !content.has("third_party_invite")) {
            signers.add(serverOf(event.path("sender")));
        }
        if (isMember && content.has("join_authorised_via_users_server")) {
            signers.add(serverOf(content.path("join_authorised_via_users_server")));
        }
        return signers;
    }

    /// An id without a server gives an empty name, which nobody can sign for.
    private static String serverOf(JsonNode userId) {
        var id = userId.stringValue("");
        var colon = id.indexOf(':');
        return colon < 0 ? "" : id.substring(colon + 1);
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
