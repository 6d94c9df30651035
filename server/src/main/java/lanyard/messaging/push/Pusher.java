package lanyard.messaging.push;

import java.net.URI;
import java.time.Instant;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.ObjectNode;

/// Where a person's phone is to be told that something has come. It is told no more than that.
///
/// @param content as the client gave it and gets it back
/// @param since when it was given, in whole seconds
record Pusher(UserId user, String app, String key, DeviceId device, ObjectNode content, Instant since) {
    URI gateway() {
        return URI.create(content.path("data").path("url").asString(""));
    }

    boolean isSame(Pusher other) {
        return user.equals(other.user) && app.equals(other.app) && key.equals(other.key);
    }
}
