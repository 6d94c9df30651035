package lanyard.trust.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.oauth2.sdk.dpop.DefaultDPoPProofFactory;
import com.nimbusds.oauth2.sdk.id.JWTID;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import lanyard.platform.http.TestHttp;
import lanyard.platform.http.TestHttp.Answer;

/// An app's key, and the proofs it makes with it: <https://www.rfc-editor.org/rfc/rfc9449#section-4>
final class TestKey {
    static final String SERVER = "https://ward.test";

    private final ECKey key;

    TestKey() {
        try {
            key = new ECKeyGenerator(Curve.P_256).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    String thumbprint() {
        try {
            return key.computeThumbprint().toString();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    String forTokens() {
        return proof("POST", "/oauth2/token", Optional.empty(), Duration.ZERO);
    }

    String proof(String method, String path, String token) {
        return proof(method, path, Optional.of(token), Duration.ZERO);
    }

    /// Made so long ago.
    String proof(String method, String path, Optional<String> token, Duration age) {
        try {
            return new DefaultDPoPProofFactory(key, JWSAlgorithm.ES256)
                    .createDPoPJWT(
                            new JWTID(),
                            method,
                            URI.create(SERVER + path),
                            Date.from(Instant.now().minus(age)),
                            token.map(DPoPAccessToken::new).orElse(null))
                    .serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /// One that nobody signed.
    static String unsigned(String method, String path) {
        return new PlainJWT(new JWTClaimsSet.Builder()
                        .jwtID("unsigned")
                        .claim("htm", method)
                        .claim("htu", SERVER + path)
                        .issueTime(Date.from(Instant.now()))
                        .build())
                .serialize();
    }

    static Answer get(TestHttp http, String path, String token, String proof) {
        return http.send(HttpRequest.newBuilder(http.address(path))
                .header("Authorization", "DPoP " + token)
                .header("DPoP", proof)
                .build());
    }
}
