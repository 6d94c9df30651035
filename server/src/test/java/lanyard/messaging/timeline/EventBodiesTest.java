package lanyard.messaging.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import lanyard.messaging.timeline.TimelineEvent.Placed;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.DestroyedKeyException;
import lanyard.platform.sealing.KeyName;
import lanyard.platform.sealing.KeyStore;
import lanyard.platform.sealing.KeyStoreFault;
import lanyard.platform.stream.NotReadyException;
import lanyard.platform.stream.Position;
import lanyard.standards.matrix.CanonicalJson;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomVersion;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class EventBodiesTest {
    private static final EventId ID = new EventId("$" + "a".repeat(43));
    private static final KeyName NOVEMBER = new KeyName("room-month", "7/202611");

    @TempDir
    private Path directory;

    private KeyStore keys;
    private EventBodies bodies;

    @BeforeEach
    void open() {
        var clock = InstantSource.fixed(Instant.parse("2026-11-22T12:00:00Z"));
        keys = KeyStore.open(directory, clock, new SecureRandom());
        bodies = new EventBodies(keys, clock);
    }

    private static ObjectNode pdu() {
        var pdu = Json.object()
                .put("type", "m.room.message")
                .put("sender", "@a:b.example")
                .put("room_id", "!" + "r".repeat(43))
                .put("depth", 3)
                .put("origin_server_ts", 1L);
        pdu.putArray("auth_events");
        pdu.putArray("prev_events");
        pdu.putObject("content").put("body", "hello");
        pdu.putObject("hashes").put("sha256", "x");
        return pdu;
    }

    private static EventRecord stored(byte[] body) {
        return new EventRecord(7, new Placed(1, new Position(0, 1), ID, 1), body, false, null, null, null, null, null);
    }

    @Test
    void whatWasSealedOpensAgain() {
        bodies.prepare(7);
        var sealed = bodies.seal(7, RoomVersion.V12, ID, pdu());
        assertThat(CanonicalJson.bytes(bodies.original(stored(sealed)))).isEqualTo(CanonicalJson.bytes(pdu()));
    }

    @Test
    void whatLooksLikeCiphertextIsStoredAThirdSmaller() {
        bodies.prepare(7);
        var pdu = pdu();
        var random = new byte[525];
        new SecureRandom().nextBytes(random);
        pdu.putObject("content")
                .put("algorithm", "m.megolm.v1.aes-sha2")
                .put("ciphertext", Base64.getEncoder().encodeToString(random));
        var sealed = bodies.seal(7, RoomVersion.V12, ID, pdu);
        assertThat(sealed.length).isLessThan(CanonicalJson.bytes(pdu).length * 3 / 4);
        assertThat(CanonicalJson.bytes(bodies.original(stored(sealed)))).isEqualTo(CanonicalJson.bytes(pdu));
    }

    @Test
    void whatWasStoredUnpackedIsReadAsItIs() {
        bodies.prepare(7);
        var plain = CanonicalJson.bytes(pdu());
        var sealed = keys.find(NOVEMBER).orElseThrow().seal(plain, ID.value().getBytes(StandardCharsets.UTF_8));
        var stored = ("202611" + new String(sealed, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1);
        assertThat(bodies.bytes(stored(stored))).isEqualTo(plain);
    }

    /// Whoever destroys a month's key has asked what else it opens; these two it never does.
    @Test
    void stateAndStubsOpenWithoutTheMonthsKey() {
        bodies.prepare(7);
        var state = pdu().put("state_key", "");
        var sealed = bodies.seal(7, RoomVersion.V12, ID, state);
        var said = bodies.seal(7, RoomVersion.V12, ID, pdu());
        var stub = bodies.inSeries(7).sealStub(RoomVersion.V12, ID, bodies.bytes(stored(said)));
        var kept = bodies.inSeries(7).lasting(ID, said);
        keys.destroy(NOVEMBER, "nothing said in the month is left");
        assertThat(CanonicalJson.bytes(bodies.original(stored(sealed)))).isEqualTo(CanonicalJson.bytes(state));
        assertThat(bodies.original(stored(stub)).path("content")).isEmpty();
        assertThat(CanonicalJson.bytes(bodies.original(stored(kept)))).isEqualTo(CanonicalJson.bytes(pdu()));
        assertThatThrownBy(() -> bodies.original(stored(said))).isInstanceOf(DestroyedKeyException.class);
    }

    @Test
    void sealingNeverMakesAKeyButAsksForIt() {
        assertThatThrownBy(() -> bodies.seal(7, RoomVersion.V12, ID, pdu())).isInstanceOf(NotReadyException.class);
        assertThat(keys.find(NOVEMBER)).isEmpty();
    }

    @Test
    void readingNeverMakesAKey() {
        bodies.prepare(8);
        var sealed = bodies.seal(8, RoomVersion.V12, ID, pdu());
        assertThatThrownBy(() -> bodies.original(stored(sealed))).isInstanceOf(KeyStoreFault.class);
        assertThat(keys.find(NOVEMBER)).isEmpty();
    }
}
