package lanyard.messaging.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackingTest {
    private final Packing packing = new Packing();

    private byte[] packed(byte[] json) {
        var packed = packing.pack(json);
        var bytes = new byte[packed.remaining()];
        packed.duplicate().get(bytes);
        return bytes;
    }

    private static byte[] json(int length, boolean random) {
        var json = new byte[length];
        if (random) {
            new Random(length).nextBytes(json);
        }
        return json;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100, 1_000, 5_000, 65_536, 300_000})
    void whatWasPackedComesBack(int length) {
        for (var random : new boolean[] {true, false}) {
            var json = json(length, random);
            assertThat(packing.unpack(packed(json))).isEqualTo(json);
        }
    }

    @Test
    void inTheSameRoomOneAfterTheOtherEachComesBackAsItWas() {
        var room = new byte[1_000];
        for (var length : new int[] {900, 3, 5_000, 1_000, 400}) {
            var json = json(length, true);
            var back = packing.unpack(packed(json), room);
            assertThat(back).isEqualTo(json).isNotSameAs(room);
        }
    }

    @Test
    void whatWasStoredUnpackedIsTakenAsItIs() {
        var json = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
        assertThat(packing.unpack(json)).isEqualTo(json);
        assertThat(packing.unpack(new byte[0])).isEmpty();
    }

    @Test
    void whatIsCutShortIsAFaultAndNotATruncatedEvent() {
        var packed = packed(json(1_000, true));
        assertThatThrownBy(() -> packing.unpack(Arrays.copyOf(packed, packed.length / 2)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(packing.unpack(packed)).hasSize(1_000);
    }
}
