package lanyard.messaging.encryption;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import lanyard.messaging.encryption.CrossSigningStore.CrossSigningKey;
import lanyard.messaging.encryption.CrossSigningStore.KeySignature;
import lanyard.messaging.encryption.DeviceKeyStore.NamedKey;
import lanyard.messaging.timeline.Reader;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.Curve25519;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.Signing;
import lanyard.standards.matrix.UnpaddedBase64;
import lanyard.standards.matrix.VerifyKey;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Looks at keys before others are given them: their form, their owner's signature, and that nobody can be led into an
/// agreement that everybody knows. What is signed by an algorithm unknown here is kept untouched.
/// <https://spec.matrix.org/v1.18/client-server-api/#device-keys>
final class PublishedKeys {
    private static final String ED25519 = "ed25519:";
    private static final String CURVE25519 = "curve25519:";
    private static final String SIGNED_CURVE25519 = "signed_curve25519";

    private PublishedKeys() {}

    /// Errors: `M_INVALID_PARAM`, `M_BAD_JSON`, `M_INVALID_SIGNATURE`.
    static void checkDevice(ObjectNode given, Reader device) {
        if (!Json.text(given, "user_id").equals(device.user().value())
                || !Json.text(given, "device_id").equals(device.device().value())) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "Device keys are for the person and the device that upload them.");
        }
        for (var algorithm : Json.arrayField(given, "algorithms")) {
            if (!algorithm.isString()) {
                throw new MatrixException(ErrorCode.M_BAD_JSON, "algorithms is a list of names.");
            }
        }
        var keys = Json.objectField(given, "keys");
        keys.propertyStream().forEach(key -> checkNamed(key, device));
        checkAgreement(keys.path(CURVE25519 + device.device().value()));
        checkSigned(given, device, signingKey(given, device));
    }

    private static void checkNamed(Map.Entry<String, JsonNode> key, Reader device) {
        if (!key.getKey().endsWith(":" + device.device().value())
                || !key.getValue().isString()) {
            throw new MatrixException(
                    ErrorCode.M_BAD_JSON, "Each key of a device is text under the name algorithm:device.");
        }
    }

    /// The key that a device signs with, which its device keys name.
    private static VerifyKey signingKey(ObjectNode deviceKeys, Reader device) {
        return VerifyKey.find(deviceKeys
                        .path("keys")
                        .path(ED25519 + device.device().value())
                        .asString(""))
                .orElseThrow(() -> new MatrixException(
                        ErrorCode.M_INVALID_PARAM, "A device needs an Ed25519 key, in unpadded base64."));
    }

    private static void checkAgreement(JsonNode key) {
        if (UnpaddedBase64.decode(key.asString("")).filter(Curve25519::isSafe).isEmpty()) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "That is not a Curve25519 key that anybody could safely use.");
        }
    }

    private static void checkSigned(ObjectNode object, Reader device, VerifyKey key) {
        var id = ED25519 + device.device().value();
        if (!Signing.verify(object, device.user().value(), id, key)) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_SIGNATURE, "The device's own signature is missing or does not fit.");
        }
    }

    /// A device's identity is for life: another one under its name would be somebody else.
    static void checkSameIdentity(ObjectNode known, ObjectNode given, Reader device) {
        for (var prefix : List.of(ED25519, CURVE25519)) {
            var name = prefix + device.device().value();
            if (!known.path("keys").path(name).equals(given.path("keys").path(name))) {
                throw new MatrixException(
                        ErrorCode.M_INVALID_PARAM,
                        "This device has published other keys before. Sign in again to get a new device.");
            }
        }
    }

    /// One-time and fallback keys: those of an algorithm known here are looked at.
    static void checkOneTime(List<NamedKey> keys, Reader device, Optional<ObjectNode> deviceKeys) {
        var known = keys.stream()
                .filter(key -> key.algorithm().equals(SIGNED_CURVE25519))
                .toList();
        if (known.isEmpty()) {
            return;
        }
        var signer = signingKey(
                deviceKeys.orElseThrow(() -> new MatrixException(
                        ErrorCode.M_INVALID_PARAM, "Publish the device's own keys before its one-time keys.")),
                device);
        known.forEach(key -> {
            checkAgreement(key.key().path("key"));
            checkSigned(key.key(), device, signer);
        });
    }

    /// A cross-signing key is one Ed25519 key under its own name; the other two are signed by the master key.
    /// <https://spec.matrix.org/v1.18/client-server-api/#cross-signing>
    static void checkCrossSigning(CrossSigningKey key, Optional<CrossSigningKey> master) {
        var own = verifyKey(key);
        var usages = key.key().path("usage");
        if (own.isEmpty()
                || key.key().path("keys").size() != 1
                || usages.valueStream().noneMatch(usage -> usage.asString("").equals(key.usage()))) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM,
                    "A " + key.usage() + " key says what it is for and is one Ed25519 key named after itself.");
        }
        if (!key.usage().equals("master")
                && master.filter(above -> isSignedBy(key.key(), above)).isEmpty()) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_SIGNATURE, "The " + key.usage() + " key is not signed by the master key.");
        }
    }

    private static boolean isSignedBy(ObjectNode object, CrossSigningKey signer) {
        return verifyKey(signer)
                .filter(key -> Signing.verify(object, signer.user().value(), ED25519 + signer.keyId(), key))
                .isPresent();
    }

    private static Optional<VerifyKey> verifyKey(CrossSigningKey key) {
        var named = key.key().path("keys").path(ED25519 + key.keyId()).asString("");
        return named.equals(key.keyId()) ? VerifyKey.find(named) : Optional.empty();
    }

    /// False when the signer's key is known, here or to the signer's devices, and the signature is not its.
    static boolean mayStand(KeySignature signature, ObjectNode target, Map<String, VerifyKey> signersKeys) {
        var key = signersKeys.get(signature.signerKey());
        if (key == null) {
            return true;
        }
        var claimed = Json.object();
        target.propertyStream().forEach(field -> claimed.set(field.getKey(), field.getValue()));
        claimed.putObject("signatures")
                .putObject(signature.signer().value())
                .put(signature.signerKey(), signature.signature());
        return Signing.verify(claimed, signature.signer().value(), signature.signerKey(), key);
    }
}
