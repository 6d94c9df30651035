package lanyard.messaging.account;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import lanyard.platform.json.Json;
import tools.jackson.databind.node.ObjectNode;

/// Short-lived names and passwords for the relays of calls, as relays that share a secret with us check them. The name
/// is
/// random: the relay does not learn who calls. <https://spec.matrix.org/v1.18/client-server-api/#voice-over-ip>
record TurnCredentials(AccountSettings.Turn turn, AccountParts.Given given) {
    private static final Duration LIFETIME = Duration.ofHours(12);
    private static final int NAME_BYTES = 8;

    /// Empty where there is no relay.
    ObjectNode fresh() {
        var reply = Json.object();
        if (turn.uris().isEmpty()) {
            return reply;
        }
        var name = new byte[NAME_BYTES];
        given.random().nextBytes(name);
        var until = given.clock().instant().plus(LIFETIME).getEpochSecond();
        var username = until + ":" + HexFormat.of().formatHex(name);
        reply.put("username", username).put("password", mac(username)).put("ttl", LIFETIME.toSeconds());
        turn.uris().forEach(reply.putArray("uris")::add);
        return reply;
    }

    /// SHA-1 is what the relays' shared-secret scheme prescribes; as an HMAC it is still sound.
    private String mac(String username) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(turn.secret().getBytes(StandardCharsets.UTF_8), "RAW"));
            return Base64.getEncoder().encodeToString(mac.doFinal(username.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-1", e);
        }
    }
}
