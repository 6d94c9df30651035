package lanyard.platform.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import lanyard.platform.TestClock;
import lanyard.platform.sealing.KeyStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobsTest {
    private static final String ID = "abcdefgh12345678";

    @TempDir
    private Path directory = Path.of("");

    private final SecureRandom random = new SecureRandom();

    private Path files() {
        return directory.resolve("media");
    }

    private Blobs blobs() {
        return Blobs.in(files(), KeyStore.open(directory.resolve("keys"), new TestClock(), random));
    }

    @BeforeEach
    void begin() {
        assertThat(directory).exists();
    }

    private static InputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    private byte[] bytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] read(Blobs blobs, String id, long from) throws IOException {
        try (var in = blobs.open(id, from).orElseThrow()) {
            return in.readAllBytes();
        }
    }

    private List<Path> filesLeft() throws IOException {
        try (var walk = Files.walk(files())) {
            return walk.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void whatWentInComesOutFromAnywhere() throws IOException {
        for (var size : new int[] {0, 1, 65_000, 65_536, 300_001}) {
            var id = ID + size;
            var content = bytes(size);
            assertThat(blobs().put(id, stream(content))).isEqualTo(size);
            assertThat(read(blobs(), id, 0)).isEqualTo(content);
            var middle = size / 2;
            assertThat(read(blobs(), id, middle)).isEqualTo(Arrays.copyOfRange(content, middle, size));
        }
    }

    @Test
    void nothingReadableIsOnTheDisk() throws IOException {
        blobs().put(ID, stream("a very private sentence".repeat(100).getBytes(StandardCharsets.UTF_8)));
        for (var file : filesLeft()) {
            assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                    .doesNotContain("private sentence");
        }
    }

    @Test
    void halfAnUploadLeavesNothing() throws IOException {
        var broken = new SequenceInputStream(stream(bytes(200_000)), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the line was cut");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                throw new IOException("the line was cut");
            }
        });
        assertThatThrownBy(() -> blobs().put(ID, broken)).isInstanceOf(IllegalStateException.class);
        assertThat(filesLeft()).isEmpty();
        assertThat(blobs().open(ID, 0)).isEmpty();
    }

    @Test
    void whatAKilledUploadLeftIsCleared() throws IOException {
        var blobs = blobs();
        var left = files().resolve("unfinished").resolve(ID);
        Files.write(left, bytes(1000));
        blobs.clearUnfinished(Instant.now().minus(Duration.ofHours(1)));
        assertThat(left).exists();
        blobs.clearUnfinished(Instant.now().plus(Duration.ofHours(1)));
        assertThat(filesLeft()).isEmpty();
    }

    @Test
    void aFileThatWasCutMovedOrChangedIsNotRead() throws IOException {
        var blobs = blobs();
        blobs.put(ID, stream(bytes(200_000)));
        blobs.put(ID + "x", stream(bytes(200_000)));
        var file = files().resolve("ab").resolve(ID);
        var sealed = Files.readAllBytes(file);

        Files.write(file, Arrays.copyOf(sealed, 70_000));
        assertThatThrownBy(() -> read(blobs, ID, 0)).isInstanceOf(Exception.class);
        var changed = sealed.clone();
        changed[150_000] ^= 1;
        Files.write(file, changed);
        assertThatThrownBy(() -> read(blobs, ID, 0)).isInstanceOf(Exception.class);
        Files.write(file, Files.readAllBytes(files().resolve("ab").resolve(ID + "x")));
        assertThatThrownBy(() -> read(blobs, ID, 0)).isInstanceOf(Exception.class);
        Files.write(file, sealed);
        assertThat(read(blobs, ID, 0)).hasSize(200_000);
    }

    @Test
    void destroyedIsGoneAlsoWhenTheFileComesBack() throws IOException {
        var blobs = blobs();
        blobs.put(ID, stream(bytes(1000)));
        var note = blobs.sealNote(ID, new byte[] {1, 2});
        assertThat(blobs.openNote(ID, note)).contains(new byte[] {1, 2});
        var file = files().resolve("ab").resolve(ID);
        var backup = Files.readAllBytes(file);

        blobs.destroy(ID, "the person asked");
        assertThat(file).doesNotExist();
        Files.write(file, backup);
        assertThat(blobs().open(ID, 0)).isEmpty();
        assertThat(blobs().openNote(ID, note)).isEmpty();
    }

    @Test
    void anIdIsNoPath() {
        for (var id : List.of("../../etc/passwd", "short", "a/b/c/d/e/f", "x".repeat(65))) {
            assertThatThrownBy(() -> blobs().put(id, stream(bytes(1)))).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
