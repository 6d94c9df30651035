package lanyard.messaging.sync;

import java.util.List;
import lanyard.messaging.timeline.Receipt;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.ObjectNode;

/// What passes: receipts and typing, as events.
final class Ephemeral {
    static final String RECEIPT = "m.receipt";
    static final String TYPING = "m.typing";

    private Ephemeral() {}

    /// <https://spec.matrix.org/v1.18/client-server-api/#mreceipt>
    static ObjectNode receipts(List<Receipt> receipts) {
        var event = Json.object().put("type", RECEIPT);
        var content = event.putObject("content");
        for (var receipt : receipts) {
            var ofKind =
                    child(child(content, receipt.event().value()), receipt.key().kind());
            var entry = ofKind.putObject(receipt.key().user().value()).put("ts", receipt.ts());
            if (!receipt.key().thread().isEmpty()) {
                entry.put("thread_id", receipt.key().thread());
            }
        }
        return event;
    }

    private static ObjectNode child(ObjectNode of, String name) {
        return of.get(name) instanceof ObjectNode there ? there : of.putObject(name);
    }

    static ObjectNode typing(List<UserId> users) {
        var event = Json.object().put("type", TYPING);
        var list = event.putObject("content").putArray("user_ids");
        users.forEach(user -> list.add(user.value()));
        return event;
    }
}
