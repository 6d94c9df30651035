package lanyard.messaging.encryption;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lanyard.messaging.encryption.CrossSigningStore.CrossSigningKey;
import lanyard.messaging.encryption.CrossSigningStore.KeySignature;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// <https://spec.matrix.org/v1.18/client-server-api/#cross-signing>
final class CrossSigningEndpoints {
    private static final List<String> USAGES = List.of("master", "self_signing", "user_signing");

    private final EncryptionParts parts;
    private final Keys keys;

    CrossSigningEndpoints(EncryptionParts parts, Keys keys) {
        this.parts = parts;
        this.keys = keys;
    }

    void addTo(Routes routes) {
        routes.add("POST /_matrix/client/v3/keys/device_signing/upload", this::uploadCrossSigningKeys);
        routes.add("POST /_matrix/client/v3/keys/signatures/upload", this::uploadCrossSigningSignatures);
    }

    /// Replacing one's identity is what a thief of a token would do, so it asks again who it is; a first identity and
    /// the
    /// same one again do not.
    private Reply uploadCrossSigningKeys(Exchange x) {
        var caller = parts.identity().caller(x);
        var body = x.body();
        var given = new ArrayList<CrossSigningKey>();
        for (var usage : USAGES) {
            Json.optionalObject(body, usage + "_key")
                    .ifPresent(key -> given.add(Keys.crossSigningKey(caller.user(), usage, key)));
        }
        var known = keys.crossSigningKeys(caller.user());
        var changed = given.stream().filter(key -> !known.contains(key)).toList();
        if (changed.isEmpty()) {
            return Reply.empty();
        }
        if (!known.isEmpty()) {
            var challenge = parts.identity().interactiveAuth().challenge(caller, x, body);
            if (challenge.isPresent()) {
                return challenge.get();
            }
        }
        if (known.isEmpty() && given.stream().noneMatch(key -> key.usage().equals("master"))) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "Upload a master key first.");
        }
        keys.putCrossSigning(caller.user(), changed);
        return Reply.empty();
    }

    private Reply uploadCrossSigningSignatures(Exchange x) {
        var caller = parts.identity().caller(x);
        var signatures = new ArrayList<KeySignature>();
        var failures = Json.object();
        for (var user : x.body().properties()) {
            for (var key : user.getValue().properties()) {
                var target = new UserId(user.getKey());
                if (keys.hasKey(target, key.getKey())) {
                    collect(caller.user(), target, key, signatures);
                } else {
                    var ofUser = failures.has(target.value())
                            ? (ObjectNode) failures.get(target.value())
                            : failures.putObject(target.value());
                    ofUser.putObject(key.getKey())
                            .put("errcode", ErrorCode.M_NOT_FOUND.name())
                            .put("error", "There is no such key to sign.");
                }
            }
        }
        if (!signatures.isEmpty()) {
            keys.addSignatures(signatures);
        }
        var reply = Json.object();
        reply.set("failures", failures);
        return Reply.json(reply);
    }

    /// Only the caller's own signatures are taken, of whatever algorithm.
    private static void collect(
            UserId signer, UserId target, Map.Entry<String, JsonNode> key, List<KeySignature> signatures) {
        var own = key.getValue().path("signatures").path(signer.value());
        for (var signature : own.properties()) {
            if (signature.getValue().isString()) {
                signatures.add(new KeySignature(
                        target,
                        key.getKey(),
                        signer,
                        signature.getKey(),
                        signature.getValue().stringValue()));
            }
        }
    }
}
