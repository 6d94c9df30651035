package lanyard.standards.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The specification's test vectors, <https://spec.matrix.org/v1.18/appendices/#cryptographic-test-vectors>, and what
/// must not verify.
class SigningTest {
    private static final ServerName DOMAIN = new ServerName("domain");
    private static final byte[] SEED =
            UnpaddedBase64.decode("YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1").orElseThrow();

    private final SigningKey key = keyOf(SEED);

    private static SigningKey keyOf(byte[] seed) {
        var publicHalf =
                new Ed25519PrivateKeyParameters(seed).generatePublicKey().getEncoded();
        var secret = Arrays.copyOf(seed, 64);
        System.arraycopy(publicHalf, 0, secret, 32, 32);
        return SigningKey.restore("1", secret);
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    private static String signature(ObjectNode signed) {
        return signed.path("signatures").path("domain").path("ed25519:1").stringValue();
    }

    @Test
    void signsAnEmptyObject() {
        assertThat(signature(Signing.sign(json("{}"), "domain", key)))
                .isEqualTo("K8280/U9SSy9IVtjBuVeLr+HpOB4BQFWbg+UZaADMtTdGYI7Geitb76LTrr5QV/7Xg4ahLwYGYZzuHGZKM5ZAQ");
    }

    @Test
    void signsAnObjectWithData() {
        var signed = Signing.sign(json("{'one': 1, 'two': 'Two', 'unsigned': {'a': 1}}"), "domain", key);
        assertThat(signature(signed))
                .isEqualTo("KqmLSbO39/Bzb0QIYE82zqLwsA+PDzYIpIRA2sRQ4sL53+sN6/fpNSoqE7BP7vBZhG6kYdD13EIMJpvhJI+6Bw");
        assertThat(Signing.verify(signed, "domain", "ed25519:1", key.verifyKey()))
                .isTrue();
    }

    @Test
    void signsAMinimalEvent() {
        var event = json("""
                {'room_id': '!x:domain', 'sender': '@a:domain', 'origin': 'domain', 'origin_server_ts': 1000000,
                 'signatures': {}, 'hashes': {}, 'type': 'X', 'content': {}, 'prev_events': [], 'auth_events': [],
                 'depth': 3, 'unsigned': {'age_ts': 1000000}}""");
        assertThat(EventHashes.contentHash(event)).isEqualTo("5jM4wQpv6lnBo7CLIghJuHdW+s2CMBJPUOGOC89ncos");
        event.putObject("hashes").put("sha256", EventHashes.contentHash(event));
        // The vector dates from versions that protect `origin`, as version 10 does.
        assertThat(signature(Signing.signEvent(event, RoomVersion.V10, DOMAIN, key)))
                .isEqualTo("KxwGjPSDEtvnFgU00fwFz+l6d2pJM6XBIaMEn81SXPTRl16AqLAYqfIReFGZlHi5KLjAWbOoMszkwsQma+lYAg");
    }

    @Test
    void signsAnEventAndItsRedactedCopyAlike() {
        var event = json("""
                {'content': {'body': 'Here is the message content'}, 'event_id': '$0:domain', 'origin': 'domain',
                 'origin_server_ts': 1000000, 'type': 'm.room.message', 'room_id': '!r:domain',
                 'sender': '@u:domain', 'signatures': {}, 'unsigned': {'age_ts': 1000000}}""");
        assertThat(EventHashes.contentHash(event)).isEqualTo("onLKD1bGljeBWQhWZ1kaP9SorVmRQNdN5aM2JYU2n/g");
        event.putObject("hashes").put("sha256", EventHashes.contentHash(event));
        var signed = Signing.signEvent(event, RoomVersion.V10, DOMAIN, key);
        assertThat(signature(signed))
                .isEqualTo("Wm+VzmOUOz08Ds+0NTWb1d4CZrVsJSikkeRxh6aCcUwu6pNC78FunoD7KNWzqFn241eYHYMGCA5McEiVPdhzBA");
        assertThat(verifies(signed)).isTrue();
        assertThat(verifies(Redaction.redact(signed, RoomVersion.V10))).isTrue();
        assertThat(EventHashes.matchesContentHash(signed)).isTrue();
        assertThat(EventHashes.matchesContentHash(Redaction.redact(signed, RoomVersion.V10)))
                .isFalse();
    }

    private boolean verifies(ObjectNode event) {
        return Signing.verifyEvent(event, RoomVersion.V10, DOMAIN, "ed25519:1", key.verifyKey());
    }

    @Test
    void anEventIsHashedBeforeItIsSigned() {
        assertThatThrownBy(() -> Signing.signEvent(json("{'content': {}}"), RoomVersion.V12, DOMAIN, key))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keepsOtherSignaturesAndLeavesTheOriginalAlone() {
        var original = json("{'signatures': {'domain': {'ed25519:2': 'a'}, 'other': {'ed25519:1': 'b'}}, 'x': 1}");
        var before = original.deepCopy();
        var signed = Signing.sign(original, "domain", key);
        assertThat(original).isEqualTo(before);
        assertThat(signed.path("signatures").path("domain").size()).isEqualTo(2);
        assertThat(signed.path("signatures").path("other").path("ed25519:1").stringValue())
                .isEqualTo("b");
    }

    @Test
    void refusesWhatTheEntityDidNotSign() {
        var signed = Signing.sign(json("{'x': 1}"), "domain", key);
        assertThat(Signing.verify(signed, "elsewhere", "ed25519:1", key.verifyKey()))
                .isFalse();
        assertThat(Signing.verify(signed, "domain", "ed25519:2", key.verifyKey()))
                .isFalse();
        assertThat(Signing.verify(signed, "domain", "rsa:1", key.verifyKey())).isFalse();
        assertThat(Signing.verify(signed.put("x", 2), "domain", "ed25519:1", key.verifyKey()))
                .isFalse();
        var other = SigningKey.generate("1", new SecureRandom());
        assertThat(Signing.verify(signed.put("x", 1), "domain", "ed25519:1", other.verifyKey()))
                .isFalse();
    }

    @Test
    void malformedSignaturesAreNotValidAndNotErrors() {
        for (var bad : new String[] {"'%%%'", "''", "'AAAA'", "7", "null", "{}"}) {
            var object = json("{'signatures': {'domain': {'ed25519:1': " + bad + "}}}");
            assertThat(Signing.verify(object, "domain", "ed25519:1", key.verifyKey()))
                    .isFalse();
        }
        assertThat(Signing.verify(json("{'signatures': []}"), "domain", "ed25519:1", key.verifyKey()))
                .isFalse();
    }

    @Test
    void generatedKeysSurviveStorageAndHideThemselves() {
        for (var i = 0; i < 20; i++) {
            var generated = SigningKey.generate("a_1", new SecureRandom());
            var restored = SigningKey.restore("a_1", generated.secret());
            assertThat(restored.verifyKey()).isEqualTo(generated.verifyKey());
            assertThat(restored.sign(SEED)).isEqualTo(generated.sign(SEED));
            assertThat(generated.verifyKey().base64())
                    .isEqualTo(keyOf(Arrays.copyOf(generated.secret(), 32))
                            .verifyKey()
                            .base64());
            assertThat(generated.toString()).isEqualTo("SigningKey[ed25519:a_1, hidden]");
        }
    }

    @Test
    void refusesASecretWhoseHalvesDoNotMatch() {
        var secret = key.secret();
        secret[0] ^= 1;
        assertThatThrownBy(() -> SigningKey.restore("1", secret)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SigningKey.restore("1", SEED)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SigningKey.restore("1:2", key.secret())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aVerifyKeyIsThirtyTwoBytes() {
        assertThat(VerifyKey.find(key.verifyKey().base64() + "=")).contains(key.verifyKey());
        assertThat(VerifyKey.find("AAAA")).isEmpty();
        assertThat(VerifyKey.find("not base64!")).isEmpty();
        assertThatThrownBy(() -> new VerifyKey("AAAA")).isInstanceOf(MatrixException.class);
        // 32 bytes that are no point on the curve
        var noPoint = new VerifyKey(UnpaddedBase64.encode(new byte[] {
            2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
        }));
        assertThat(noPoint.verifies(SEED, key.sign(SEED))).isFalse();
    }
}
