package lanyard.trust.handset;

import java.time.Duration;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.RateLimit;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Identity;
import lanyard.trust.identity.IdentityGround;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.ObjectNode;

/// The section "Lost phone" of docs/api.md: open to any browser, because the phone with the app is what was lost. Each
/// call uses up the one-use token of a sign-in with both steps and answers with the next, so that the borrowed browser
/// keeps no session.
final class LostEndpoints {
    private static final String LOST = "/_lanyard/v1/lost";
    private static final int A_MINUTE = 100;
    private static final int SIGNATURE_BYTES = 64;

    private final Handsets handsets;
    private final LostPhones lost;
    private final IdentityGround ground;
    private final Identity identity;
    private final LostReport reports;
    private final RateLimit tries = new RateLimit(true, A_MINUTE, A_MINUTE, Duration.ofMinutes(1));

    LostEndpoints(Handsets handsets, LostPhones lost, LostReport reports, IdentityGround ground, Identity identity) {
        this.handsets = handsets;
        this.lost = lost;
        this.ground = ground;
        this.identity = identity;
        this.reports = reports;
    }

    void addTo(Routes routes) {
        routes.add("POST " + LOST, this::list);
        routes.add("POST " + LOST + "/{handsetId}/lock", this::lock);
        routes.add("POST " + LOST + "/{handsetId}/unlock", this::unlock);
        routes.add("POST " + LOST + "/{handsetId}/wipe", this::wipe);
        routes.add("POST " + LOST + "/{handsetId}/report", this::report);
        routes.add("POST /_lanyard/v1/handsets/{id}/wiped", this::wiped);
    }

    private interface Deed {
        void run(Commit commit, UserId owner);
    }

    private record Proven(UserId user, String next) {}

    /// Errors: `M_FORBIDDEN` for a token that is used or late.
    private Proven proven(Exchange x, Deed deed) {
        return proven(x, x.body(), deed);
    }

    private Proven proven(Exchange x, ObjectNode body, Deed deed) {
        tries.take(x.remoteAddress());
        var token = Json.text(body, "login_token");
        var sessions = identity.appSessions();
        return ground.writer().write(commit -> {
            var visitor = sessions.visit(commit, token);
            deed.run(commit, visitor.user());
            return new Proven(visitor.user(), visitor.next());
        });
    }

    private Reply list(Exchange x) {
        return phones(proven(x, (commit, user) -> {}));
    }

    private Reply lock(Exchange x) {
        return phones(
                proven(x, (commit, user) -> lost.lock(commit, user, x.param("handsetId"), LostPhones.By.owner(user))));
    }

    private Reply unlock(Exchange x) {
        return phones(proven(
                x, (commit, user) -> lost.unlock(commit, user, x.param("handsetId"), LostPhones.By.owner(user))));
    }

    private Reply wipe(Exchange x) {
        var body = x.body();
        requireConfirmed(body);
        var proven = proven(
                x, body, (commit, user) -> lost.wipe(commit, user, x.param("handsetId"), LostPhones.By.owner(user)));
        handsets.destroyDue();
        return phones(proven);
    }

    static void requireConfirmed(ObjectNode body) {
        if (!BooleanNode.TRUE.equals(body.get("confirm"))) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM,
                    "Wiping cannot be taken back: confirm it with the field confirm. To stop access only, lock.");
        }
    }

    private Reply phones(Proven proven) {
        return Reply.json(HandsetJson.list(lost.list(proven.user())).put("login_token", proven.next()));
    }

    private Reply report(Exchange x) {
        var proven = proven(x, (commit, user) -> lost.requireOwn(commit, user, x.param("handsetId")));
        var report = reports.of(proven.user(), x.param("handsetId"));
        return Reply.json(report.put("login_token", proven.next()));
    }

    /// The phone signs; there is no token any more.
    private Reply wiped(Exchange x) {
        tries.take(x.remoteAddress());
        var body = x.body();
        lost.appReported(new LostPhones.Farewell(
                x.param("id"), Json.text(body, "nonce"), HandsetEndpoints.bytes(body, "signature", SIGNATURE_BYTES)));
        return Reply.empty().header("Clear-Site-Data", Identity.CLEAR_SITE_DATA);
    }
}
