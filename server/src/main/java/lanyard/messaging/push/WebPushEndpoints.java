package lanyard.messaging.push;

import java.time.temporal.ChronoUnit;
import java.util.function.Predicate;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.trust.identity.Caller;

/// The section "Notifications" of docs/api.md: our own app's phones.
final class WebPushEndpoints {
    private static final String PATH = "/_lanyard/v1/push";

    private final PushParts parts;
    private final Pushers pushers;
    private final WebPushHosts hosts;
    private final VapidKeys keys;

    WebPushEndpoints(PushParts parts, Pushers pushers, WebPushHosts hosts, VapidKeys keys) {
        this.parts = parts;
        this.pushers = pushers;
        this.hosts = hosts;
        this.keys = keys;
    }

    void addTo(Routes routes) {
        routes.add("GET " + PATH, this::getSubscription);
        routes.add("PUT " + PATH, this::putSubscription);
        routes.add("DELETE " + PATH, this::deleteSubscription);
    }

    private Reply getSubscription(Exchange x) {
        var caller = parts.identity().caller(x);
        var key = keys.of(caller.organization()).extractPublicKeyInUncompressedFormAsString();
        var subscribed = pushers.of(caller.user()).stream().anyMatch(ofDevice(caller));
        return Reply.json(Json.object().put("application_server_key", key).put("subscribed", subscribed));
    }

    private Reply putSubscription(Exchange x) {
        var caller = parts.identity().caller(x);
        var body = x.body();
        var given = Json.objectField(body, "keys");
        var subscription = new WebSubscription(
                hosts.allowed(Json.text(body, "endpoint")),
                Json.text(given, "p256dh"),
                Json.text(given, "auth"),
                caller.organization());
        var since = parts.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        pushers.put(Pusher.ofOurs(caller.user(), caller.device(), subscription, since));
        return Reply.empty();
    }

    private Reply deleteSubscription(Exchange x) {
        pushers.remove(ofDevice(parts.identity().caller(x)));
        return Reply.empty();
    }

    private static Predicate<Pusher> ofDevice(Caller caller) {
        return pusher -> pusher.isOurs()
                && pusher.user().equals(caller.user())
                && pusher.device().equals(caller.device());
    }
}
