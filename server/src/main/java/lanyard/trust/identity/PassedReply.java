package lanyard.trust.identity;

import java.util.Optional;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.json.Json;
import tools.jackson.databind.node.ObjectNode;

/// What a browser is answered once both steps are passed, whichever they were.
public final class PassedReply {
    private static final String BROWSER = "__Host-lanyard-browser";

    private PassedReply() {}

    /// What the browser kept from an earlier sign-in.
    public static Optional<String> browser(Exchange exchange) {
        return exchange.cookie(BROWSER);
    }

    public static Reply of(SignIn.Passed passed) {
        return of(passed, Json.object());
    }

    /// With `more` beside what every sign-in answers.
    public static Reply of(SignIn.Passed passed, ObjectNode more) {
        more.put("login_token", passed.loginToken())
                .put("user_id", passed.user().value())
                .put("recovery_codes_left", passed.recoveryCodesLeft());
        return Reply.json(more).header("Set-Cookie", cookie(passed.browser()));
    }

    /// Knows a browser again, and lets nobody in by itself. `__Host-` keeps it to this host and to TLS.
    private static String cookie(String browser) {
        return BROWSER + "=" + browser + "; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age="
                + SignInStore.BROWSER_KEPT.toSeconds();
    }
}
