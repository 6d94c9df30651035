package lanyard.trust.oauth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.dpop.JWKThumbprintConfirmation;
import com.nimbusds.oauth2.sdk.dpop.verifiers.AccessTokenValidationException;
import com.nimbusds.oauth2.sdk.dpop.verifiers.DPoPIssuer;
import com.nimbusds.oauth2.sdk.dpop.verifiers.DPoPProofUse;
import com.nimbusds.oauth2.sdk.dpop.verifiers.DPoPProtectedResourceRequestVerifier;
import com.nimbusds.oauth2.sdk.dpop.verifiers.DPoPTokenRequestVerifier;
import com.nimbusds.oauth2.sdk.dpop.verifiers.InvalidDPoPProofException;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import com.nimbusds.oauth2.sdk.token.DPoPTokenError;
import com.nimbusds.oauth2.sdk.util.singleuse.AlreadyUsedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import lanyard.platform.http.Exchange;
import lanyard.platform.sealing.Hashes;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.trust.identity.AppAccess;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.KeyProof;
import tools.jackson.databind.node.JsonNodeFactory;

/// Tokens that are good only together with a key: each request carries a proof that it was signed with it.
/// <https://www.rfc-editor.org/rfc/rfc9449>
///
/// What could go wrong: a stolen token is used without the key, or a proof that was overheard is sent once more. So a
/// proof is for one method, one address and one token, five minutes long, and is remembered until then. What is
/// remembered is kept by key, so that nobody can use up somebody else's proofs.
///
/// Used proofs are remembered in memory. So a proof that is older than this server's start is refused: it may have been
/// used at the one before. The app makes another.
///
/// The library's own clock says how old a proof is.
final class KeyProofs implements KeyProof {
    private static final String HEADER = "DPoP";
    private static final Duration OLDEST = Duration.ofMinutes(5);
    /// Phones' clocks are not ours.
    private static final Duration AHEAD = Duration.ofMinutes(1);

    private static final int MOST_USED = 200_000;
    private static final int LONGEST = 4_000;
    private static final Set<JWSAlgorithm> ALGORITHMS = Collections.unmodifiableSet(
            new LinkedHashSet<>(List.of(JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.PS256)));

    private final OAuthParts parts;
    private final Cache<ByteBuffer, Boolean> used = Caffeine.newBuilder()
            .maximumSize(MOST_USED)
            .expireAfterWrite(OLDEST.plus(AHEAD).plusMinutes(1))
            .build();
    private final DPoPTokenRequestVerifier atTheTokenEndpoint;
    private final DPoPProtectedResourceRequestVerifier elsewhere;
    /// A request that waits is asked again and again; its proof was good once.
    private final Map<Exchange, Boolean> proven = Collections.synchronizedMap(new WeakHashMap<>());

    /// Proofs say when they were made in whole seconds.
    private final Instant began;

    KeyProofs(OAuthParts parts) {
        this.parts = parts;
        began = parts.proofClock().instant().truncatedTo(ChronoUnit.SECONDS);
        var tokens = parts.at(OAuthEndpoints.TOKEN);
        atTheTokenEndpoint = new DPoPTokenRequestVerifier(
                ALGORITHMS, tokens, AHEAD.toSeconds(), OLDEST.toSeconds(), this::markAsUsed);
        elsewhere = new DPoPProtectedResourceRequestVerifier(
                ALGORITHMS, AHEAD.toSeconds(), OLDEST.toSeconds(), this::markAsUsed);
    }

    static List<String> names() {
        return ALGORITHMS.stream().map(JWSAlgorithm::getName).toList();
    }

    private void markAsUsed(DPoPProofUse use) throws AlreadyUsedException {
        var hash = Hashes.sha256(
                use.getIssuer().getValue().getBytes(StandardCharsets.UTF_8),
                use.getJWTID().getValue().getBytes(StandardCharsets.UTF_8));
        if (used.asMap().putIfAbsent(ByteBuffer.wrap(hash), true) != null) {
            throw new AlreadyUsedException("The proof was used before");
        }
    }

    /// The thumbprint of the key that a request for tokens is signed with; empty for one without a proof.
    /// Errors: `invalid_dpop_proof`.
    Optional<String> thumbprint(Exchange x) {
        return x.header(HEADER).map(header -> {
            try {
                var proof = parse(header);
                return atTheTokenEndpoint
                        .verify(issuer(proof), proof, null, null)
                        .getValue()
                        .toString();
            } catch (InvalidDPoPProofException | JOSEException | ParseException e) {
                throw new OAuthRefusal(
                        OAuth2Error.INVALID_DPOP_PROOF, "The proof of the app's key is not good, or was used before.");
            }
        });
    }

    /// Errors: 401 `M_UNKNOWN_TOKEN` with `WWW-Authenticate: DPoP`. It is a soft one: the app's own clock may be wrong.
    @Override
    public void require(Exchange x, String token, Caller caller) {
        if (proven.containsKey(x)) {
            return;
        }
        var key = caller.app().flatMap(AppAccess::key).orElseThrow(() -> refusal(x, DPoPTokenError.INVALID_TOKEN));
        var header = x.header(HEADER);
        if (header.isEmpty()
                || !x.header("Authorization").orElse("").regionMatches(true, 0, HEADER, 0, HEADER.length())) {
            parts.identity().appSessions().shownWithoutKey(caller, x.remoteAddress());
            throw refusal(x, DPoPTokenError.INVALID_TOKEN);
        }
        try {
            var proof = parse(header.get());
            elsewhere.verify(
                    x.method(),
                    parts.at(x.path()),
                    issuer(proof),
                    proof,
                    new DPoPAccessToken(token),
                    new JWKThumbprintConfirmation(new Base64URL(key)),
                    null,
                    null);
        } catch (AccessTokenValidationException e) {
            parts.identity().appSessions().shownWithoutKey(caller, x.remoteAddress());
            throw refusal(x, DPoPTokenError.INVALID_TOKEN);
        } catch (InvalidDPoPProofException | JOSEException | ParseException | IllegalArgumentException e) {
            throw refusal(x, DPoPTokenError.INVALID_DPOP_PROOF);
        }
        proven.put(x, true);
    }

    private SignedJWT parse(String header) throws ParseException {
        if (header.length() > LONGEST) {
            throw new ParseException("too long", 0);
        }
        var proof = SignedJWT.parse(header);
        var made = proof.getJWTClaimsSet().getIssueTime();
        if (made == null || made.toInstant().isBefore(began)) {
            throw new ParseException("older than this server's start", 0);
        }
        return proof;
    }

    /// The key that a proof says it is signed with.
    private static DPoPIssuer issuer(SignedJWT proof) throws ParseException, JOSEException {
        var key = proof.getHeader().getJWK();
        if (key == null) {
            throw new ParseException("no key", 0);
        }
        return new DPoPIssuer(key.computeThumbprint().toString());
    }

    private static MatrixException refusal(Exchange x, DPoPTokenError error) {
        x.replyHeader("WWW-Authenticate", error.setJWSAlgorithms(ALGORITHMS).toWWWAuthenticateHeader());
        return new MatrixException(
                        ErrorCode.M_UNKNOWN_TOKEN,
                        "This sign-in is good only together with the key it was made with. Sign in again.")
                .with("soft_logout", JsonNodeFactory.instance.booleanNode(true));
    }
}
