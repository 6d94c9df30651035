package lanyard.governance.carerecord;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// Kinds of pictures that a record is given, told by how they begin and not by what somebody says.
public enum ImageType {
    JPEG("image/jpeg", "jpg"),
    PNG("image/png", "png"),
    WEBP("image/webp", "webp");

    private static final byte[] JPEG_BEGINS = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};
    private static final byte[] PNG_BEGINS = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte[] RIFF = "RIFF".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] WEBP_AFTER_EIGHT = "WEBP".getBytes(StandardCharsets.US_ASCII);

    private final String word;
    private final String ending;

    ImageType(String word, String ending) {
        this.word = word;
        this.ending = ending;
    }

    public String word() {
        return word;
    }

    String ending() {
        return ending;
    }

    static ImageType of(String word) {
        return Arrays.stream(values())
                .filter(type -> type.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such kind of picture"));
    }

    static Optional<ImageType> of(byte[] picture) {
        if (has(picture, 0, JPEG_BEGINS)) {
            return Optional.of(JPEG);
        }
        if (has(picture, 0, PNG_BEGINS)) {
            return Optional.of(PNG);
        }
        return has(picture, 0, RIFF) && has(picture, 8, WEBP_AFTER_EIGHT) ? Optional.of(WEBP) : Optional.empty();
    }

    private static boolean has(byte[] picture, int at, byte[] wanted) {
        return picture.length >= at + wanted.length
                && Arrays.equals(picture, at, at + wanted.length, wanted, 0, wanted.length);
    }
}
