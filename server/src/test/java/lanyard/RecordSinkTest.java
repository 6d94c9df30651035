package lanyard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import lanyard.governance.carerecord.RecordSink;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where decisions go, as the settings say, and where those of before are.
class RecordSinkTest {
    private static final URI FHIR = URI.create("https://fhir.example.org/r4");

    @TempDir
    Path folder;

    private RecordSink sink(Optional<URI> fhir, boolean byHand, Running running) {
        var settings = new Settings.CareRecordSettings(fhir, "", false, folder, byHand);
        return Governance.sink(settings, running).apply(Demonstration.ODS_CODE);
    }

    @Test
    @Rule("G15")
    @Hazard("H05")
    void whatWasSavedToTheFolderBeforeIsHeardOfThere() throws IOException {
        Files.writeString(folder.resolve("one.json.filed"), "EPR 4711\n");
        try (var running = new Running()) {
            var inFolder = sink(Optional.empty(), false, running);
            var byHand = sink(Optional.empty(), true, running);
            var fhir = sink(Optional.of(FHIR), false, running);
            assertThat(List.of(inFolder.kind(), byHand.kind(), fhir.kind()))
                    .containsExactly(RecordSink.Kind.FOLDER, RecordSink.Kind.PASTE, RecordSink.Kind.FHIR);
            assertThat(List.of(inFolder, byHand, fhir)).allSatisfy(sink -> {
                assertThat(sink.findFiled("one.json")).contains("EPR 4711");
                assertThat(sink.findFiled("two.json")).isEmpty();
            });
            assertThat(byHand.deliver(new UUID(0, 1), new byte[] {1}))
                    .as("nothing new goes there")
                    .isInstanceOf(RecordSink.Outcome.ByHand.class);
            assertThat(folder.resolve(new UUID(0, 1) + ".json")).doesNotExist();
        }
    }
}
