package lanyard.abuse;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import lanyard.TestServer;
import lanyard.TestServer.Answer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;

/// An approved app that signs people in through OAuth.
final class OtherApp {
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private final TestServer server;
    private final String redirect;
    private final String client;

    private OtherApp(TestServer server, String redirect, String client) {
        this.server = server;
        this.redirect = redirect;
        this.client = client;
    }

    /// Approved by an administrator, for clinical rooms or not, and registered.
    static OtherApp approved(TestServer server, Person administrator, String host, boolean clinical) {
        var entry = Json.object()
                .put("software", host)
                .put("client_host", host)
                .put("purpose", "Test")
                .put("approved_for", "Rotas")
                .put("not_approved_for", "Patients")
                .put("dpia_reference", "D1")
                .put("review_date", "2999-01-01")
                .put("clinical", clinical);
        entry.putArray("redirect_hosts").add("app." + host);
        entry.putArray("unmet_tips");
        server.post(administrator, "/_lanyard/v1/apps", entry);
        var redirect = "https://app." + host + "/callback";
        var metadata = Json.object().put("client_uri", "https://" + host + "/");
        metadata.putArray("redirect_uris").add(redirect);
        metadata.putArray("grant_types").add("authorization_code").add("refresh_token");
        var client = server.call("POST", "/oauth2/register", null, metadata).text("client_id");
        return new OtherApp(server, redirect, client);
    }

    /// What the person who holds the login token lets it have.
    String code(String loginToken, String device) {
        var request = Map.of(
                        "response_type",
                        "code",
                        "client_id",
                        client,
                        "redirect_uri",
                        redirect,
                        "scope",
                        "urn:matrix:client:api:* urn:matrix:client:device:" + device,
                        "state",
                        "s",
                        "code_challenge_method",
                        "S256",
                        "code_challenge",
                        CHALLENGE)
                .entrySet()
                .stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var consent = Json.object().put("request", request).put("login_token", loginToken);
        return server.call("POST", "/_lanyard/v1/sign-in/authorization/allow", null, consent)
                .text("redirect_to")
                .replaceAll(".*[?&]code=([^&]*).*", "$1");
    }

    Answer exchange(String code) {
        return server.form(
                "/oauth2/token",
                Map.of(
                        "grant_type", "authorization_code",
                        "client_id", client,
                        "code", code,
                        "redirect_uri", redirect,
                        "code_verifier", VERIFIER));
    }

    Answer refresh(Answer session) {
        return server.form(
                "/oauth2/token",
                Map.of(
                        "grant_type",
                        "refresh_token",
                        "client_id",
                        client,
                        "refresh_token",
                        session.text("refresh_token")));
    }
}
