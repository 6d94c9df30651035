package lanyard.messaging.push;

import java.net.URI;
import java.time.Instant;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.ObjectNode;

/// Where a person's phone is to be told that something has come. It is told no more than that: another app's phone by
/// the app's gateway, our own by its browser's push service.
///
/// @param content as the client gave it and gets it back, or a [WebSubscription]
/// @param since when it was given, in whole seconds
record Pusher(UserId user, String app, String key, DeviceId device, ObjectNode content, Instant since) {
    /// The kind of our own phones', and their `app`, which no other app may take.
    static final String WEB = "org.lanyard.web";

    static Pusher ofOurs(UserId user, DeviceId device, WebSubscription subscription, Instant since) {
        return new Pusher(user, WEB, device.value(), device, subscription.content(), since);
    }

    boolean isOurs() {
        return app.equals(WEB);
    }

    URI gateway() {
        return URI.create(content.path("data").path("url").asString(""));
    }

    WebSubscription subscription() {
        return WebSubscription.of(content);
    }

    /// The machine that tells it.
    String service() {
        var address =
                isOurs() ? content.path("endpoint").asString("") : gateway().toString();
        return String.valueOf(URI.create(address).getRawAuthority());
    }

    boolean isSame(Pusher other) {
        return user.equals(other.user) && app.equals(other.app) && key.equals(other.key);
    }
}
