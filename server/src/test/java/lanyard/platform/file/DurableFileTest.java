package lanyard.platform.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFileTest {
    @TempDir
    private Path directory;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aFileIsReplacedWholeAndNothingIsLeftBesideIt() throws IOException {
        var file = directory.resolve("kept");
        DurableFile.replace(file, bytes("one"));
        DurableFile.replace(file, bytes("two"));
        assertThat(file).hasContent("two");
        assertThat(directory.toFile().list()).containsExactly("kept");
    }

    @Test
    void onlyTheOwnerMayReadIt() throws IOException {
        var file = directory.resolve("kept");
        DurableFile.replace(file, bytes("one"));
        assertThat(Files.getPosixFilePermissions(file))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }

    @Test
    void aFileThatIsThereIsNotOverwritten() throws IOException {
        var file = directory.resolve("kept");
        DurableFile.createNew(file, bytes("one"));
        assertThatThrownBy(() -> DurableFile.createNew(file, bytes("two")))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasContent("one");
    }

    @Test
    void whatCannotBeReplacedStays() throws IOException {
        var file = Files.createDirectory(directory.resolve("kept"));
        Files.writeString(file.resolve("inside"), "x");
        assertThatThrownBy(() -> DurableFile.replace(file, bytes("two"))).isInstanceOf(IOException.class);
        assertThat(directory.toFile().list()).containsExactly("kept");
    }
}
