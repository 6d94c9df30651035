package lanyard.abuse;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import lanyard.TestKeys;
import lanyard.TestServer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.UnpaddedBase64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Keys that would mislead those who encrypt to them (group E of the abuse cases).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublishedKeysTest {
    private static final String V3 = "/_matrix/client/v3/";
    private static final String UPLOAD = V3 + "keys/upload";
    private static final String CROSS_SIGNING = V3 + "keys/device_signing/upload";

    private TestServer server;
    private Person alice;
    private Person bob;

    @BeforeAll
    void start() {
        server = TestServer.conformance();
        alice = server.register("alice");
        bob = server.register("bob");
        server.room(alice, bob);
        assertThat(server.post(alice, UPLOAD, TestKeys.upload(alice)).status()).isEqualTo(200);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    record Forgery(String name, UnaryOperator<ObjectNode> change) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static ObjectNode keys(ObjectNode upload) {
        return (ObjectNode) upload.get("device_keys");
    }

    private static Forgery forgery(String name, UnaryOperator<ObjectNode> change) {
        return new Forgery(name, change);
    }

    /// Of keys that Bob might upload for himself, the first time.
    static Stream<Forgery> forgeries() {
        return Stream.of(
                forgery("nothing", upload -> upload.set("device_keys", JsonNodeFactory.instance.nullNode())),
                forgery("text", upload -> upload.put("device_keys", "keys")),
                forgery("another person", upload -> {
                    keys(upload).put("user_id", "@alice:lanyard.localhost");
                    return upload;
                }),
                forgery("no signature", upload -> {
                    keys(upload).remove("signatures");
                    return upload;
                }),
                forgery("a signature of something else", upload -> {
                    keys(upload).put("added", "later");
                    return upload;
                }),
                forgery("algorithms that are none", upload -> {
                    keys(upload).putArray("algorithms").add(1);
                    return upload;
                }),
                forgery("a key that is no text", upload -> {
                    ((ObjectNode) keys(upload).get("keys")).put("curve25519:X", 1);
                    return upload;
                }));
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void forgedDeviceKeysAreRefused(Forgery forgery) {
        var before = Contents.of(server);
        var answer = server.post(bob, UPLOAD, forgery.change().apply(TestKeys.upload(bob)));
        if (forgery.name().equals("nothing")) {
            // As if it had not been sent.
            assertThat(answer.status()).isIn(200, 400);
        } else {
            assertThat(answer.status()).as("%s", answer.body()).isEqualTo(400);
        }
        assertThat(Contents.of(server)).containsExactlyInAnyOrderEntriesOf(before);
    }

    @Test
    void aDeviceKeepsItsIdentity() {
        var other = TestKeys.device(alice);
        ((ObjectNode) other.get("keys")).put("curve25519:" + alice.device(), TestKeys.curve25519("other"));
        other.remove("signatures");
        var upload = Json.object();
        upload.set("device_keys", TestKeys.sign(other, alice, alice.device(), alice.device()));
        assertThat(server.post(alice, UPLOAD, upload).text("errcode")).isEqualTo("M_INVALID_PARAM");
        assertThat(server.post(alice, UPLOAD, TestKeys.upload(alice)).status()).isEqualTo(200);
    }

    /// The points of low order of Curve25519, some not in their canonical form, and keys that are none.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0900000000000000000000000000000000000000000000000000000000000080",
                "09",
                ""
            })
    void anAgreementKeyThatEverybodyKnowsTheSecretOfIsRefused(String hex) {
        var key = Json.object().put("key", UnpaddedBase64.encode(HexFormat.of().parseHex(hex)));
        var upload = Json.object();
        upload.putObject("one_time_keys")
                .set("signed_curve25519:LOW", TestKeys.sign(key, alice, alice.device(), alice.device()));
        assertThat(server.post(alice, UPLOAD, upload).text("errcode")).isEqualTo("M_INVALID_PARAM");
        var fallback = Json.object();
        fallback.set("fallback_keys", upload.get("one_time_keys"));
        assertThat(server.post(alice, UPLOAD, fallback).text("errcode")).isEqualTo("M_INVALID_PARAM");
    }

    @Test
    void oneTimeKeysAreSignedByTheDeviceAndNotTooMany() {
        var forged = Json.object();
        forged.putObject("one_time_keys").set("signed_curve25519:F", TestKeys.oneTime(bob, "forged"));
        assertThat(server.post(alice, UPLOAD, forged).text("errcode")).isEqualTo("M_INVALID_SIGNATURE");
        var many = Json.object();
        var list = many.putObject("one_time_keys");
        var one = TestKeys.oneTime(alice, "many");
        for (var i = 0; i < 10_000; i++) {
            list.set("signed_curve25519:M" + i, one);
        }
        assertThat(server.post(alice, UPLOAD, many).status()).isIn(400, 413);
        var statuses = new java.util.ArrayList<Integer>();
        for (var round = 0; round < 4; round++) {
            var some = Json.object();
            var next = some.putObject("one_time_keys");
            for (var i = 0; i < 400; i++) {
                next.set("signed_curve25519:R" + round + "x" + i, one);
            }
            statuses.add(server.post(alice, UPLOAD, some).status());
        }
        assertThat(statuses).containsExactly(200, 200, 413, 413);
    }

    @Test
    void crossSigningKeysHangTogetherAndAnIdentityIsNotReplacedWithoutAsking() {
        var carol = server.register("carol");
        var keys = Json.object();
        keys.set("master_key", TestKeys.crossSigning(carol, "master", "cm", ""));
        keys.set("self_signing_key", TestKeys.crossSigning(carol, "self_signing", "cs", "wrong"));
        var before = Contents.of(server);
        assertThat(server.post(carol, CROSS_SIGNING, keys).text("errcode")).isEqualTo("M_INVALID_SIGNATURE");
        keys.set("self_signing_key", TestKeys.crossSigning(carol, "user_signing", "cs", "cm"));
        assertThat(server.post(carol, CROSS_SIGNING, keys).text("errcode")).isEqualTo("M_INVALID_PARAM");
        assertThat(Contents.of(server)).containsExactlyInAnyOrderEntriesOf(before);
        keys.set("self_signing_key", TestKeys.crossSigning(carol, "self_signing", "cs", "cm"));
        assertThat(server.post(carol, CROSS_SIGNING, keys).status()).isEqualTo(200);
        var other = Json.object();
        other.set("master_key", TestKeys.crossSigning(carol, "master", "cm2", ""));
        assertThat(server.post(carol, CROSS_SIGNING, other).status()).isEqualTo(401);
    }

    @Test
    void aSignatureThatDoesNotFitIsNotPassedOn() {
        var dora = server.register("dora");
        server.room(alice, dora);
        server.post(dora, UPLOAD, TestKeys.upload(dora));
        var keys = Json.object();
        keys.set("master_key", TestKeys.crossSigning(dora, "master", "dm", ""));
        keys.set("self_signing_key", TestKeys.crossSigning(dora, "self_signing", "ds", "dm"));
        server.post(dora, CROSS_SIGNING, keys);
        var forged = TestKeys.device(dora);
        ((ObjectNode) forged.get("signatures").get(dora.id())).put("ed25519:" + TestKeys.ed25519("ds"), "AAAA");
        assertThat(signatures(dora, forged)
                        .path("failures")
                        .path(dora.id())
                        .path(dora.device())
                        .path("errcode")
                        .asString(""))
                .isEqualTo("M_INVALID_SIGNATURE");
        assertThat(shown(dora).has("ed25519:" + TestKeys.ed25519("ds"))).isFalse();
        var right = TestKeys.sign(TestKeys.device(dora), dora, "ds", "");
        assertThat(signatures(dora, right).path("failures")).isEmpty();
        assertThat(shown(dora).has("ed25519:" + TestKeys.ed25519("ds"))).isTrue();
    }

    private ObjectNode signatures(Person person, ObjectNode signed) {
        var body = Json.object();
        body.putObject(person.id()).set(person.device(), signed);
        return server.post(person, V3 + "keys/signatures/upload", body).object();
    }

    private ObjectNode shown(Person person) {
        var query = Json.object();
        query.putObject("device_keys").putArray(person.id());
        return (ObjectNode) server.post(alice, V3 + "keys/query", query)
                .body()
                .path("device_keys")
                .path(person.id())
                .path(person.device())
                .path("signatures")
                .path(person.id());
    }

    @Test
    void aToDeviceMessageIsItsSendersAndNotTooLarge() {
        var since = server.sync(bob, null).text("next_batch");
        var body = Json.object();
        body.putObject("messages").putObject(bob.id()).putObject("*").put("sender", "@carol:lanyard.localhost");
        server.post(bob, UPLOAD, TestKeys.upload(bob));
        assertThat(server.put(alice, V3 + "sendToDevice/org.example.test/" + segment("t1"), body)
                        .status())
                .isEqualTo(200);
        var event =
                server.sync(bob, since).body().path("to_device").path("events").path(0);
        assertThat(event.path("sender").asString("")).isEqualTo(alice.id());
        var large = Json.object();
        large.putObject("messages").putObject(bob.id()).putObject("*").put("x", "y".repeat(1_000_000));
        assertThat(server.put(alice, V3 + "sendToDevice/org.example.test/t2", large)
                        .status())
                .isEqualTo(413);
    }
}
