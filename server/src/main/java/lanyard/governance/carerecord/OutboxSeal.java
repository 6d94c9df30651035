package lanyard.governance.carerecord;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import lanyard.platform.sealing.DestroyedKeyException;
import lanyard.platform.sealing.KeyName;
import lanyard.platform.sealing.KeyStore;
import lanyard.platform.sealing.SealedDataException;
import lanyard.platform.sealing.SealingKey;

/// What a decision says, and what a health record said to it, as the database may hold them.
///
/// What could go wrong, for ever: a restored backup opens what the record has acknowledged, or a decision that the
/// record does not have can be opened no more. The principles: each decision has a key of its own, made and durable
/// before it is signed, and destroyed once its acknowledgement, or that it was withdrawn, is in the database and on the
/// list outside it, never before ([Acknowledged]). Decisions signed before they had one are sealed by their
/// organisation's, which stays.
///
/// Errors of all that opens or seals but [#prepare]: [DestroyedKeyException] once the record has it or it was
/// withdrawn.
final class OutboxSeal {
    private final KeyStore keys;

    OutboxSeal(KeyStore keys) {
        this.keys = keys;
    }

    /// Makes the decision's key, which waits for the disk: not for a deed.
    void prepare(UUID decision) {
        keys.key(name(decision));
    }

    /// The record has it, or is never to have it: no copy of what was sealed opens any more.
    void letGo(UUID decision, String why) {
        keys.destroy(name(decision), why);
    }

    byte[] document(UUID decision, byte[] document) {
        return keys.key(name(decision)).seal(document, place("document", decision));
    }

    byte[] openDocument(OutboxStore.Claim claim) {
        return key(claim.organization(), claim.id()).open(claim.document(), place("document", claim.id()));
    }

    byte[] image(UUID decision, UUID image, byte[] document) {
        return keys.key(name(decision)).seal(document, place("image", image));
    }

    /// What was sealed of a picture, and of which decision.
    record SealedImage(String organization, UUID decision, UUID image, byte[] document) {}

    byte[] openImage(SealedImage sealed) {
        return key(sealed.organization(), sealed.decision()).open(sealed.document(), place("image", sealed.image()));
    }

    byte[] reason(String organization, UUID id, String reason) {
        return key(organization, id).seal(reason.getBytes(StandardCharsets.UTF_8), place("reason", id));
    }

    /// Empty once the record has it or it was withdrawn.
    Optional<String> openReason(String organization, UUID id, byte[] sealed) {
        try {
            var plain = key(organization, id).open(sealed, place("reason", id));
            return Optional.of(new String(plain, StandardCharsets.UTF_8));
        } catch (DestroyedKeyException e) {
            return Optional.empty();
        }
    }

    /// The decision's own, or its organisation's where it was signed before it could have one.
    private SealingKey key(String organization, UUID decision) {
        return keys.find(name(decision))
                .or(() -> keys.find(new KeyName("outbox", organization)))
                .orElseThrow(() -> new SealedDataException("There is no key for that decision."));
    }

    private static KeyName name(UUID decision) {
        return new KeyName("decision", decision.toString());
    }

    private static byte[] place(String what, UUID id) {
        return ("decision\n" + what + "\n" + id).getBytes(StandardCharsets.UTF_8);
    }
}
