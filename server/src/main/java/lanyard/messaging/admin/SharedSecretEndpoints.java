package lanyard.messaging.admin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.trust.identity.DeviceRequest;
import tools.jackson.databind.node.ObjectNode;

/// Registration by a secret shared with a test suite; conformance mode only, and refused where no secret is set.
/// <https://element-hq.github.io/synapse/latest/admin_api/register_api.html>
final class SharedSecretEndpoints {
    private static final String REGISTER = "/_synapse/admin/v1/register";

    private final AdminParts parts;
    private final Cache<String, Boolean> nonces = Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();

    SharedSecretEndpoints(AdminParts parts) {
        this.parts = parts;
    }

    void addTo(Routes routes) {
        routes.add("GET " + REGISTER, this::nonce);
        routes.add("POST " + REGISTER, this::register);
    }

    private void requireSecret() {
        if (parts.registrationSecret().isEmpty()) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "Registration by a shared secret is not offered here.");
        }
    }

    private Reply nonce(Exchange x) {
        requireSecret();
        var nonce = parts.identity().openRegistration().nonce();
        nonces.put(nonce, true);
        return Reply.json(Json.object().put("nonce", nonce));
    }

    private Reply register(Exchange x) {
        requireSecret();
        var body = x.body();
        var nonce = Json.text(body, "nonce");
        if (nonces.asMap().remove(nonce) == null) {
            throw new MatrixException(ErrorCode.M_UNKNOWN, "unrecognised nonce").status(400);
        }
        var admin = Json.optionalBoolean(body, "admin").orElse(false);
        requireRight(body, nonce, admin);
        var open = parts.identity().openRegistration();
        var session = open.register(
                x.host(), Optional.of(Json.text(body, "username")), Json.text(body, "password"), DeviceRequest.ANY);
        if (admin) {
            parts.writer().write(commit -> {
                parts.identity().moderation().appoint(commit, session.user(), true, "shared secret");
                return session;
            });
        }
        return Reply.json(Json.object()
                .put("user_id", session.user().value())
                .put("device_id", session.device().value())
                .put("access_token", session.accessToken())
                .put("home_server", session.user().server().value()));
    }

    /// The scheme is Synapse's; SHA-1 in an HMAC is still sound.
    private void requireRight(ObjectNode body, String nonce, boolean admin) {
        var text = String.join(
                "\0", nonce, Json.text(body, "username"), Json.text(body, "password"), admin ? "admin" : "notadmin");
        var given = Json.text(body, "mac").getBytes(StandardCharsets.US_ASCII);
        if (!MessageDigest.isEqual(hmac(text).getBytes(StandardCharsets.US_ASCII), given)) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "HMAC incorrect");
        }
    }

    private String hmac(String text) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(parts.registrationSecret().getBytes(StandardCharsets.UTF_8), "RAW"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-1", e);
        }
    }
}
