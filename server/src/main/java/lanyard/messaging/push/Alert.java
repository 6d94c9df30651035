package lanyard.messaging.push;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import lanyard.platform.json.Json;

/// All that a phone of ours is ever told: that there is a message, or that there is an urgent one (G23).
///
/// What could go wrong: a lock screen, or a push service on the way, tells a stranger who wrote to whom, or about whom.
/// So what is sent is decided here alone, is constant, is as long for one as for the other, and takes nothing from any
/// event: urgent is what was announced as such to the server, whatever a message says of itself. No setting changes it.
enum Alert {
    MESSAGE("lanyard-message", "You have a new message"),
    URGENT("lanyard-urgent", "You have an urgent message");

    /// <https://www.w3.org/TR/push-api/#declarative-push-message>
    private static final int DECLARATIVE = 8030;

    private static final int LENGTH = 512;

    private final String topic;
    private final String sentence;

    Alert(String topic, String sentence) {
        this.topic = topic;
        this.sentence = sentence;
    }

    /// Of two waiting alerts of one class a phone needs one.
    String topic() {
        return topic;
    }

    /// Shown as it is where no code of ours runs, on an iPhone say; otherwise our service worker shows its own text.
    byte[] payload(URI publicUrl) {
        var json = Json.object().put("web_push", DECLARATIVE).put("mutable", true);
        json.putObject("notification")
                .put("title", "Lanyard")
                .put("body", sentence)
                .put("lang", "en-GB")
                .put("dir", "ltr")
                .put("tag", topic())
                .put("navigate", publicUrl.resolve("/").toString());
        var text = Json.bytes(json);
        if (text.length > LENGTH) {
            throw new IllegalStateException("The public address is too long for a notification.");
        }
        var padded = Arrays.copyOf(text, LENGTH);
        Arrays.fill(padded, text.length, LENGTH, " ".getBytes(StandardCharsets.US_ASCII)[0]);
        return padded;
    }
}
