package lanyard.messaging.media;

/// How much may be kept.
///
/// @param largestBytes of one file
/// @param quotaBytes of all the files of one person
public record MediaSettings(long largestBytes, long quotaBytes) {
    private static final long MEBIBYTE = 1024 * 1024;

    public MediaSettings {
        if (largestBytes < 1 || quotaBytes < largestBytes) {
            throw new IllegalArgumentException("a person's quota holds at least one file of the largest size");
        }
    }

    public static MediaSettings ofMebibytes(long largest, long quota) {
        return new MediaSettings(largest * MEBIBYTE, quota * MEBIBYTE);
    }
}
