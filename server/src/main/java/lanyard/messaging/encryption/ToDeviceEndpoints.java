package lanyard.messaging.encryption;

import java.util.ArrayList;
import lanyard.messaging.encryption.ToDevice.Message;
import lanyard.messaging.timeline.Reader;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.ObjectNode;

/// <https://spec.matrix.org/v1.18/client-server-api/#send-to-device-messaging>
final class ToDeviceEndpoints {
    private static final int MOST_BYTES = 2 * 1024 * 1024;
    /// As large as an event may be: one device must not be filled by another.
    private static final int MOST_CONTENT_BYTES = 65_536;

    private final EncryptionParts parts;
    private final ToDevice toDevice;
    private final Keys keys;

    ToDeviceEndpoints(EncryptionParts parts, ToDevice toDevice, Keys keys) {
        this.parts = parts;
        this.toDevice = toDevice;
        this.keys = keys;
    }

    void addTo(Routes routes) {
        routes.add("PUT /_matrix/client/v3/sendToDevice/{eventType}/{txnId}", this::sendToDevice);
    }

    private Reply sendToDevice(Exchange x) {
        var caller = parts.identity().caller(x);
        var sender = new Reader(caller.user(), caller.device());
        var type = x.param("eventType");
        var sharing = parts.timeline().memberships().sharing(caller.user());
        var messages = new ArrayList<Message>();
        for (var user : Json.objectField(x.bodyUpTo(MOST_BYTES), "messages").properties()) {
            var to = new UserId(user.getKey());
            for (var device : user.getValue().properties()) {
                if (!(device.getValue() instanceof ObjectNode content)) {
                    throw new MatrixException(ErrorCode.M_BAD_JSON, "The content for a device must be an object.");
                }
                if (Json.bytes(content).length > MOST_CONTENT_BYTES) {
                    throw new MatrixException(
                            ErrorCode.M_TOO_LARGE,
                            "A message to a device has at most " + MOST_CONTENT_BYTES + " bytes.");
                }
                var event = Json.object()
                        .put("type", type)
                        .put("sender", sender.user().value());
                event.set("content", content);
                // Strangers cannot be reached this way: the answer does not tell whether they exist.
                if (sharing.contains(to)) {
                    keys.devices(to, device.getKey()).forEach(id -> messages.add(new Message(sender, to, id, event)));
                }
            }
        }
        toDevice.send(sender, type + "/" + x.param("txnId"), messages);
        return Reply.empty();
    }
}
