package lanyard.messaging.push;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import lanyard.messaging.push.WebPush.Outcome;
import lanyard.messaging.timeline.RoomState;
import lanyard.messaging.timeline.TimelineEvent;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.MatrixException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// Tells another app's phone through the app's gateway: <https://spec.matrix.org/v1.18/push-gateway-api/>. Which event
/// in which room, never what it says or who said it.
final class GatewayPush {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayPush.class);
    private static final int LARGEST_ANSWER = 64 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private GatewayPush() {}

    static Outcome tell(HttpClient client, Pusher pusher, ObjectNode notification)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(pusher.gateway())
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(Json.bytes(notification)))
                .build();
        var answer = client.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER));
        if (answer.statusCode() == 200 && isRejected(pusher, answer.body())) {
            return Outcome.ENDED;
        }
        return answer.statusCode() >= 500 || answer.statusCode() == 429 ? Outcome.TRY_AGAIN : Outcome.TAKEN;
    }

    private static boolean isRejected(Pusher pusher, byte[] body) {
        try {
            var rejected = Json.optionalArray(Json.ownObject(body), "rejected").orElseGet(Json::array);
            return rejected.valueStream().anyMatch(key -> key.asString("").equals(pusher.key()));
        } catch (MatrixException e) {
            LOG.info("a push gateway's answer was not understood");
            return false;
        }
    }

    /// `unread` are all of the person's unread messages that the app may know of, which is what a phone's badge shows.
    static ObjectNode notification(Pusher pusher, RoomState room, TimelineEvent event, long unread) {
        var body = Json.object();
        var notification = body.putObject("notification")
                .put("event_id", event.id().value())
                .put("room_id", room.id().value())
                .put("prio", "high");
        notification.putObject("counts").put("unread", unread);
        var device = notification
                .putArray("devices")
                .addObject()
                .put("app_id", pusher.app())
                .put("pushkey", pusher.key())
                .put("pushkey_ts", pusher.since().getEpochSecond());
        var data = device.putObject("data");
        data.setAll((ObjectNode) pusher.content().get("data"));
        data.remove("url");
        return body;
    }
}
