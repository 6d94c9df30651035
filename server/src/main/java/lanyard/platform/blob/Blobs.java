package lanyard.platform.blob;

import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import lanyard.platform.CrashPoint;
import lanyard.platform.file.DurableFile;
import lanyard.platform.sealing.DestroyedKeyException;
import lanyard.platform.sealing.KeyName;
import lanyard.platform.sealing.KeyStore;
import lanyard.platform.sealing.SealingKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Files that are sealed as they come in and opened as they go out, in segments, so that none is ever held whole and
/// any
/// part can be read alone. The cipher is Tink's streaming AES-256-GCM.
/// <https://developers.google.com/tink/streaming-aead/aes_gcm_hkdf_streaming>
///
/// What could go wrong: half a file is taken for a whole one; a file is read in another's place; a deleted file can be
/// read from a backup. The principles: a file gets its name after it is whole and on the disk; the last segment says
/// that
/// it is the last, and the id is authenticated with each; each has a key of its own in the key store, and destroying
/// that
/// is what deletes it.
public final class Blobs {
    /// Where the key store keeps their keys.
    public static final String SCOPE = "blob";

    private static final Logger LOG = LoggerFactory.getLogger(Blobs.class);
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{8,64}");
    private static final String PURPOSE = "blob stream";
    private static final String UNFINISHED = "unfinished";
    private static final int SEGMENT_BYTES = 64 * 1024;

    private final Path directory;
    private final KeyStore keys;

    private Blobs(Path directory, KeyStore keys) {
        this.directory = directory;
        this.keys = keys;
    }

    public static Blobs in(Path directory, KeyStore keys) {
        try {
            Files.createDirectories(directory.resolve(UNFINISHED));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Blobs(directory, keys);
    }

    /// Seals what `in` gives under a fresh key; durable when it returns, with its length. When `in` or the disk fails,
    /// nothing is left, not even the key.
    public long put(String id, InputStream in) {
        var part = unfinished(id);
        try {
            var length = seal(id, in, part);
            CrashPoint.at("blob.sealed");
            try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            CrashPoint.at("blob.durable");
            publish(id, part);
            CrashPoint.at("blob.published");
            return length;
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            abandon(id, part);
            throw fault(e);
        }
    }

    private long seal(String id, InputStream in, Path part) throws IOException, GeneralSecurityException {
        var file = Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (file;
                var sealing = cipher(keys.key(name(id))).newEncryptingStream(file, associated(id))) {
            return in.transferTo(sealing);
        }
    }

    private static RuntimeException fault(Exception e) {
        return e instanceof RuntimeException already ? already : new IllegalStateException("a file was not kept", e);
    }

    private void publish(String id, Path part) throws IOException {
        var file = file(id);
        Files.createDirectories(file.getParent());
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        for (var changed : List.of(file.getParent(), directory)) {
            DurableFile.syncEntries(changed);
        }
    }

    private void abandon(String id, Path part) {
        try {
            Files.deleteIfExists(part);
            keys.destroy(name(id), "the upload did not finish");
        } catch (IOException e) {
            LOG.warn("an unfinished file stays until the next sweep");
        }
    }

    /// The file, ready to be read from byte `from` on; empty when there is none or its key is destroyed. Close it.
    public Optional<InputStream> open(String id, long from) {
        try {
            var key = keys.find(name(id));
            if (key.isEmpty() || !Files.exists(file(id))) {
                return Optional.empty();
            }
            var channel = FileChannel.open(file(id), StandardOpenOption.READ);
            return Optional.of(read(id, key.get(), channel, from));
        } catch (DestroyedKeyException e) {
            return Optional.empty();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("a file cannot be opened", e);
        }
    }

    private static InputStream read(String id, SealingKey key, FileChannel channel, long from)
            throws IOException, GeneralSecurityException {
        try {
            var plain = cipher(key).newSeekableDecryptingChannel(channel, associated(id));
            plain.position(from);
            return Channels.newInputStream(plain);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// The small things that belong to a file and go with it, such as its name.
    public byte[] sealNote(String id, byte[] note) {
        return keys.key(name(id)).seal(note, associated(id));
    }

    /// Empty when the key is destroyed.
    public Optional<byte[]> openNote(String id, byte[] sealed) {
        try {
            return keys.find(name(id)).map(key -> key.open(sealed, associated(id)));
        } catch (DestroyedKeyException e) {
            return Optional.empty();
        }
    }

    /// Destroys the key, then the file. Whoever calls it has asked whether it may be destroyed.
    public void destroy(String id, String why) {
        keys.destroy(name(id), why);
        try {
            Files.deleteIfExists(file(id));
        } catch (IOException e) {
            LOG.warn("a file without a key could not be deleted");
        }
    }

    /// What an upload that died left behind before `before`.
    public void clearUnfinished(Instant before) {
        try (var parts = Files.list(directory.resolve(UNFINISHED))) {
            for (var part : parts.toList()) {
                if (Files.getLastModifiedTime(part).toInstant().isBefore(before)) {
                    abandon(part.getFileName().toString(), part);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AesGcmHkdfStreaming cipher(SealingKey key) throws GeneralSecurityException {
        return new AesGcmHkdfStreaming(key.derive(PURPOSE), "HmacSha256", SealingKey.KEY_BYTES, SEGMENT_BYTES, 0);
    }

    private static byte[] associated(String id) {
        return ("blob " + id).getBytes(StandardCharsets.UTF_8);
    }

    private static KeyName name(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("a file's id is 8 to 64 letters, digits, - and _");
        }
        return new KeyName(SCOPE, id);
    }

    private Path unfinished(String id) {
        return directory.resolve(UNFINISHED).resolve(name(id).id());
    }

    private Path file(String id) {
        return directory.resolve(name(id).id().substring(0, 2)).resolve(id);
    }
}
