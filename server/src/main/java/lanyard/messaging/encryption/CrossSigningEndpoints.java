package lanyard.messaging.encryption;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
        var master = Stream.concat(given.stream(), known.stream())
                .filter(key -> key.usage().equals("master"))
                .findFirst();
        changed.forEach(key -> PublishedKeys.checkCrossSigning(key, master));
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
        var signersKeys = keys.verifyKeys(caller.user());
        var signatures = new ArrayList<KeySignature>();
        var failures = Json.object();
        var asked = x.body().properties();
        var published = keys.listSignable(
                asked.stream().map(Map.Entry::getKey).map(UserId::new).toList());
        for (var user : asked) {
            var target = new UserId(user.getKey());
            for (var key : user.getValue().properties()) {
                var signable = Optional.ofNullable(
                        published.getOrDefault(target, Map.of()).get(key.getKey()));
                var given =
                        signable.map(_ -> collect(caller.user(), target, key)).orElse(List.of());
                if (signable.isEmpty()) {
                    fail(failures, target, key.getKey(), ErrorCode.M_NOT_FOUND, "There is no such key to sign.");
                } else if (given.stream().allMatch(one -> PublishedKeys.mayStand(one, signable.get(), signersKeys))) {
                    signatures.addAll(given);
                } else {
                    fail(
                            failures,
                            target,
                            key.getKey(),
                            ErrorCode.M_INVALID_SIGNATURE,
                            "A signature does not fit the key as it was published.");
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

    private static void fail(ObjectNode failures, UserId target, String key, ErrorCode code, String sentence) {
        var ofUser = failures.has(target.value())
                ? (ObjectNode) failures.get(target.value())
                : failures.putObject(target.value());
        ofUser.putObject(key).put("errcode", code.name()).put("error", sentence);
    }

    /// Only the caller's own signatures are taken, of whatever algorithm.
    private static List<KeySignature> collect(UserId signer, UserId target, Map.Entry<String, JsonNode> key) {
        return key.getValue().path("signatures").path(signer.value()).properties().stream()
                .filter(signature -> signature.getValue().isString())
                .map(signature -> new KeySignature(
                        target,
                        key.getKey(),
                        signer,
                        signature.getKey(),
                        signature.getValue().stringValue()))
                .toList();
    }
}
