package lanyard.messaging.media;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;

/// Small pictures of pictures. They are kept in memory only: what is destroyed must not live on in a copy.
///
/// What could go wrong: a picture made to harm the program that decodes it. So a process of its own does that, with
/// little memory and little time, and knows nothing: neither keys nor database.
final class Thumbnails {
    private static final int AT_ONCE = 2;
    private static final long KEPT_BYTES = 16L * 1024 * 1024;
    static final long LARGEST_PICTURE = 20L * 1024 * 1024;

    private record Key(String id, ThumbnailSize size) {}

    private final Semaphore turns = new Semaphore(AT_ONCE, true);
    private final Cache<Key, byte[]> made = Caffeine.newBuilder()
            .maximumWeight(KEPT_BYTES)
            .weigher((Key key, byte[] bytes) -> bytes.length)
            .build();

    /// A PNG or a JPEG. Errors: `M_TOO_LARGE`; `M_UNKNOWN` (400) for what is no PNG, JPEG or GIF; `M_LIMIT_EXCEEDED`.
    byte[] of(StoredMedia media, ThumbnailSize size, Supplier<InputStream> content) {
        if (media.bytes() > LARGEST_PICTURE) {
            throw tooLarge();
        }
        var key = new Key(media.id(), size);
        var known = made.getIfPresent(key);
        if (known != null) {
            return known;
        }
        var fresh = inTurn(size, content);
        made.put(key, fresh);
        return fresh;
    }

    /// The same of a picture that is no file of anybody's; it is not remembered.
    byte[] of(byte[] picture, ThumbnailSize size) {
        if (picture.length > LARGEST_PICTURE) {
            throw tooLarge();
        }
        return inTurn(size, () -> new ByteArrayInputStream(picture));
    }

    void forget(String id) {
        made.asMap().keySet().removeIf(key -> key.id().equals(id));
    }

    private byte[] inTurn(ThumbnailSize size, Supplier<InputStream> content) {
        try {
            if (!turns.tryAcquire(5, TimeUnit.SECONDS)) {
                throw new MatrixException(
                        ErrorCode.M_LIMIT_EXCEEDED, "Too many pictures at once. Try again in a moment.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MatrixException(ErrorCode.M_LIMIT_EXCEEDED, "The server is stopping. Ask again in a moment.");
        }
        try (var in = content.get()) {
            return ThumbnailProcess.run(size, in);
        } catch (IOException e) {
            throw new IllegalStateException("a picture could not be read", e);
        } finally {
            turns.release();
        }
    }

    static MatrixException tooLarge() {
        return new MatrixException(ErrorCode.M_TOO_LARGE, "That picture is too large to be made small here.");
    }

    static MatrixException noPicture() {
        return new MatrixException(ErrorCode.M_UNKNOWN, "Only PNG, JPEG and GIF pictures have a small version.")
                .status(400);
    }
}
