package lanyard.platform.sealing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SealingKeyTest {
    private static final byte[] PLAIN = "a summary".getBytes(UTF_8);
    private static final byte[] PLACE = "room 7".getBytes(UTF_8);

    private final SealingKey key = newKey();

    private static SealingKey newKey() {
        var random = new SecureRandom();
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return SealingKey.of(new KeyName("test", "1"), bytes, random);
    }

    @Test
    void whatWasSealedOpensInItsPlace() {
        assertThat(key.open(key.seal(PLAIN, PLACE), PLACE)).isEqualTo(PLAIN);
    }

    @Test
    void nothingAtAllCanBeSealedToo() {
        assertThat(key.open(key.seal(new byte[0], PLACE), PLACE)).isEmpty();
    }

    @Test
    void inASeriesEachIsSealedAndOpenedAsIfAlone() {
        var series = key.inSeries();
        for (var text : new String[] {"a", "", "another, which is longer than the one before it"}) {
            var plain = ByteBuffer.wrap(("<" + text + ">").getBytes(UTF_8), 1, text.length());
            var sealed = series.seal("before".getBytes(UTF_8), plain, PLACE);
            assertThat(new String(series.open(sealed, 6, PLACE), UTF_8)).isEqualTo(text);
            assertThat(new String(key.open(Arrays.copyOfRange(sealed, 6, sealed.length), PLACE), UTF_8))
                    .isEqualTo(text);
            assertThatThrownBy(() -> series.open(sealed, 0, PLACE)).isInstanceOf(SealedDataException.class);
            assertThatThrownBy(() -> series.open(sealed, 6, PLAIN)).isInstanceOf(SealedDataException.class);
        }
    }

    @Test
    void aSeriesEndsWithItsKey() {
        var series = key.inSeries();
        var sealed = series.seal(new byte[0], ByteBuffer.wrap(PLAIN), PLACE);
        key.forget();
        assertThatThrownBy(() -> series.open(sealed, 0, PLACE)).isInstanceOf(DestroyedKeyException.class);
        assertThatThrownBy(() -> series.seal(new byte[0], ByteBuffer.wrap(PLAIN), PLACE))
                .isInstanceOf(DestroyedKeyException.class);
    }

    @Test
    void whatWasSealedDoesNotOpenElsewhere() {
        var sealed = key.seal(PLAIN, PLACE);

        assertThatThrownBy(() -> key.open(sealed, "room 8".getBytes(UTF_8)))
                .isInstanceOf(SealedDataException.class)
                .hasMessageContaining("moved");
    }

    @Test
    void everyChangedByteIsNoticed() {
        var sealed = key.seal(PLAIN, PLACE);
        for (var i = 0; i < sealed.length; i++) {
            var changed = sealed.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> key.open(changed, PLACE)).isInstanceOf(SealedDataException.class);
        }
    }

    @Test
    void everyCutIsNoticed() {
        var sealed = key.seal(PLAIN, PLACE);
        for (var length = 0; length < sealed.length; length++) {
            var cut = java.util.Arrays.copyOf(sealed, length);
            assertThatThrownBy(() -> key.open(cut, PLACE)).isInstanceOf(SealedDataException.class);
        }
    }

    @Test
    void anotherKeySaysThatItIsAnother() {
        var sealed = key.seal(PLAIN, PLACE);

        assertThatThrownBy(() -> newKey().open(sealed, PLACE))
                .isInstanceOf(SealedDataException.class)
                .hasMessageContaining("another key");
    }

    @Test
    void sealingTwiceNeverLooksTheSame() {
        assertThat(key.seal(PLAIN, PLACE)).isNotEqualTo(key.seal(PLAIN, PLACE));
    }

    @Test
    void aForgottenKeyNeitherSealsNorOpens() {
        var sealed = key.seal(PLAIN, PLACE);
        key.forget();

        assertThatThrownBy(() -> key.open(sealed, PLACE)).isInstanceOf(DestroyedKeyException.class);
        assertThatThrownBy(() -> key.seal(PLAIN, PLACE)).isInstanceOf(DestroyedKeyException.class);
    }

    @Test
    void itsPrintedFormHidesIt() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        var printed = SealingKey.of(new KeyName("test", "1"), bytes, new SecureRandom())
                .toString();

        assertThat(printed).contains("hidden").doesNotContain(HexFormat.of().formatHex(bytes, 0, 4));
    }

    @Test
    void namesThatCouldClimbOutOfTheDirectoryAreRefused() {
        assertThatThrownBy(() -> new KeyName("../x", "1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new KeyName("room", "a b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new KeyName("room", "")).isInstanceOf(IllegalArgumentException.class);
        assertThat(new KeyName("room-month", "../../etc").fileName()).matches("[0-9a-f]{64}\\.key");
    }
}
