package lanyard.governance.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import lanyard.traceability.Hazard;
import org.junit.jupiter.api.Test;

/// What is hidden beside a picture does not leave with it.
@Hazard("H15")
class PictureTest {
    private static final String SECRET = "Lee 51.5N";

    private static int[] pixels(byte[] file) throws IOException {
        var image = ImageIO.read(new ByteArrayInputStream(file));
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    @Test
    void thePixelsStayAndWhatIsBesideThemGoes() throws IOException {
        for (var file : List.of(TestFiles.jpeg(SECRET), TestFiles.png(SECRET), TestFiles.gif(SECRET))) {
            assertThat(new String(file, StandardCharsets.ISO_8859_1)).contains(SECRET);
            var clean = Picture.clean(file).orElseThrow();
            assertThat(new String(clean, StandardCharsets.ISO_8859_1)).doesNotContain(SECRET, "Exif", "tEXt");
            assertThat(pixels(clean)).isEqualTo(pixels(file));
            assertThat(Picture.clean(clean))
                    .hasValueSatisfying(again -> assertThat(again).isEqualTo(clean));
        }
    }

    private static byte[] part(String name, byte[] said) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(name.getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(new byte[] {(byte) said.length, 0, 0, 0});
        out.writeBytes(said);
        out.write(new byte[1], 0, said.length % 2);
        return out.toByteArray();
    }

    @Test
    void ofAWebPictureTheMetadataGoesAndItsHeadSaysSo() {
        var out = new ByteArrayOutputStream();
        out.writeBytes("WEBP".getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(part("VP8X", new byte[] {0x2c | 0x10, 0, 0, 0, 7, 0, 0, 7, 0, 0}));
        out.writeBytes(part("VP8 ", new byte[] {1, 2, 3}));
        out.writeBytes(part("EXIF", SECRET.getBytes(StandardCharsets.UTF_8)));
        var file = part("RIFF", out.toByteArray());
        var clean = Picture.clean(file).orElseThrow();
        assertThat(new String(clean, StandardCharsets.ISO_8859_1)).doesNotContain(SECRET, "EXIF");
        assertThat(clean[4]).isEqualTo((byte) (clean.length - 8));
        assertThat(clean[20]).isEqualTo((byte) 0x10);
    }

    @Test
    void aPictureThatIsDamagedOrOfAnotherKindIsRefusedWithASentence() {
        var jpeg = TestFiles.jpeg(SECRET);
        assertThat(Picture.clean(Arrays.copyOf(jpeg, jpeg.length / 2))).isEmpty();
        assertThat(Picture.clean("II*\0".getBytes(StandardCharsets.ISO_8859_1))).isEmpty();
        var items = new Items();
        var photo = new Item.Attachment("a.heic", "image/heic", 9, "", "blob-id-1", "");
        items.add(Items.TOM, Optional.of(photo), Items.around(Optional.empty()), "look");
        var head = new Sheet.Head("SAR-17", "Subject access request", "Riverside", Items.START, 1);
        var making = new PackMaking(items.all(), List.of(), one -> new byte[] {1, 2, 3});
        assertThatThrownBy(() -> making.make(head, List.of()))
                .hasMessageContaining("hidden in pictures")
                .hasMessageContaining("files/0001.bin. Withhold the file.");
    }
}
