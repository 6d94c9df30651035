package lanyard.messaging.media;

import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/// The program that makes a picture small: picture in, picture out, and nothing else. Uses the JDK alone.
final class Thumbnailer {
    static final int UNREADABLE = 2;
    static final int TOO_LARGE = 3;
    /// A picture of twelve thousand by three thousand, say.
    private static final long MOST_PIXELS = 36_000_000;

    private Thumbnailer() {}

    public static void main(String[] arguments) {
        try {
            ImageIO.setUseCache(false);
            var size = new ThumbnailSize(
                    Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), arguments[2].equals("crop"));
            System.exit(run(System.in, System.out, size));
        } catch (IOException | RuntimeException e) {
            System.exit(UNREADABLE);
        } catch (OutOfMemoryError e) {
            System.exit(TOO_LARGE);
        }
    }

    private static int run(InputStream in, PrintStream out, ThumbnailSize size) throws IOException {
        var whole = new BufferedInputStream(in, Upright.LOOKED_AT);
        whole.mark(Upright.LOOKED_AT);
        // What stands beside the pixels is read for how to turn them, and goes no further.
        var orientation = Upright.orientation(whole.readNBytes(Upright.LOOKED_AT));
        whole.reset();
        try (var image = ImageIO.createImageInputStream(whole)) {
            var readers = ImageIO.getImageReaders(image);
            if (!readers.hasNext()) {
                return UNREADABLE;
            }
            var reader = readers.next();
            reader.setInput(image, true, true);
            if ((long) reader.getWidth(0) * reader.getHeight(0) > MOST_PIXELS) {
                return TOO_LARGE;
            }
            var format = reader.getFormatName().equalsIgnoreCase("jpeg") ? "jpeg" : "png";
            var kind = format.equals("jpeg") ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB;
            var picture = Upright.turned(read(reader, size), orientation, kind);
            ImageIO.write(small(picture, size, kind), format, out);
            out.flush();
            return out.checkError() ? UNREADABLE : 0;
        }
    }

    /// Reads every n-th pixel only, where n leaves twice what is needed.
    private static BufferedImage read(ImageReader reader, ThumbnailSize size) throws IOException {
        var every = Math.max(
                1, Math.min(reader.getWidth(0) / (2 * size.width()), reader.getHeight(0) / (2 * size.height())));
        var how = reader.getDefaultReadParam();
        how.setSourceSubsampling(every, every, 0, 0);
        return reader.read(0, how);
    }

    private static BufferedImage small(BufferedImage picture, ThumbnailSize size, int kind) {
        var across = (double) size.width() / picture.getWidth();
        var down = (double) size.height() / picture.getHeight();
        var factor = Math.min(1, size.crop() ? Math.max(across, down) : Math.min(across, down));
        var width = Math.max(1, (int) Math.round(picture.getWidth() * factor));
        var height = Math.max(1, (int) Math.round(picture.getHeight() * factor));
        var shownWidth = size.crop() ? Math.min(width, size.width()) : width;
        var shownHeight = size.crop() ? Math.min(height, size.height()) : height;
        var small = new BufferedImage(shownWidth, shownHeight, kind);
        var graphics = small.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(picture, (shownWidth - width) / 2, (shownHeight - height) / 2, width, height, null);
        graphics.dispose();
        return small;
    }
}
