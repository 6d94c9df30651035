package lanyard.trust.handset;

import java.time.Duration;
import java.util.Base64;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.RateLimit;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.trust.identity.Identity;

/// A phone that its passkey opens, of the section "Handset" of docs/api.md.
final class PrfEndpoints {
    private static final int SIGNATURE_BYTES = 64;
    private static final int A_MINUTE = 30;

    private final PrfShares shares;
    private final Identity identity;
    private final RateLimit asking = new RateLimit(true, A_MINUTE, A_MINUTE, Duration.ofMinutes(1));

    PrfEndpoints(PrfShares shares, Identity identity) {
        this.shares = shares;
        this.identity = identity;
    }

    void addTo(Routes routes) {
        routes.add("PUT /_lanyard/v1/handsets/{id}/prf", this::put);
        routes.add("POST /_lanyard/v1/handsets/{id}/prf/options", this::options);
        routes.add("POST /_lanyard/v1/handsets/{id}/prf/share", this::share);
        routes.add("POST /_lanyard/v1/handsets/{id}/prf/offline", this::offline);
    }

    private Reply put(Exchange exchange) {
        var caller = identity.caller(exchange);
        var passkey = Json.text(exchange.body(), "passkey_id");
        return shareReply(shares.put(caller, exchange.param("id"), passkey));
    }

    private Reply options(Exchange exchange) {
        asking.take(exchange.param("id"));
        var reply = Json.object();
        reply.set("publicKey", shares.options(exchange.param("id")));
        return Reply.json(reply);
    }

    private Reply share(Exchange exchange) {
        asking.take(exchange.param("id"));
        var body = exchange.body();
        return shareReply(shares.share(new PrfShares.Claim(
                exchange.param("id"),
                Json.text(body, "nonce"),
                HandsetEndpoints.bytes(body, "signature", SIGNATURE_BYTES),
                Json.objectField(body, "credential"))));
    }

    private Reply offline(Exchange exchange) {
        var until = shares.keepOffline(identity.caller(exchange), exchange.param("id"));
        return Reply.json(Json.object().put("until_ts", until.toEpochMilli()));
    }

    private static Reply shareReply(byte[] share) {
        return Reply.json(Json.object().put("share", Base64.getEncoder().encodeToString(share)));
    }
}
