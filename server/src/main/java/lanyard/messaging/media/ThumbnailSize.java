package lanyard.messaging.media;

import java.util.List;

/// The sizes in which thumbnails are made: <https://spec.matrix.org/v1.18/client-server-api/#thumbnails>
record ThumbnailSize(int width, int height, boolean crop) {
    private static final List<ThumbnailSize> MADE = List.of(
            new ThumbnailSize(32, 32, true),
            new ThumbnailSize(96, 96, true),
            new ThumbnailSize(320, 240, false),
            new ThumbnailSize(640, 480, false),
            new ThumbnailSize(800, 600, false));

    /// The smallest that is at least as large as what is wanted, else the largest; so nobody can ask for a thousand
    /// sizes.
    static ThumbnailSize closest(int width, int height, String method) {
        var crop = method.equals("crop");
        return MADE.stream()
                .filter(made -> made.width >= width && made.height >= height)
                .findFirst()
                .map(made -> new ThumbnailSize(made.width, made.height, crop))
                .orElse(new ThumbnailSize(800, 600, crop));
    }
}
