package lanyard.trust.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import lanyard.platform.http.TestHttp;
import lanyard.platform.http.TestHttp.Answer;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.DeviceRequest;
import lanyard.trust.identity.TestIdentity;
import lanyard.trust.scim.Scim;
import lanyard.trust.scim.ScimParts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Row A17 of the abuse cases: what a provider that is well would never say. A provider of ours, made by hand, says it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForgedCallbacksTest {
    private static final URI HERE = URI.create("https://ward.test");
    private static final String TENANT = "7b2f-tenant";

    private final TestIdentity ground = TestIdentity.start();
    private final HttpServer provider;
    private final String issuer;
    private final RSAKey key;
    private final RSAKey strangeKey;
    private final TestHttp http;
    private volatile String idToken = "";

    ForgedCallbacksTest() throws IOException, JOSEException {
        key = new RSAKeyGenerator(2048).keyID("k1").generate();
        strangeKey = new RSAKeyGenerator(2048).keyID("k1").generate();
        provider = HttpServer.create(new InetSocketAddress("localhost", 0), 10);
        issuer = "http://localhost:" + provider.getAddress().getPort() + "/" + TENANT + "/v2.0";
        provider.createContext("/", this::answer);
        provider.start();
        var client = new UpstreamSettings.Client(URI.create(issuer), "lanyard", "a-secret-that-is-long-enough-to-sign");
        var settings = new UpstreamSettings(
                "Entra",
                client,
                List.of("profile"),
                Set.of("c1"),
                UpstreamSettings.Shape.ENTRA,
                Set.of("localhost:" + provider.getAddress().getPort()),
                true);
        var scim = new Scim(new ScimParts(ground.ground(), ground.identity, HERE, true));
        var upstream = new Upstream(
                new UpstreamParts(ground.ground(), ground.identity, scim, HERE, code -> Optional.of(settings)));
        http = TestHttp.routing(upstream::routes);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var body = path.endsWith("/openid-configuration")
                    ? document()
                    : path.endsWith("/keys")
                            ? new JWKSet(key).toPublicJWKSet().toString()
                            : Json.object()
                                    .put("access_token", "a")
                                    .put("token_type", "Bearer")
                                    .put("id_token", idToken)
                                    .toString();
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private String document() {
        var document = Json.object()
                .put("issuer", issuer)
                .put("authorization_endpoint", issuer + "/authorize")
                .put("token_endpoint", issuer + "/token")
                .put("jwks_uri", issuer + "/keys")
                .put("authorization_response_iss_parameter_supported", true);
        document.putArray("response_types_supported").add("code");
        document.putArray("subject_types_supported").add("pairwise");
        document.putArray("id_token_signing_alg_values_supported").add("RS256");
        return document.toString();
    }

    @BeforeAll
    void aSignInWorks() {
        assertThat(loggedIn(finish(new Forgery("none"))).localpart()).isEqualTo("ann.jones");
    }

    @AfterAll
    void close() {
        http.close();
        provider.stop(0);
        ground.close();
    }

    private UserId loggedIn(Answer back) {
        assertThat(back.status()).as(back.text()).isEqualTo(302);
        var token = back.header("Location").replaceFirst(".*#login_token=", "");
        return ground.identity.signIn().login(token, DeviceRequest.ANY).user();
    }

    private JWTClaimsSet.Builder claims(String nonce) {
        var now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience("lanyard")
                .subject("pairwise-1")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(600)))
                .claim("nonce", nonce)
                .claim("acrs", List.of("c1"))
                .claim("oid", "oid-1")
                .claim("tid", TENANT)
                .claim("name", "Ann Jones")
                .claim("preferred_username", "ann@trust.nhs.uk")
                .claim("roles", List.of("Registrar"));
    }

    /// What is wrong with a callback.
    record Forgery(String what) {}

    private Answer finish(Forgery forgery) {
        var browser = new Browser(http);
        var asked = Browser.parameters(browser.begin());
        try {
            idToken = token(forgery, asked.getOrDefault("nonce", ""));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        var state = forgery.what().equals("state") ? "lyu_" + "A".repeat(43) : asked.getOrDefault("state", "");
        var iss = switch (forgery.what()) {
            case "iss parameter" -> "&iss=https%3A%2F%2Fevil.example";
            case "no iss parameter" -> "";
            default -> "&iss=" + java.net.URLEncoder.encode(issuer, StandardCharsets.UTF_8);
        };
        var address = Upstream.CALLBACK + "?code=abc&state=" + state + iss;
        if (forgery.what().equals("cookie")) {
            browser.loseCookie();
        }
        return browser.back(forgery.what().equals("state twice") ? address + "&state=" + state : address);
    }

    private String token(Forgery forgery, String nonce) throws JOSEException {
        var claims = claims(nonce);
        var past = Date.from(Instant.now().minusSeconds(600));
        switch (forgery.what()) {
            case "nonce" -> claims.claim("nonce", "another");
            case "no nonce" -> claims.claim("nonce", null);
            case "issuer" -> claims.issuer("https://evil.example");
            case "audience" -> claims.audience("another-client");
            case "expired" -> claims.issueTime(past).expirationTime(past);
            case "tenant" -> claims.claim("tid", "another");
            case "acr" -> claims.claim("acrs", List.of("c9"));
            default -> {}
        }
        return switch (forgery.what()) {
            case "unsigned" -> new PlainJWT(claims.build()).serialize();
            case "strange key" -> signed(claims.build(), JWSAlgorithm.RS256, new RSASSASigner(strangeKey));
            case "shared secret" ->
                signed(claims.build(), JWSAlgorithm.HS256, new MACSigner("a-secret-that-is-long-enough-to-sign"));
            case "public key as secret" ->
                signed(
                        claims.build(),
                        JWSAlgorithm.HS256,
                        new MACSigner(key.toRSAPublicKey().getEncoded()));
            default -> signed(claims.build(), JWSAlgorithm.RS256, new RSASSASigner(key));
        };
    }

    private static String signed(JWTClaimsSet claims, JWSAlgorithm algorithm, JWSSigner signer) throws JOSEException {
        return signed(claims, new JWSHeader.Builder(algorithm).keyID("k1").build(), signer);
    }

    private static String signed(JWTClaimsSet claims, JWSHeader header, JWSSigner signer) throws JOSEException {
        var jwt = new SignedJWT(header, claims);
        jwt.sign(signer);
        return jwt.serialize();
    }

    static Stream<String> forgeries() {
        return Stream.of(
                "state",
                "nonce",
                "issuer",
                "audience",
                "expired",
                "unsigned",
                "no nonce",
                "strange key",
                "shared secret",
                "public key as secret",
                "tenant",
                "acr",
                "iss parameter",
                "no iss parameter",
                "cookie",
                "state twice");
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void a17AForgedCallbackIsRefusedAndThereIsNoSession(String what) {
        var before = loginTokens();
        var answer = finish(new Forgery(what));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).doesNotContain("login_token");
        assertThat(answer.header("Location")).isEmpty();
        assertThat(loginTokens()).isEqualTo(before);
    }

    private List<Long> loginTokens() {
        return ground.database.read(tx -> Stream.of("login_token", "person", "upstream_account")
                .map(table -> tx.query("select count(*) from " + table)
                        .mapTo(Long.class)
                        .one())
                .toList());
    }

    @Test
    void theProviderEndsSomebodysSessionsBehindTheBrowsersBack() throws JOSEException {
        var ann = loggedIn(finish(new Forgery("none")));
        assertThat(ground.identity.devices().list(ann)).isNotEmpty();
        assertThat(logout(logoutToken(strangeKey)).status()).isEqualTo(400);
        assertThat(logout("nonsense").status()).isEqualTo(400);
        assertThat(ground.identity.devices().list(ann)).isNotEmpty();
        assertThat(logout(logoutToken(key)).status()).isEqualTo(200);
        assertThat(ground.identity.devices().list(ann)).isEmpty();
    }

    private String logoutToken(RSAKey signer) throws JOSEException {
        var claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience("lanyard")
                .subject("pairwise-1")
                .issueTime(Date.from(Instant.now()))
                .expirationTime(Date.from(Instant.now().plusSeconds(120)))
                .jwtID(UUID.randomUUID().toString())
                .claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()))
                .build();
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("k1")
                .type(new JOSEObjectType("logout+jwt"))
                .build();
        return signed(claims, header, new RSASSASigner(signer));
    }

    private Answer logout(String token) {
        return http.send(HttpRequest.newBuilder(http.address("/oidc/back-channel-logout"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("logout_token=" + token))
                .build());
    }
}
