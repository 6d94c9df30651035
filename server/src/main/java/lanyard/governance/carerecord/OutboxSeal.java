package lanyard.governance.carerecord;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import lanyard.platform.sealing.KeyName;
import lanyard.platform.sealing.KeyStore;

/// What a decision says, and what a health record said to it, as the database may hold them.
final class OutboxSeal {
    private final KeyStore keys;

    OutboxSeal(KeyStore keys) {
        this.keys = keys;
    }

    /// Makes the organisation's key if need be, which waits for the disk: not for a deed.
    void prepare(String organization) {
        keys.key(name(organization));
    }

    byte[] document(String organization, UUID id, byte[] document) {
        return keys.key(name(organization)).seal(document, place("document", id));
    }

    byte[] openDocument(OutboxStore.Claim claim) {
        return keys.key(name(claim.organization())).open(claim.document(), place("document", claim.id()));
    }

    byte[] image(String organization, UUID id, byte[] document) {
        return keys.key(name(organization)).seal(document, place("image", id));
    }

    byte[] openImage(String organization, UUID id, byte[] sealed) {
        return keys.key(name(organization)).open(sealed, place("image", id));
    }

    byte[] reason(String organization, UUID id, String reason) {
        return keys.key(name(organization)).seal(reason.getBytes(StandardCharsets.UTF_8), place("reason", id));
    }

    String openReason(String organization, UUID id, byte[] sealed) {
        return new String(keys.key(name(organization)).open(sealed, place("reason", id)), StandardCharsets.UTF_8);
    }

    private static KeyName name(String organization) {
        return new KeyName("outbox", organization);
    }

    private static byte[] place(String what, UUID id) {
        return ("decision\n" + what + "\n" + id).getBytes(StandardCharsets.UTF_8);
    }
}
