package lanyard.messaging.media;

import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// How a camera was held: a phone writes the picture as the sensor saw it and says beside it how to turn it. What is
/// written anew has nothing beside it, so it is turned before.
final class Upright {
    /// As far into a file as cameras write it.
    static final int LOOKED_AT = 128 * 1024;

    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
    private static final int START = 0xffd8;
    private static final int APP1 = 0xffe1;
    private static final int PIXELS = 0xffda;
    private static final int ORIENTATION = 0x0112;

    private Upright() {}

    /// From 1, which is upright, to 8, of the beginning of a picture. What is no JPEG or cannot be read counts as
    /// upright.
    static int orientation(byte[] beginning) {
        try {
            var file = ByteBuffer.wrap(beginning);
            if (word(file) != START) {
                return 1;
            }
            for (var marker = word(file); marker > 0xff00 && marker != PIXELS; marker = word(file)) {
                var segment = new byte[word(file) - 2];
                file.get(segment);
                var found = marker == APP1 ? inExif(segment) : Optional.<Integer>empty();
                if (found.isPresent()) {
                    return found.get();
                }
            }
        } catch (BufferUnderflowException | IllegalArgumentException | NegativeArraySizeException e) {
            return 1;
        }
        return 1;
    }

    private static int word(ByteBuffer file) {
        return Short.toUnsignedInt(file.getShort());
    }

    private static Optional<Integer> inExif(byte[] marker) {
        if (marker.length < EXIF.length + 8
                || !ByteBuffer.wrap(marker, 0, EXIF.length).equals(ByteBuffer.wrap(EXIF))) {
            return Optional.empty();
        }
        var tiff = ByteBuffer.wrap(marker, EXIF.length, marker.length - EXIF.length)
                .slice();
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        tiff.position(tiff.getInt(4));
        for (var left = word(tiff); left > 0 && tiff.remaining() >= 12; left--) {
            var tag = word(tiff);
            tiff.getShort();
            tiff.getInt();
            var value = word(tiff);
            tiff.getShort();
            if (tag == ORIENTATION && value >= 1 && value <= 8) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    static BufferedImage turned(BufferedImage picture, int orientation, int kind) {
        if (orientation == 1) {
            return picture;
        }
        var across = picture.getWidth();
        var down = picture.getHeight();
        var how = switch (orientation) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, across, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, across, down);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, down);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, down, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, down, across);
            default -> new AffineTransform(0, -1, 1, 0, 0, across);
        };
        var lies = orientation >= 5;
        var turned = new BufferedImage(lies ? down : across, lies ? across : down, kind);
        var graphics = turned.createGraphics();
        graphics.drawImage(picture, how, null);
        graphics.dispose();
        return turned;
    }
}
