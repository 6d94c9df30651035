package lanyard.standards.matrix.rules;

import static lanyard.standards.matrix.rules.Room.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lanyard.standards.matrix.Signing;
import lanyard.standards.matrix.VerifyKey;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Rule 5.4.1: an invitation by e-mail address or the like, redeemed with a signature of the identity server.
final class ThirdPartyInviteRules {
    /// An identity server signs once and publishes two keys. Without an end, a hostile event of 64 KiB would have us
    /// try hundreds of thousands of pairs.
    private static final int MAXIMUM_KEYS = 16;

    private static final int MAXIMUM_SIGNATURES = 16;

    private ThirdPartyInviteRules() {}

    static AuthResult check(Room room, ObjectNode event) {
        var target = text(event, "state_key");
        // 5.4.1.1
        if (room.membership(target).equals("ban")) {
            return AuthResult.refused("This person is banned from the room.");
        }
        // 5.4.1.2
        if (!(event.path("content").path("third_party_invite").get("signed") instanceof ObjectNode signed)) {
            return AuthResult.refused("The invitation is not signed.");
        }
        // 5.4.1.3
        if (!signed.path("mxid").isString() || !signed.path("token").isString()) {
            return AuthResult.refused("The signed invitation names no person or no token.");
        }
        // 5.4.1.4
        if (!text(signed, "mxid").equals(target)) {
            return AuthResult.refused("The invitation was signed for another person.");
        }
        // 5.4.1.5
        var invite = room.state().event(Room.THIRD_PARTY_INVITE, text(signed, "token"));
        if (invite.isEmpty()) {
            return AuthResult.refused("The invitation is unknown or was taken back.");
        }
        // 5.4.1.6
        if (!text(event, "sender").equals(text(invite.get(), "sender"))) {
            return AuthResult.refused("The invitation was made by another person.");
        }
        // 5.4.1.7
        if (isSignedByAny(publicKeys(invite.get().path("content")), signed)) {
            return AuthResult.allowed();
        }
        // 5.4.1.8
        return AuthResult.refused("The invitation's signature does not match.");
    }

    private static List<VerifyKey> publicKeys(JsonNode content) {
        var keys = new ArrayList<VerifyKey>();
        // 5.4.1.7.1
        VerifyKey.find(content.path("public_key").stringValue("")).ifPresent(keys::add);
        // 5.4.1.7.2
        content.path("public_keys")
                .valueStream()
                .limit(MAXIMUM_KEYS)
                .flatMap(entry -> VerifyKey.find(entry.path("public_key").stringValue("")).stream())
                .forEach(keys::add);
        return keys;
    }

    private static boolean isSignedByAny(List<VerifyKey> keys, ObjectNode signed) {
        return signed.path("signatures").properties().stream()
                .flatMap(entity -> entity.getValue().properties().stream()
                        .map(Map.Entry::getKey)
                        .map(keyId -> new Claim(entity.getKey(), keyId)))
                .limit(MAXIMUM_SIGNATURES)
                .anyMatch(claim ->
                        keys.stream().anyMatch(key -> Signing.verify(signed, claim.entity(), claim.keyId(), key)));
    }

    private record Claim(String entity, String keyId) {}
}
