package lanyard.messaging.push;

import java.util.Map;
import lanyard.platform.json.Json;
import tools.jackson.databind.node.ObjectNode;

/// How much of a room a person has not seen; threads apart where they were asked for.
///
/// @param all without the threads that stand in `threads`
public record Unread(Count all, Map<String, Count> threads) {
    /// What notified, and of that what stands out.
    public record Count(long notifications, long highlights) {
        static final Count NONE = new Count(0, 0);

        Count plus(long more, boolean highlight) {
            return new Count(Math.max(0, notifications + more), highlights + (highlight ? 1 : 0));
        }

        public ObjectNode json() {
            return Json.object().put("notification_count", notifications).put("highlight_count", highlights);
        }
    }
}
