package lanyard.messaging.encryption;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import lanyard.TestInside;
import lanyard.TestKeys;
import lanyard.TestServer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import lanyard.traceability.Hazard;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.node.ObjectNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EncryptionTest {
    private static final String V3 = "/_matrix/client/v3/";
    private TestServer server;
    private Person alice;
    private Person bob;
    private Person mallory;

    @BeforeAll
    void start() {
        server = TestServer.conformance();
        alice = server.register("alice");
        bob = server.register("bob");
        mallory = server.register("mallory");
        server.room(alice, bob);
        for (var person : List.of(alice, bob)) {
            server.post(person, V3 + "keys/upload", TestKeys.upload(person));
        }
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private ObjectNode claim(Person whose) {
        var body = Json.object();
        body.putObject("one_time_keys").putObject(whose.id()).put(whose.device(), "signed_curve25519");
        return body;
    }

    @Test
    void aOneTimeKeyIsNeverHandedOutTwice() throws Exception {
        var keys = Json.object();
        var list = keys.putObject("one_time_keys");
        for (var i = 0; i < 40; i++) {
            list.set("signed_curve25519:K" + i, TestKeys.oneTime(bob, "v" + i));
        }
        var counts = server.post(bob, V3 + "keys/upload", keys);
        assertThat(counts.body()
                        .get("one_time_key_counts")
                        .get("signed_curve25519")
                        .intValue())
                .isEqualTo(40);
        var given = new HashSet<String>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<String> one = () -> server.post(alice, V3 + "keys/claim", claim(bob))
                    .body()
                    .get("one_time_keys")
                    .get(bob.id())
                    .get(bob.device())
                    .toString();
            for (var answer : callers.invokeAll(java.util.Collections.nCopies(40, one))) {
                given.add(answer.get());
            }
        }
        assertThat(given).hasSize(40);
        var none = server.post(alice, V3 + "keys/claim", claim(bob));
        assertThat(none.body().get("one_time_keys").isEmpty()).isTrue();
    }

    @Test
    void theSameKeyIdWithAnotherValueIsRefused() {
        var first = Json.object();
        first.putObject("one_time_keys").set("signed_curve25519:SAME", TestKeys.oneTime(alice, "one"));
        var other = Json.object();
        other.putObject("one_time_keys").set("signed_curve25519:SAME", TestKeys.oneTime(alice, "two"));
        assertThat(server.post(alice, V3 + "keys/upload", first).status()).isEqualTo(200);
        assertThat(server.post(alice, V3 + "keys/upload", first).status()).isEqualTo(200);
        assertThat(server.post(alice, V3 + "keys/upload", other).text("errcode"))
                .isEqualTo("M_INVALID_PARAM");
    }

    @Test
    void strangersKeysAreNotShownNorClaimed() {
        var query = Json.object();
        query.putObject("device_keys").putArray(bob.id());
        assertThat(server.post(mallory, V3 + "keys/query", query)
                        .body()
                        .get("device_keys")
                        .isEmpty())
                .isTrue();
        assertThat(server.post(mallory, V3 + "keys/claim", claim(bob))
                        .body()
                        .get("one_time_keys")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void deviceKeysOfAnotherDeviceAreRefused() {
        var upload = Json.object();
        var keys = upload.putObject("device_keys").put("user_id", alice.id()).put("device_id", bob.device());
        keys.putArray("algorithms");
        keys.putObject("keys").put("ed25519:" + bob.device(), "x");
        keys.putObject("signatures").putObject(alice.id()).put("ed25519:x", "y");
        assertThat(server.post(alice, V3 + "keys/upload", upload).text("errcode"))
                .isEqualTo("M_INVALID_PARAM");
    }

    @Test
    void signaturesOfUnknownAlgorithmsComeBackUntouched() {
        var master = Json.object();
        var key = TestKeys.crossSigning(alice, "master", "master", "");
        master.set("master_key", key);
        assertThat(server.post(alice, V3 + "keys/device_signing/upload", master).status())
                .isEqualTo(200);
        var signatures = Json.object();
        var signed = key.deepCopy();
        signed.putObject("signatures").putObject(alice.id()).put("io.element.x509:leaf", "blob+/=");
        signatures.putObject(alice.id()).set(TestKeys.ed25519("master"), signed);
        server.post(alice, V3 + "keys/signatures/upload", signatures);
        var query = Json.object();
        query.putObject("device_keys").putArray(alice.id());
        var shown = server.post(bob, V3 + "keys/query", query)
                .body()
                .get("master_keys")
                .get(alice.id());
        assertThat(shown.get("signatures")
                        .get(alice.id())
                        .get("io.element.x509:leaf")
                        .stringValue())
                .isEqualTo("blob+/=");
    }

    @Test
    void aToDeviceMessageComesOnceAndUntilItIsAcknowledged() {
        var since = server.sync(bob, null).text("next_batch");
        var body = Json.object();
        body.putObject("messages").putObject(bob.id()).putObject(bob.device()).put("hello", "device");
        var path = V3 + "sendToDevice/org.example.test/";
        server.put(alice, path + "t1", body);
        server.put(alice, path + "t1", body);
        var first = server.sync(bob, since);
        assertThat(first.body().get("to_device").get("events").size()).isEqualTo(1);
        var again = server.sync(bob, since);
        assertThat(again.body().get("to_device").get("events").size()).isEqualTo(1);
        var acknowledged = server.sync(bob, first.text("next_batch"));
        assertThat(acknowledged.body().path("to_device").path("events").size()).isZero();
        var strangers = Json.object();
        strangers.putObject("messages").putObject(mallory.id()).putObject("*").put("x", "y");
        assertThat(server.put(alice, path + "t2", strangers).status()).isEqualTo(200);
        assertThat(server.sync(mallory, null)
                        .body()
                        .path("to_device")
                        .path("events")
                        .size())
                .isZero();
    }

    private int toDevice(TestServer.Answer sync) {
        return sync.body().path("to_device").path("events").size();
    }

    private void sendToBob(String transaction) {
        var body = Json.object();
        body.putObject("messages").putObject(bob.id()).putObject(bob.device()).put("n", transaction);
        assertThat(server.put(alice, V3 + "sendToDevice/org.example.test/" + transaction, body)
                        .status())
                .isEqualTo(200);
    }

    /// A phone that gave up on one sync and began the next has two under way: whichever it hears has the message.
    @Test
    @Hazard("H02")
    void everySyncOfADeviceHasTheMessageHoweverManyLookAtOnce() throws Exception {
        var since = server.sync(bob, null).text("next_batch");
        var body = Json.object();
        body.putObject("messages").putObject(bob.id()).putObject(bob.device()).put("hello", "device");
        server.put(alice, V3 + "sendToDevice/org.example.test/together", body);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> sync = () -> server.sync(bob, since)
                    .body()
                    .path("to_device")
                    .path("events")
                    .size();
            for (var answer : callers.invokeAll(Collections.nCopies(48, sync))) {
                assertThat(answer.get()).isEqualTo(1);
            }
        }
        assertThat(server.sync(bob, server.sync(bob, since).text("next_batch"))
                        .body()
                        .path("to_device")
                        .path("events")
                        .size())
                .isZero();
    }

    @Test
    void aToDeviceMessageThatANewerTokenAcknowledgedStaysAwayAfterARestart() {
        var since = server.sync(bob, null).text("next_batch");
        sendToBob("before-restart");
        var handed = server.sync(bob, since);
        assertThat(toDevice(handed)).isEqualTo(1);
        server.restart();
        assertThat(toDevice(server.sync(bob, since))).isEqualTo(1);
        assertThat(toDevice(server.sync(bob, handed.text("next_batch")))).isZero();
        assertThat(toDevice(server.sync(bob, since))).isZero();
    }

    @Test
    void whatDidNotFitIntoAnAnswerComesWithTheNextAlsoAfterARestart() {
        var since = server.sync(bob, null).text("next_batch");
        for (var i = 0; i < 503; i++) {
            sendToBob("many-" + i);
        }
        var first = server.sync(bob, since);
        assertThat(toDevice(first)).isEqualTo(500);
        server.restart();
        var second = server.sync(bob, first.text("next_batch"));
        assertThat(toDevice(second)).isEqualTo(3);
        assertThat(toDevice(server.sync(bob, second.text("next_batch")))).isZero();
    }

    @Test
    void aOneTimeKeyThatIsUploadedAgainAfterItWasClaimedIsNotHandedOutAgain() {
        var carol = server.register("carol");
        server.room(alice, carol);
        server.post(carol, V3 + "keys/upload", TestKeys.upload(carol));
        var keys = Json.object();
        keys.putObject("one_time_keys").set("signed_curve25519:AGAIN", TestKeys.oneTime(carol, "again"));
        server.post(carol, V3 + "keys/upload", keys);
        assertThat(server.post(alice, V3 + "keys/claim", claim(carol)).body().get("one_time_keys"))
                .isNotEmpty();
        var counts = server.post(carol, V3 + "keys/upload", keys);
        assertThat(counts.body()
                        .path("one_time_key_counts")
                        .path("signed_curve25519")
                        .asInt(0))
                .isZero();
        assertThat(server.post(alice, V3 + "keys/claim", claim(carol)).body().get("one_time_keys"))
                .isEmpty();
    }

    @Test
    void changedDevicesAreToldToThoseWhoShareARoom() {
        var bobSince = server.sync(bob, null).text("next_batch");
        var mallorySince = server.sync(mallory, null).text("next_batch");
        var upload = TestKeys.upload(alice);
        var keys = (ObjectNode) upload.get("device_keys");
        keys.putArray("algorithms").add("m.olm.v1.curve25519-aes-sha2");
        TestKeys.sign(keys, alice, alice.device(), alice.device());
        server.post(alice, V3 + "keys/upload", upload);
        assertThat(server.sync(bob, bobSince)
                        .body()
                        .get("device_lists")
                        .get("changed")
                        .toString())
                .contains(alice.id());
        assertThat(server.sync(mallory, mallorySince)
                        .body()
                        .path("device_lists")
                        .path("changed")
                        .toString())
                .doesNotContain(alice.id());
    }

    @Test
    void whatIsSentToADeviceThatThereIsNotIsNotKept() {
        var since = server.sync(bob, null).text("next_batch");
        var body = Json.object();
        var devices = body.putObject("messages").putObject(bob.id());
        devices.putObject("NOSUCHDEVICE").put("to", "nobody");
        devices.putObject(bob.device()).put("to", "bob");
        assertThat(server.put(alice, V3 + "sendToDevice/org.example.test/orphan", body)
                        .status())
                .isEqualTo(200);
        TestInside.run(server, "to-device-orphans");
        long kept = server.database()
                .read(tx -> tx.query("select count(*) from to_device where device_id = 'NOSUCHDEVICE'")
                        .mapTo(Long.class)
                        .one());
        assertThat(kept).isZero();
        var events = server.sync(bob, since).body().path("to_device").path("events");
        assertThat(events.size()).isEqualTo(1);
    }

    @Test
    void whoComesInLearnsWhoseDevicesToLookUpAndWhoLeavesWhoseToForget() {
        var dora = server.register("dora-" + System.nanoTime());
        var room = server.room(alice, bob);
        var alone = server.sync(dora, null).text("next_batch");
        var bobs = server.sync(bob, null).text("next_batch");
        server.post(
                alice, V3 + "rooms/" + segment(room) + "/invite", Json.object().put("user_id", dora.id()));
        server.post(dora, V3 + "rooms/" + segment(room) + "/join", Json.object());
        var joined = server.sync(dora, alone);
        assertThat(joined.body().path("device_lists").path("changed").toString())
                .contains(alice.id(), bob.id());
        var met = server.sync(bob, bobs);
        assertThat(met.body().path("device_lists").path("changed").toString())
                .contains(dora.id())
                .doesNotContain(alice.id());
        server.post(dora, V3 + "rooms/" + segment(room) + "/leave", Json.object());
        assertThat(server.sync(bob, met.text("next_batch"))
                        .body()
                        .path("device_lists")
                        .path("left")
                        .toString())
                .contains(dora.id());
        var left = server.sync(dora, joined.text("next_batch")).body().path("device_lists");
        assertThat(left.path("left").toString()).contains(alice.id(), bob.id());
    }

    @Test
    void aPlaceThatTheServerNoLongerKnowsMeansToLookUpEverybodyAgain() {
        for (var path : List.of("sync?since=l1_otherincarn_0.5", "keys/changes?from=l1_otherincarn_0.5&to=x")) {
            var body = server.get(bob, V3 + path).body();
            var changed = (path.startsWith("sync") ? body.path("device_lists") : body)
                    .path("changed")
                    .toString();
            assertThat(changed).contains(alice.id()).doesNotContain(mallory.id());
        }
    }

    @Test
    void aNewNameIsNoNewDeviceAndNobodyLearnsWhoIsInARoomByBeingAsked() {
        var since = server.sync(bob, null).text("next_batch");
        var profile = V3 + "profile/" + segment(bob.id()) + "/displayname";
        assertThat(server.put(bob, profile, Json.object().put("displayname", "Bobby"))
                        .status())
                .isEqualTo(200);
        assertThat(server.sync(bob, since)
                        .body()
                        .path("device_lists")
                        .path("changed")
                        .toString())
                .doesNotContain(alice.id());
        var before = server.sync(mallory, null).text("next_batch");
        var room = server.room(alice, bob);
        server.post(
                alice, V3 + "rooms/" + segment(room) + "/invite", Json.object().put("user_id", mallory.id()));
        var asked = server.sync(mallory, before).body();
        assertThat(asked.path("rooms").path("invite").has(room)).isTrue();
        assertThat(asked.path("device_lists").toString()).doesNotContain(alice.id(), bob.id());
        server.post(mallory, V3 + "rooms/" + segment(room) + "/leave", Json.object());
    }

    @Test
    void aBackupKeepsTheBetterKeyAndRefusesAnOldVersion() {
        var version = Json.object().put("algorithm", "m.megolm_backup.v1.curve25519-aes-sha2");
        version.putObject("auth_data").put("public_key", "p");
        var first = server.post(alice, V3 + "room_keys/version", version).text("version");
        var path = V3 + "room_keys/keys/" + segment("!r:x") + "/session?version=";
        var good = Json.object()
                .put("first_message_index", 1)
                .put("forwarded_count", 0)
                .put("is_verified", true);
        good.putObject("session_data").put("ciphertext", "good");
        var worse = Json.object()
                .put("first_message_index", 5)
                .put("forwarded_count", 3)
                .put("is_verified", false);
        worse.putObject("session_data").put("ciphertext", "worse");
        assertThat(server.put(alice, path + first, good).body().get("count").intValue())
                .isEqualTo(1);
        server.put(alice, path + first, worse);
        assertThat(server.get(alice, path + first)
                        .body()
                        .get("session_data")
                        .get("ciphertext")
                        .stringValue())
                .isEqualTo("good");
        server.post(alice, V3 + "room_keys/version", version);
        assertThat(server.put(alice, path + first, worse).text("errcode")).isEqualTo("M_WRONG_ROOM_KEYS_VERSION");
        assertThat(server.get(bob, V3 + "room_keys/version").status()).isEqualTo(404);
    }
}
