package lanyard.standards.matrix;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// An event's two hashes: the content hash covers all of it, the reference hash only what a redaction keeps and so
/// serves as its id. <https://spec.matrix.org/v1.18/server-server-api/#signing-events>
public final class EventHashes {
    private static final Set<String> OUTSIDE_CONTENT_HASH = Set.of("unsigned", "signatures", "hashes");
    private static final Set<String> OUTSIDE_REFERENCE_HASH = Set.of("unsigned", "signatures");

    /// Never used itself: a copy costs a fraction of asking the providers for another.
    private static final MessageDigest FRESH = fresh();

    private EventHashes() {}

    /// For `hashes.sha256`, in unpadded base64.
    /// <https://spec.matrix.org/v1.18/server-server-api/#calculating-the-content-hash-for-an-event>
    public static String contentHash(ObjectNode event) {
        return UnpaddedBase64.encode(sha256(event, OUTSIDE_CONTENT_HASH));
    }

    /// Whether the event is complete and unchanged; a redacted copy does not match.
    public static boolean matchesContentHash(ObjectNode event) {
        var claimed = UnpaddedBase64.decode(event.path("hashes").path("sha256").stringValue(""));
        return claimed.isPresent() && MessageDigest.isEqual(claimed.get(), sha256(event, OUTSIDE_CONTENT_HASH));
    }

    /// The event's id. <https://spec.matrix.org/v1.18/server-server-api/#calculating-the-reference-hash-for-an-event>
    public static EventId referenceHash(ObjectNode event, RoomVersion version) {
        return new EventId("$" + reference(event, version));
    }

    /// Room version 12: the room is named by the hash of its create event.
    public static RoomId roomId(ObjectNode create, RoomVersion version) {
        return new RoomId("!" + reference(create, version));
    }

    private static String reference(ObjectNode event, RoomVersion version) {
        return UnpaddedBase64.encodeUrlSafe(sha256(Redaction.redact(event, version), OUTSIDE_REFERENCE_HASH));
    }

    private static byte[] sha256(ObjectNode object, Set<String> omitted) {
        try {
            var digest = (MessageDigest) FRESH.clone();
            CanonicalJson.updateWithout(digest, object, omitted);
            return digest.digest();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("every Java's SHA-256 can be copied", e);
        }
    }

    private static MessageDigest fresh() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
