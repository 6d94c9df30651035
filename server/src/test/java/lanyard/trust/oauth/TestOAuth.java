package lanyard.trust.oauth;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import lanyard.platform.http.TestHttp;
import lanyard.platform.http.TestHttp.Answer;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Credentials;
import lanyard.trust.identity.TestIdentity;
import tools.jackson.databind.node.ObjectNode;

/// A server with an administrator, Ann who signs in with other apps, and one app that is approved.
final class TestOAuth implements AutoCloseable {
    static final String REDIRECT = "https://app.example.org/callback";
    static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    static final String DEVICE = "ABCDEFGHIJ";
    static final String SCOPE = "urn:matrix:client:api:* urn:matrix:client:device:" + DEVICE;

    final TestIdentity ground = TestIdentity.start();
    final OAuth oauth = new OAuth(new OAuthParts(
            ground.ground(), ground.identity, URI.create("https://ward.test"), false, InstantSource.system()));
    final TestHttp http = TestHttp.routing(routes -> {
        ground.identity.routes(routes);
        oauth.routes(routes);
        routes.add("GET /_matrix/client/v3/account/whoami", x -> {
            var caller = ground.identity.caller(x);
            return lanyard.platform.http.Reply.json(Json.object()
                    .put("user_id", caller.user().value())
                    .put("device_id", caller.device().value()));
        });
    });
    final UserId ann = ground.person("ann", "Ann Jones");
    final Credentials anns = ground.credentials(ann);
    final String administrator;

    TestOAuth() {
        var eve = ground.person("ines", "Ines Governance");
        ground.writer.write(commit -> {
            ground.identity.moderation().appoint(commit, eve, true, "@lanyard:ward.test");
            return eve;
        });
        administrator = ground.signedIn(eve).accessToken();
    }

    @Override
    public void close() {
        http.close();
        ground.close();
    }

    static ObjectNode entry() {
        var entry = Json.object()
                .put("software", "Example Chat")
                .put("client_host", "example.org")
                .put("purpose", "Rota messages")
                .put("approved_for", "Rotas and rooms")
                .put("not_approved_for", "Anything about patients")
                .put("dpia_reference", "DPIA-2026-17")
                .put("review_date", "2999-04-30");
        entry.putArray("redirect_hosts").add("app.example.org").add("localhost").add("org.example.chat");
        entry.putArray("unmet_tips").add("Does not lock itself");
        return entry;
    }

    String approve(ObjectNode entry) {
        return Json.text(http.post("/_lanyard/v1/apps", administrator, entry).json(), "app_id");
    }

    static ObjectNode metadata(String... redirects) {
        var metadata = Json.object()
                .put("client_name", "Example")
                .put("client_uri", "https://example.org/")
                .put("token_endpoint_auth_method", "none");
        for (var redirect : redirects) {
            metadata.withArray("redirect_uris").add(redirect);
        }
        metadata.putArray("grant_types")
                .add("authorization_code")
                .add("refresh_token")
                .add("urn:ietf:params:oauth:grant-type:device_code");
        metadata.putArray("response_types").add("code");
        return metadata;
    }

    Answer register(ObjectNode metadata) {
        return http.post("/oauth2/register", null, metadata);
    }

    /// The approved app's client.
    String client() {
        approve(entry());
        return Json.text(register(metadata(REDIRECT)).json(), "client_id");
    }

    /// A good request, to be spoilt.
    static Map<String, String> request(String client) {
        var request = new LinkedHashMap<String, String>();
        request.put("response_type", "code");
        request.put("response_mode", "query");
        request.put("client_id", client);
        request.put("redirect_uri", REDIRECT);
        request.put("scope", SCOPE);
        request.put("state", "s-1");
        request.put("code_challenge_method", "S256");
        request.put("code_challenge", CHALLENGE);
        return request;
    }

    static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /// What comes back in an address, after `?` or `#`.
    static Map<String, String> parameters(String address) {
        var parameters = new LinkedHashMap<String, String>();
        for (var pair : address.substring(address.indexOf(address.contains("#") ? '#' : '?') + 1)
                .split("&", -1)) {
            var equals = pair.indexOf('=');
            parameters.put(
                    pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return parameters;
    }

    /// Ann passes both steps on our page.
    String loginToken() {
        ground.clock.pass(Duration.ofSeconds(30));
        var first = http.post(
                "/_lanyard/v1/sign-in/password",
                null,
                Json.object().put("user", "ann").put("password", anns.password()));
        var second = http.post(
                "/_lanyard/v1/sign-in/second-step",
                null,
                Json.object().put("session", Json.text(first.json(), "session")).put("code", ground.code(anns)));
        return Json.text(second.json(), "login_token");
    }

    Answer allow(Map<String, String> request, String loginToken) {
        return http.post(
                "/_lanyard/v1/sign-in/authorization/allow",
                null,
                Json.object().put("request", query(request)).put("login_token", loginToken));
    }

    String code(Map<String, String> request) {
        return codeIn(Json.text(allow(request, loginToken()).json(), "redirect_to"));
    }

    static String codeIn(String address) {
        return parameters(address).getOrDefault("code", "");
    }

    Answer form(String path, Map<String, String> parameters) {
        return http.send(HttpRequest.newBuilder(http.address(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(query(parameters)))
                .build());
    }

    /// A form, signed with a key.
    Answer form(String path, Map<String, String> parameters, String proof) {
        return http.send(HttpRequest.newBuilder(http.address(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("DPoP", proof)
                .POST(BodyPublishers.ofString(query(parameters)))
                .build());
    }

    static Map<String, String> exchange(String client, String code) {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "authorization_code");
        form.put("client_id", client);
        form.put("code", code);
        form.put("redirect_uri", REDIRECT);
        form.put("code_verifier", VERIFIER);
        return form;
    }

    /// Ann's tokens with the app.
    ObjectNode tokens(String client) {
        return form("/oauth2/token", exchange(client, code(request(client)))).json();
    }

    Answer refresh(String client, String token) {
        return form(
                "/oauth2/token", Map.of("grant_type", "refresh_token", "client_id", client, "refresh_token", token));
    }

    Answer whoAmI(String token) {
        return http.get("/_matrix/client/v3/account/whoami", token);
    }
}
