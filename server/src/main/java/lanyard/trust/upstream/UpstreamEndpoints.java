package lanyard.trust.upstream;

import com.nimbusds.oauth2.sdk.util.URLUtils;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.RateLimit;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.trust.identity.Organization;
import lanyard.trust.identity.Token;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The section "Signing in with your organisation" of docs/api.md.
final class UpstreamEndpoints {
    private static final Logger LOG = LoggerFactory.getLogger(UpstreamEndpoints.class);
    private static final String START = "/_lanyard/v1/sign-in/organisation";
    private static final String COOKIE = "__Host-lanyard-organisation";
    private static final String PREFIX = "lyu_";
    private static final Duration GOOD = Duration.ofMinutes(10);
    private static final int LONGEST_FORM = 16 * 1024;
    /// Pages of ours that sign in, with what they were asked.
    private static final Pattern OWN_PAGE =
            Pattern.compile("/(sign-in|link|account|lost)?(\\?[!-~&&[^#\\\\]]{0,8000})?");
    /// A ward's staff may share one address.
    private static final int BURST = 100;

    private static final int A_MINUTE = 200;

    private final Upstream upstream;
    private final UpstreamParts parts;
    private final Accounts accounts;
    private final UpstreamStore store = new UpstreamStore();
    private final RateLimit tries = new RateLimit(true, BURST, A_MINUTE, Duration.ofMinutes(1));

    UpstreamEndpoints(Upstream upstream, UpstreamParts parts) {
        this.upstream = upstream;
        this.parts = parts;
        this.accounts = new Accounts(parts);
    }

    void addTo(Routes routes) {
        routes.add("GET /_lanyard/v1/sign-in/ways", this::ways);
        routes.add("GET " + START, x -> answer(() -> start(x)));
        routes.add("GET " + START + "/callback", x -> answer(() -> callback(x)));
        routes.add("GET " + START + "/sign-out", x -> answer(() -> signOut(x)));
        // A form from a server, not from a page: so not among our own routes, which take none.
        routes.add("POST /oidc/back-channel-logout", this::backChannelLogout);
    }

    private Organization organization(Exchange x) {
        return parts.identity().organizations().forHost(x.host());
    }

    private Reply ways(Exchange x) {
        var reply = Json.object().put("password", true).put("passkey", true);
        upstream.settings(organization(x))
                .ifPresent(settings -> reply.putObject("organisation")
                        .put("name", settings.name())
                        .put("start", START));
        return Reply.json(reply);
    }

    private Reply start(Exchange x) {
        tries.take(x.remoteAddress());
        var back = x.query("redirect_url").orElse("/sign-in");
        if (!OWN_PAGE.matcher(back).matches()) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM,
                    "redirect_url is a page of this server that signs in, such as /sign-in.");
        }
        var organization = organization(x);
        var provider = upstream.provider(organization);
        var state = Token.fresh(PREFIX, parts.ground().random());
        var browser = Token.fresh(PREFIX, parts.ground().random());
        var pending = new UpstreamStore.Pending(organization.odsCode(), browser.hash(), back);
        parts.ground().database().write(tx -> {
            store.add(tx, state.hash(), pending, parts.ground().now().plus(GOOD));
            return pending;
        });
        var secrets = new Secrets(state.value(), browser.value());
        return Reply.redirect(provider.start(secrets).toString()).header("Set-Cookie", cookie(browser.value(), GOOD));
    }

    /// Lax, because the way back begins at the provider; by itself it lets nobody in.
    private static String cookie(String value, Duration kept) {
        return COOKIE + "=" + value + "; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=" + kept.toSeconds();
    }

    private Reply callback(Exchange x) {
        tries.take(x.remoteAddress());
        var secrets = new Secrets(single(x, "state"), x.cookie(COOKIE).orElse(""));
        var state = new Token(secrets.stateText());
        var browser = new Token(secrets.browser());
        if (state.isAbsurd() || browser.isAbsurd()) {
            throw UpstreamRefusal.forged("state or cookie is missing");
        }
        var pending = parts.ground()
                .database()
                .write(tx -> store.use(
                        tx, state.hash(), browser.hash(), parts.ground().now()))
                .orElseThrow(() -> UpstreamRefusal.forged("no such sign-in was begun in this browser"));
        var organization = parts.identity().organizations().get(pending.organization());
        var provider = upstream.provider(organization);
        if (!provider.isFrom(x.query("iss"))) {
            throw UpstreamRefusal.forged("the answer is another provider's");
        }
        if (x.query("error").isPresent()) {
            throw UpstreamRefusal.person("Your organisation did not sign you in. Try again, or use another way.");
        }
        var claims = provider.claims(single(x, "code"), secrets);
        var vouched = Vouched.of(provider.settings(), organization, claims);
        var token = accounts.signIn(organization, provider.settings(), vouched);
        return Reply.redirect(pending.returnTo() + "#login_token=" + URLEncoder.encode(token, StandardCharsets.UTF_8))
                .header("Set-Cookie", cookie("", Duration.ZERO))
                .header("Cache-Control", "no-store");
    }

    private static String single(Exchange x, String name) {
        var values = x.queryAll(name);
        if (values.size() > 1) {
            throw UpstreamRefusal.forged("a parameter is there twice");
        }
        return values.isEmpty() ? "" : values.getFirst();
    }

    /// Ends the session at the provider too; ours has been ended by then.
    private Reply signOut(Exchange x) {
        tries.take(x.remoteAddress());
        var back = parts.at("/sign-in");
        return Reply.redirect(
                upstream.provider(organization(x)).end(back).orElse(back).toString());
    }

    /// The provider says that somebody's session is over: all of theirs end here.
    private Reply backChannelLogout(Exchange x) {
        tries.take(x.remoteAddress());
        var form = URLUtils.parseParameters(new String(x.bytes(LONGEST_FORM), StandardCharsets.UTF_8));
        var organization = organization(x);
        try {
            var provider = upstream.provider(organization);
            var subject = provider.loggedOut(Optional.ofNullable(form.get("logout_token"))
                    .map(all -> all.getFirst())
                    .orElse(""));
            accounts.signOut(organization, provider.settings(), subject);
            return Reply.empty().header("Cache-Control", "no-store");
        } catch (UpstreamRefusal refusal) {
            LOG.info("a logout from the identity provider was refused: {}", refusal.why());
            return Reply.json(400, Json.object().put("error", "invalid_request"));
        }
    }

    /// A person reads the answer, in a browser.
    private static Reply answer(Supplier<Reply> work) {
        try {
            return work.get();
        } catch (UpstreamRefusal refusal) {
            LOG.info("a sign-in with the organisation's identity provider was refused: {}", refusal.why());
            var page = """
                    <!doctype html><html lang="en-GB"><meta charset="utf-8"><title>Sign in</title>
                    <p>%s</p><p><a href="/sign-in">Sign in</a></p></html>
                    """.formatted(refusal.sentence());
            return new Reply(
                    refusal.status(),
                    Map.of("Content-Type", "text/html; charset=utf-8", "Cache-Control", "no-store"),
                    page.getBytes(StandardCharsets.UTF_8));
        }
    }
}
