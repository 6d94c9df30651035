package lanyard.trust.handset;

import java.time.Duration;
import java.util.Base64;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.RateLimit;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.trust.identity.Identity;
import tools.jackson.databind.node.ObjectNode;

/// The section "Handset" of docs/api.md. Proofs and shares pass through here and are never logged.
final class HandsetEndpoints {
    private static final int LONGEST_NAME = 100;
    private static final int PROOF_BYTES = 32;
    private static final int SIGNATURE_BYTES = 64;
    private static final int A_MINUTE = 30;

    private final Handsets handsets;
    private final Identity identity;
    /// By handset and not by address: a ward's phones share one.
    private final RateLimit asking = new RateLimit(true, A_MINUTE, A_MINUTE, Duration.ofMinutes(1));

    HandsetEndpoints(Handsets handsets, Identity identity) {
        this.handsets = handsets;
        this.identity = identity;
    }

    void addTo(Routes routes) {
        routes.add("POST /_lanyard/v1/handsets", this::enrol);
        routes.add("GET /_lanyard/v1/handsets", this::list);
        routes.add("DELETE /_lanyard/v1/handsets/{id}", this::wipe);
        routes.add("PUT /_lanyard/v1/handsets/{id}/passcode", this::newPasscode);
        routes.add("PUT /_lanyard/v1/handsets/{id}/facts", this::facts);
        routes.add("PUT /_lanyard/v1/handsets/{id}/policy", this::acceptPolicy);
        routes.add("POST /_lanyard/v1/handsets/{id}/challenge", this::challenge);
        routes.add("POST /_lanyard/v1/handsets/{id}/share", this::share);
    }

    private Reply enrol(Exchange exchange) {
        var caller = identity.caller(exchange);
        identity.stepUp().require(caller);
        var body = exchange.body();
        var enrolment = new Handsets.Enrolment(
                shortText(body, "name"),
                shortText(body, "platform"),
                HandsetKey.of(Json.objectField(body, "public_key_jwk")),
                policyVersion(body),
                owner(body));
        return Reply.json(Json.object().put("handset_id", handsets.enrol(caller, enrolment)));
    }

    private Reply list(Exchange exchange) {
        var caller = identity.caller(exchange);
        return Reply.json(HandsetJson.list(handsets.lost().listEnrolled(caller.user())));
    }

    private Reply wipe(Exchange exchange) {
        var caller = identity.caller(exchange);
        var handset = exchange.param("id");
        if (caller.handset().filter(handset::equals).isEmpty()) {
            identity.stepUp().require(caller);
        }
        handsets.remove(caller, handset);
        return Reply.empty();
    }

    /// Self-reported, whatever else the body says.
    private Reply facts(Exchange exchange) {
        var caller = identity.caller(exchange);
        handsets.facts().answered(caller, exchange.param("id"), Json.objectField(exchange.body(), "answers"));
        return Reply.empty();
    }

    private Reply acceptPolicy(Exchange exchange) {
        var caller = identity.caller(exchange);
        handsets.facts().accepted(caller, exchange.param("id"), policyInForce(exchange.body()));
        return Reply.empty();
    }

    private static int policyInForce(ObjectNode body) {
        var version = body.get("version");
        if (version == null || !version.isInt() || version.intValue() < 1) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "The field version is the number of the policy.");
        }
        return version.intValue();
    }

    private Reply newPasscode(Exchange exchange) {
        var caller = identity.caller(exchange);
        var proof = bytes(exchange.body(), "auth_proof", PROOF_BYTES);
        return shareReply(handsets.newPasscode(caller, exchange.param("id"), proof));
    }

    private Reply challenge(Exchange exchange) {
        asking.take(exchange.param("id"));
        return Reply.json(Json.object().put("nonce", handsets.challenge(exchange.param("id"))));
    }

    private Reply share(Exchange exchange) {
        asking.take(exchange.param("id"));
        var body = exchange.body();
        var claim = new Handsets.Claim(
                exchange.param("id"),
                Json.text(body, "nonce"),
                bytes(body, "signature", SIGNATURE_BYTES),
                bytes(body, "auth_proof", PROOF_BYTES));
        return shareReply(handsets.share(claim));
    }

    private static Reply shareReply(byte[] share) {
        return Reply.json(Json.object().put("share", Base64.getEncoder().encodeToString(share)));
    }

    private static String shortText(ObjectNode body, String field) {
        var text = Json.text(body, field);
        if (text.length() > LONGEST_NAME) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "The field " + field + " has up to " + LONGEST_NAME + " characters.");
        }
        return text;
    }

    private static String policyVersion(ObjectNode body) {
        var version = body.get("policy_version");
        return version != null && version.isIntegralNumber() ? version.asString() : shortText(body, "policy_version");
    }

    private static Handset.Owner owner(ObjectNode body) {
        return switch (Json.optionalText(body, "owner").orElse("own")) {
            case "own" -> Handset.Owner.OWN;
            case "trust" -> Handset.Owner.TRUST;
            default -> throw new MatrixException(ErrorCode.M_INVALID_PARAM, "The field owner is \"own\" or \"trust\".");
        };
    }

    static byte[] bytes(ObjectNode body, String field, int length) {
        try {
            var bytes = Base64.getDecoder().decode(Json.text(body, field));
            if (bytes.length == length) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw notBytes(field, length);
        }
        throw notBytes(field, length);
    }

    private static MatrixException notBytes(String field, int length) {
        return new MatrixException(
                ErrorCode.M_INVALID_PARAM, "The field " + field + " must be " + length + " bytes in base64.");
    }
}
