package lanyard.trust.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageGalleryTest {
    private static final Instant BEGUN = Instant.parse("2026-11-23T10:00:00Z");

    @TempDir
    private Path folder;

    private Path page(String name, Instant written) throws IOException {
        var page = Files.writeString(folder.resolve(name), "<h1>Cases</h1>");
        return Files.setLastModifiedTime(page, FileTime.from(written));
    }

    @Test
    void pagesOfAnEarlierRunGoAndThoseOfThisOneStay() throws IOException {
        var old = page("old.html", BEGUN.minusSeconds(1));
        var fresh = page("fresh.html", BEGUN);

        PageGallery.clear(folder, BEGUN);

        assertThat(old).doesNotExist();
        assertThat(fresh).exists();
    }

    @Test
    void whereThereAreNoneYetNothingIsDone() {
        PageGallery.clear(folder.resolve("none"), BEGUN);

        assertThat(folder.resolve("none")).doesNotExist();
    }
}
