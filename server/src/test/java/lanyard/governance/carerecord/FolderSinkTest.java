package lanyard.governance.carerecord;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import lanyard.governance.carerecord.RecordSink.Outcome;
import lanyard.platform.json.Json;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSinkTest {
    @TempDir
    Path directory;

    @Test
    void aDecisionIsOneFileThatOnlyTheServerMayRead() throws IOException {
        var sink = new FolderSink(directory.resolve("decisions"));
        var name = Documents.ID + ".json";
        assertThat(sink.deliver(Documents.ID, new byte[] {1, 2})).isEqualTo(new Outcome.Kept(name));
        assertThat(sink.deliver(Documents.ID, new byte[] {1, 2})).isEqualTo(new Outcome.Kept(name));
        var decisions = directory.resolve("decisions");
        var file = decisions.resolve(name);
        assertThat(file).hasBinaryContent(new byte[] {1, 2});
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");

        assertThat(decisions.toFile().list()).containsExactly(name);
    }

    @Test
    void anotherFileOfThatNameIsNotOverwritten() throws IOException {
        var file = Files.write(directory.resolve(Documents.ID + ".json"), new byte[] {9});
        assertThat(new FolderSink(directory).deliver(Documents.ID, new byte[] {1}))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(file).hasBinaryContent(new byte[] {9});
    }

    @Test
    void aFolderThatCannotBeWrittenIsTriedAgain() throws IOException {
        var file = Files.createFile(directory.resolve("not-a-directory"));
        assertThat(new FolderSink(file).deliver(Documents.ID, new byte[] {1})).isInstanceOf(Outcome.NotReached.class);
    }

    @Test
    void aPictureOfADecisionLiesBesideItAndIsNotOverwritten() {
        var id = UUID.fromString("5b1e7a53-3b0e-4a0e-8a51-4a9a40a6d0f4");
        var sink = new FolderSink(directory);
        var name = Documents.ID + "-" + id + ".png";
        assertThat(sink.deliverImage(Documents.ID, new RecordImage(id, ImageType.PNG, Json.object(), new byte[] {1})))
                .isEqualTo(new Outcome.Kept(name));
        assertThat(directory.resolve(name)).hasBinaryContent(new byte[] {1});
        assertThat(sink.deliverImage(Documents.ID, new RecordImage(id, ImageType.PNG, Json.object(), new byte[] {2})))
                .isInstanceOf(Outcome.Refused.class);
    }

    /// A file that is moved or deleted may have gone anywhere.
    @Test
    @Rule("G15")
    @Hazard("H06")
    void onlyAWholeLineWithAReferenceSaysThatADecisionIsInTheRecord() throws IOException {
        var sink = new FolderSink(directory);
        sink.deliver(Documents.ID, new byte[] {1});
        assertThat(sink.findFiled(Documents.ID + ".json")).isEmpty();
        var decision = directory.resolve(Documents.ID + ".json");
        Files.move(decision, directory.resolve("done-" + decision.getFileName()));
        assertThat(sink.findFiled(Documents.ID + ".json")).isEmpty();

        var filed = directory.resolve(Documents.ID + ".json.filed");
        for (var unfinished :
                List.of("", "\n", "EPR 47", "one\ntwo\n", "x".repeat(101) + "\n", "x".repeat(5_000) + "\n")) {
            Files.writeString(filed, unfinished);
            assertThat(sink.findFiled(Documents.ID + ".json")).as(unfinished).isEmpty();
        }
        Files.writeString(filed, "EPR 4711\n");
        assertThat(sink.findFiled(Documents.ID + ".json")).contains("EPR 4711");
        assertThat(sink.findFiled(UUID.randomUUID() + ".json")).isEmpty();
    }
}
