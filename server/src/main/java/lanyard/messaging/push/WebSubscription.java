package lanyard.messaging.push;

import com.zerodeplibs.webpush.UserAgentMessageEncryptionKeyInfo;
import com.zerodeplibs.webpush.key.InvalidECPublicKeyException;
import com.zerodeplibs.webpush.key.MalformedUncompressedBytesException;
import java.net.URI;
import java.util.Base64;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import tools.jackson.databind.node.ObjectNode;

/// What a browser gives out so that it can be told something:
/// <https://www.w3.org/TR/push-api/#pushsubscription-interface>.
///
/// @param organization by whose key the push service knows the server
record WebSubscription(URI endpoint, String p256dh, String auth, String organization) {
    private static final int AUTH_BYTES = 16;

    /// Errors: `M_INVALID_PARAM` for keys that nothing could be encrypted for.
    WebSubscription {
        try {
            var keys = UserAgentMessageEncryptionKeyInfo.of(p256dh, auth);
            if (keys == null || Base64.getUrlDecoder().decode(auth).length != AUTH_BYTES) {
                throw notKeys();
            }
        } catch (IllegalArgumentException | InvalidECPublicKeyException | MalformedUncompressedBytesException e) {
            throw notKeys();
        }
    }

    private static MatrixException notKeys() {
        return new MatrixException(ErrorCode.M_INVALID_PARAM, "The browser's keys are not right. Subscribe again.");
    }

    static WebSubscription of(ObjectNode content) {
        return new WebSubscription(
                URI.create(Json.text(content, "endpoint")),
                Json.text(content, "p256dh"),
                Json.text(content, "auth"),
                Json.text(content, "organization"));
    }

    ObjectNode content() {
        return Json.object()
                .put("kind", Pusher.WEB)
                .put("endpoint", endpoint.toString())
                .put("p256dh", p256dh)
                .put("auth", auth)
                .put("organization", organization);
    }

    @Override
    public String toString() {
        return "WebSubscription[hidden]";
    }
}
