package lanyard.trust.console;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.RateLimit;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.standards.matrix.MatrixException;
import lanyard.trust.identity.PassedReply;
import lanyard.trust.identity.SignIn;

/// Signing in to the console: by passkey, with the script, or by password and code as plain forms.
final class SignInPages {
    static final String PATH = "/console/sign-in";

    /// A governance office may share one address.
    private static final int BURST = 60;

    private static final int A_MINUTE = 60;

    private final ConsoleParts parts;
    private final Sessions sessions;
    private final Rendering rendering;
    private final FaultPages faults;
    private final RateLimit tries = new RateLimit(true, BURST, A_MINUTE, Duration.ofMinutes(1));

    SignInPages(ConsoleParts parts, Sessions sessions, Rendering rendering) {
        this.parts = parts;
        this.sessions = sessions;
        this.rendering = rendering;
        faults = new FaultPages(sessions, rendering);
    }

    void addTo(Routes routes) {
        routes.add("GET /console/sign-in", this::show);
        routes.add("POST /console/sign-in", this::password);
        routes.add("POST /console/sign-in/code", this::code);
        routes.add("POST /console/sign-in/passkey", this::passkey);
        routes.add("GET /console/language/{language}", this::language);
    }

    /// The sign-in page, which comes back to what was asked for.
    static String pathTo(Exchange exchange) {
        var query = exchange.rawQuery();
        var to = Forms.ours(query.isEmpty() ? exchange.path() : exchange.path() + "?" + query);
        if (to.equals("/console") || !exchange.method().equals("GET")) {
            return PATH;
        }
        return PATH + "?to=" + URLEncoder.encode(to, StandardCharsets.UTF_8);
    }

    /// For whoever is not signed in, or not any more. What they sent waits within the page, for them alone.
    Reply comeBack(Exchange exchange) {
        var sent = Forms.readAgain(exchange);
        if (sent.value(Forms.WHO).isEmpty()) {
            return Rendering.see(pathTo(exchange));
        }
        var fault = new Fault("You were signed out. Sign in again: what you typed is kept and not yet sent.", "");
        var page = new Rendering.Page(exchange, ConsoleForm.EMPTY, List.of(fault), 401);
        return rendering.page(
                page,
                null,
                "console/signIn",
                Map.of("to", "/console", "again", exchange.path(), "waiting", sent.toWait()));
    }

    private Reply show(Exchange exchange) {
        if (sessions.find(exchange).isPresent()) {
            return Rendering.see("/console");
        }
        return first(exchange, ConsoleForm.EMPTY, exchange.query("to").orElse(""), List.of());
    }

    private Reply first(Exchange exchange, ConsoleForm form, String to, List<Fault> faults) {
        var page = new Rendering.Page(exchange, form, faults, faults.isEmpty() ? 200 : 422);
        return rendering.page(page, null, "console/signIn", model(form, to));
    }

    private static Map<String, Object> model(ConsoleForm form, String to) {
        return Map.of("to", Forms.ours(to), "again", form.value(Forms.AGAIN), "waiting", form.waitingStill());
    }

    private Reply password(Exchange exchange) {
        var form = ConsoleForm.EMPTY;
        try {
            form = Forms.read(exchange);
            tries.take(exchange.remoteAddress());
            var attempt = new SignIn.Attempt(
                    parts.identity().organizations().forHost(exchange.host()),
                    form.text("user"),
                    form.text("password"),
                    PassedReply.browser(exchange),
                    exchange.remoteAddress());
            var pending = parts.identity().signIn().password(attempt);
            if (!pending.ways().contains("totp")) {
                throw new ConsoleRefusal(
                        "You have no one-time code here. Sign in with your passkey, or set up a code in the app first.");
            }
            return second(exchange, form, pending.session(), List.of());
        } catch (ConsoleRefusal refusal) {
            return first(exchange, form, form.value(Forms.TO), List.of(fault(refusal)));
        } catch (MatrixException refusal) {
            return first(exchange, form, form.value(Forms.TO), List.of(new Fault(refusal.sentence(), "user")));
        }
    }

    private static Fault fault(ConsoleRefusal refusal) {
        return new Fault(
                refusal.sentence(), refusal.fields().stream().findFirst().orElse("user"));
    }

    private Reply second(Exchange exchange, ConsoleForm form, String session, List<Fault> faults) {
        var page = new Rendering.Page(exchange, ConsoleForm.EMPTY, faults, faults.isEmpty() ? 200 : 422);
        var model = new java.util.HashMap<>(model(form, form.value(Forms.TO)));
        model.put("session", session);
        return rendering.page(page, null, "console/code", model);
    }

    private Reply code(Exchange exchange) {
        var form = ConsoleForm.EMPTY;
        try {
            form = Forms.read(exchange);
            tries.take(exchange.remoteAddress());
            var passed = parts.identity()
                    .signIn()
                    .secondStep(form.value("session"), form.text("code"), PassedReply.browser(exchange));
            return in(exchange, passed.loginToken(), form);
        } catch (ConsoleRefusal refusal) {
            return second(exchange, form, form.value("session"), List.of(new Fault(refusal.sentence(), "code")));
        } catch (MatrixException refusal) {
            return second(exchange, form, form.value("session"), List.of(new Fault(refusal.sentence(), "code")));
        }
    }

    /// The script has shown a passkey at the interface that the app uses, and brings what that answered.
    private Reply passkey(Exchange exchange) {
        var form = ConsoleForm.EMPTY;
        try {
            form = Forms.read(exchange);
            tries.take(exchange.remoteAddress());
            return in(exchange, form.text("token"), form);
        } catch (ConsoleRefusal refusal) {
            return first(exchange, form, form.value(Forms.TO), List.of(fault(refusal)));
        } catch (MatrixException refusal) {
            return first(exchange, form, form.value(Forms.TO), List.of(new Fault(refusal.sentence(), "user")));
        }
    }

    private Reply in(Exchange exchange, String loginToken, ConsoleForm form) {
        var token = sessions.begin(loginToken);
        return sessions.find(token)
                .flatMap(session -> faults.waited(exchange, session, form))
                .orElseGet(() -> Rendering.see(Forms.ours(form.value(Forms.TO))))
                .header("Set-Cookie", sessions.cookie(token));
    }

    private Reply language(Exchange exchange) {
        var chosen = exchange.param("language").equals("cy") ? "cy" : "en";
        return Rendering.see(Forms.ours(exchange.query("to").orElse("")))
                .header(
                        "Set-Cookie",
                        Words.COOKIE + "=" + chosen + "; Path=/console; SameSite=Strict; Max-Age=31536000");
    }
}
