package lanyard.traceability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A committed file that is made from something else, and must not fall behind it.
final class Generated {
    private static final boolean REGENERATE = Boolean.getBoolean("lanyard.regenerate");

    private Generated() {}

    /// Fails when `file` does not say `expected`; with `-Dlanyard.regenerate=true` writes it instead.
    static void check(Path file, String expected, Class<?> test) {
        if (REGENERATE) {
            write(file, expected);
        }
        assertThat(Files.exists(file) ? read(file) : "")
                .as("%s is stale. In server/: mvn test -Dtest=%s -Dlanyard.regenerate=true", file, test.getSimpleName())
                .isEqualTo(expected);
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            if (file.getParent() != null) {
                Files.createDirectories(file.getParent());
            }
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
