package lanyard.trust.oauth;

import com.nimbusds.oauth2.sdk.OAuth2Error;
import java.net.URI;
import java.time.Duration;
import java.util.function.Function;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.RateLimit;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import tools.jackson.databind.node.ObjectNode;

/// The section "Letting an app in" of docs/api.md: what our sign-in page asks and says.
///
/// What could go wrong: another site makes somebody's browser consent. There is no cookie that would let it: consent
/// takes the one-use token of a sign-in with both steps on this very page.
final class ConsentEndpoints {
    private static final String AUTHORIZATION = "/_lanyard/v1/sign-in/authorization";
    private static final String DEVICE = "/_lanyard/v1/sign-in/device";
    private static final int A_MINUTE = 100;

    private final OAuth oauth;
    private final OAuthParts parts;
    private final RateLimit tries;

    ConsentEndpoints(OAuth oauth, OAuthParts parts) {
        this.oauth = oauth;
        this.parts = parts;
        tries = new RateLimit(!parts.conformance(), A_MINUTE, A_MINUTE, Duration.ofMinutes(1));
    }

    void addTo(Routes routes) {
        routes.add("POST " + AUTHORIZATION, this::authorization);
        routes.add("POST " + AUTHORIZATION + "/allow", this::allow);
        routes.add("POST " + AUTHORIZATION + "/refuse", this::refuse);
        routes.add("POST " + DEVICE, this::device);
        routes.add("POST " + DEVICE + "/allow", this::allowDevice);
        routes.add("POST " + DEVICE + "/refuse", this::refuseDevice);
    }

    private Reply authorization(Exchange x) {
        tries.take(x.remoteAddress());
        return asked(x, x.body(), asked -> {
            var face = face(asked.app());
            face.put("goes_to", RedirectRules.place(asked.back().redirect()));
            return Reply.json(face);
        });
    }

    private Reply allow(Exchange x) {
        tries.take(x.remoteAddress());
        var body = x.body();
        var loginToken = Json.text(body, "login_token");
        return asked(x, body, asked -> goTo(oauth.grants().allow(asked, loginToken)));
    }

    private Reply refuse(Exchange x) {
        tries.take(x.remoteAddress());
        return asked(x, x.body(), asked -> goTo(asked.back().error(OAuth2Error.ACCESS_DENIED)));
    }

    private static Reply goTo(URI address) {
        return Reply.json(Json.object().put("redirect_to", address.toString()));
    }

    private Reply asked(Exchange x, ObjectNode body, Function<Authorization, Reply> work) {
        var organization = parts.identity().organizations().forHost(x.host()).odsCode();
        try {
            return work.apply(Authorization.read(oauth.apps(), organization, Json.text(body, "request")));
        } catch (OAuthRefusal refusal) {
            if (refusal.back().isPresent()) {
                return goTo(refusal.back().get());
            }
            throw new MatrixException(ErrorCode.M_FORBIDDEN, refusal.sentence());
        }
    }

    private Reply device(Exchange x) {
        tries.take(x.remoteAddress());
        return Reply.json(face(appOf(x, Json.text(x.body(), "user_code"))));
    }

    private Reply allowDevice(Exchange x) {
        tries.take(x.remoteAddress());
        var body = x.body();
        var code = Json.text(body, "user_code");
        oauth.deviceGrants().allow(code, appOf(x, code), Json.text(body, "login_token"));
        return Reply.empty();
    }

    private Reply refuseDevice(Exchange x) {
        tries.take(x.remoteAddress());
        var code = Json.text(x.body(), "user_code");
        appOf(x, code);
        oauth.deviceGrants().refuse(code);
        return Reply.empty();
    }

    private ApprovedApp appOf(Exchange x, String userCode) {
        var organization = parts.identity().organizations().forHost(x.host()).odsCode();
        return oauth.apps()
                .findClient(oauth.deviceGrants().clientOf(userCode))
                .flatMap(client -> oauth.apps().find(client.app()))
                .filter(app -> app.organization().equals(organization))
                .orElseThrow(() ->
                        new MatrixException(ErrorCode.M_FORBIDDEN, "Your organisation does not approve that app now."));
    }

    /// What the register says, for the person who is to decide.
    private static ObjectNode face(ApprovedApp app) {
        var face = app.entry().json();
        face.remove("redirect_hosts");
        face.remove("dpia_reference");
        return face;
    }
}
