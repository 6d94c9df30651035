package lanyard.trust.identity;

import java.time.Duration;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.RateLimit;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.UserId;

/// The section "A first day" of docs/api.md.
final class EnrolmentEndpoints {
    private static final int A_MINUTE = 100;

    private final Identity identity;
    private final RateLimit tries = new RateLimit(true, A_MINUTE, A_MINUTE, Duration.ofMinutes(1));

    EnrolmentEndpoints(Identity identity) {
        this.identity = identity;
    }

    void addTo(Routes routes) {
        routes.add("POST /_lanyard/v1/people/{userId}/invitation", this::invite);
        routes.add("POST /_lanyard/v1/sign-in/enrol/totp", this::offerCode);
        routes.add("POST /_lanyard/v1/sign-in/enrol/totp/confirm", this::confirmCode);
    }

    private Reply invite(Exchange exchange) {
        var caller = identity.caller(exchange);
        var invitation = identity.enrolment().invite(caller, new UserId(exchange.param("userId")));
        return Reply.json(Json.object()
                .put("code", invitation.code())
                .put("expires_ts", invitation.until().toEpochMilli()));
    }

    private Reply offerCode(Exchange exchange) {
        tries.take(exchange.remoteAddress());
        var offer = identity.enrolment().offerCode(Json.text(exchange.body(), "session"));
        return Reply.json(Json.object().put("secret", offer.secret()).put("otpauth_uri", offer.address()));
    }

    private Reply confirmCode(Exchange exchange) {
        tries.take(exchange.remoteAddress());
        var body = exchange.body();
        var enrolled = identity.enrolment()
                .confirmCode(new Enrolment.Confirmation(
                        Json.text(body, "session"),
                        Json.text(body, "code"),
                        Json.text(body, "new_password"),
                        PassedReply.browser(exchange)));
        var more = Json.object();
        enrolled.recoveryCodes().forEach(more.putArray("recovery_codes")::add);
        return PassedReply.of(enrolled.passed(), more);
    }
}
