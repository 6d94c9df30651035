package lanyard.messaging.push;

import com.zerodeplibs.webpush.EncryptedPushMessage;
import com.zerodeplibs.webpush.MessageEncryptions;
import com.zerodeplibs.webpush.PushMessage;
import com.zerodeplibs.webpush.UserAgentMessageEncryptionKeyInfo;
import com.zerodeplibs.webpush.jwt.VAPIDJWTParam;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells a phone of ours through its browser's push service: <https://www.rfc-editor.org/rfc/rfc8030>, encrypted as
/// <https://www.rfc-editor.org/rfc/rfc8291> says. What it tells is [Alert]'s, and the headers are the same for all.
final class WebPush {
    private static final Logger LOG = LoggerFactory.getLogger(WebPush.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /// As long as `PushCatchUp` looks back.
    private static final Duration KEPT = Duration.ofDays(1);

    private static final int HOURS_SIGNED_FOR = 12;

    /// What became of it.
    enum Outcome {
        TAKEN,
        /// The push service knows the phone no longer.
        ENDED,
        TRY_AGAIN
    }

    private final WebPushHosts hosts;
    private final VapidKeys keys;
    private final String contact;
    private final Map<Alert, byte[]> payloads = new EnumMap<>(Alert.class);

    WebPush(PushSettings settings, WebPushHosts hosts, VapidKeys keys) {
        this.hosts = hosts;
        this.keys = keys;
        this.contact = settings.publicUrl().toString();
        for (var alert : Alert.values()) {
            payloads.put(alert, alert.payload(settings.publicUrl()));
        }
    }

    Outcome tell(HttpClient client, WebSubscription to, Alert alert) throws IOException, InterruptedException {
        if (!hosts.isSafe(to.endpoint())) {
            LOG.warn("a push service is not where it should be: it is not called");
            return Outcome.TRY_AGAIN;
        }
        var body = encrypted(to, alert);
        var request = HttpRequest.newBuilder(to.endpoint())
                .timeout(PATIENCE)
                .header("Content-Type", body.mediaType())
                .header("Content-Encoding", body.contentEncoding())
                .header("TTL", Long.toString(KEPT.toSeconds()))
                // A sleeping phone is woken for the one as for the other.
                .header("Urgency", "high")
                .header("Topic", alert.topic())
                .header("Authorization", authorization(to))
                .POST(BodyPublishers.ofByteArray(body.toBytes()))
                .build();
        return outcome(client.send(request, BodyHandlers.discarding()).statusCode());
    }

    /// The library's object is for one thread.
    private EncryptedPushMessage encrypted(WebSubscription to, Alert alert) {
        var keyInfo = UserAgentMessageEncryptionKeyInfo.of(to.p256dh(), to.auth());
        return MessageEncryptions.of().encrypt(keyInfo, PushMessage.of(payloads.get(alert)));
    }

    private String authorization(WebSubscription to) {
        var claims = VAPIDJWTParam.getBuilder()
                .resourceURLString(to.endpoint().toString())
                .expiresAfter(HOURS_SIGNED_FOR, TimeUnit.HOURS)
                .subject(contact)
                .build();
        return keys.of(to.organization()).generateAuthorizationHeaderValue(claims);
    }

    private static Outcome outcome(int status) {
        if (status == 404 || status == 410) {
            return Outcome.ENDED;
        }
        if (status >= 500 || status == 429) {
            return Outcome.TRY_AGAIN;
        }
        if (status >= 300) {
            LOG.warn("a push service refused a notification with status {}", status);
        }
        return Outcome.TAKEN;
    }
}
