package lanyard.governance.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lanyard.governance.disclosure.CaseId;
import lanyard.governance.disclosure.TestCases;
import lanyard.platform.blob.Blobs;
import lanyard.platform.json.Json;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/// What is decided of a message is decided of what it said then.
@Rule("G17")
@Hazard("H15")
class NotesTest {
    private static final CaseId CASE = new CaseId("case-0123456789abcdef");

    @TempDir
    Path directory;

    private final TestCases test = new TestCases();
    private final Items items = new Items();
    private final List<ReviewStore.NoteRow> rows = new ArrayList<>();

    @AfterEach
    void close() {
        test.close();
    }

    private CaseFiles files() {
        var ward = test.record.ward;
        return new CaseFiles(new ReviewParts.Ground(
                ward.database, ward.writer, ward.keys, Blobs.in(directory, ward.keys), ward.clock, ward.random));
    }

    private void note(CaseFiles files, String kind, ObjectNode said) {
        var id = "note-" + rows.size();
        var sealed = files.seal(CASE, id, Json.bytes(said));
        rows.add(new ReviewStore.NoteRow(id, kind, test.officer.user(), Items.START, sealed));
    }

    @Test
    void anEditThatIsTakenAfterwardsWasReadByNobodyAndIsNotKnown() {
        var files = files();
        var item = items.say(Items.RHIAN, "she is comfortable", "she is comfortable, says Mrs Jones");
        note(files, Notes.REVIEWED, Notes.about(item));
        note(files, Notes.KNOWN, Notes.about(item).put("why", "she was told"));
        var notes = Notes.of(files, CASE, rows);
        assertThat(notes.isReviewed(item)).isTrue();
        assertThat(notes.known(item))
                .hasValueSatisfying(mark -> assertThat(mark.why()).isEqualTo("she was told"));

        var versions = new ArrayList<>(item.versions());
        versions.add(new Item.Version(items.nextEvent(), Items.START + 9_000, "she is not, says Mrs Jones"));
        var edited =
                new Item(item.number(), item.room(), item.id(), item.sender(), versions, item.file(), item.around());
        assertThat(notes.isReviewed(edited)).isFalse();
        assertThat(notes.known(edited)).isEmpty();
    }
}
