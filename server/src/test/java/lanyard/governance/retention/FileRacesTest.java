package lanyard.governance.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import lanyard.abuse.Meeting;
import lanyard.governance.carerecord.TestRecord;
import lanyard.messaging.media.Media;
import lanyard.platform.http.TestHttp;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Writer;
import lanyard.standards.matrix.MatrixException;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import lanyard.trust.hold.HoldSubject;
import lanyard.trust.hold.Holds;
import lanyard.trust.hold.NewHold;
import lanyard.trust.identity.TestIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What comes together with the disposal of files: I4 for them.
class FileRacesTest {
    private static final int ROUNDS = Integer.getInteger("lanyard.race-rounds", 24);
    private static final String ORGANIZATION = TestIdentity.ORGANIZATION.odsCode();

    @TempDir
    Path directory;

    private TestRecord record;
    private Retention retention;
    private Media media;
    private TestHttp upload;

    @BeforeEach
    void start() {
        record = new TestRecord(new AgreeableRecord());
        retention = TestRetention.over(record, directory);
        media = TestRetention.media(record, directory, false);
        upload = TestHttp.serving(media);
    }

    @AfterEach
    void stop() {
        upload.close();
        record.close();
    }

    /// The nurse's, which the record has, so that nothing but holds keeps them.
    private List<String> uploaded(int files) {
        var token = record.token(record.nurse);
        var all = new ArrayList<String>();
        for (var i = 0; i < files; i++) {
            var request = HttpRequest.newBuilder(upload.address("/_matrix/media/v3/upload"))
                    .POST(BodyPublishers.ofByteArray(new byte[] {1}))
                    .header("Content-Type", "application/octet-stream")
                    .header("Authorization", "Bearer " + token)
                    .build();
            var answer = upload.send(request);
            // A thousand are more than one person may change in a minute.
            while (answer.status() == 429) {
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
                answer = upload.send(request);
            }
            var uri = Json.text(answer.json(), "content_uri");
            var id = uri.substring(uri.lastIndexOf('/') + 1);
            record.ward.writer.write(commit -> {
                retention.fileIsInRecord(commit, id, record.registrar, "Binary/7");
                return id;
            });
            all.add(id);
            record.ward.clock.pass(Duration.ofMillis(1));
        }
        return all;
    }

    private void marked() {
        record.ward.clock.pass(Duration.ofDays(366));
        for (var file = 0; file < ROUNDS; file += 500) {
            retention.expire();
        }
        assertThat(retention.files().list(ORGANIZATION, 10).stream()
                        .mapToInt(FileOrder::files)
                        .sum())
                .isEqualTo(ROUNDS);
    }

    private boolean isGone(String file) {
        return media.find(file).orElseThrow().gone();
    }

    private Thread sweepOf(String file) {
        return Thread.ofPlatform()
                .start(() -> retention.files().destroy(media.find(file).orElseThrow()));
    }

    @Test
    @Rule("G17")
    @Hazard("H06")
    void i4AHoldAndTheEndOfAFileAreNeverBothCarriedOut() throws InterruptedException {
        var files = uploaded(ROUNDS);
        marked();
        record.ward.clock.pass(Duration.ofDays(7));
        var subjects = List.of(
                HoldSubject.room(record.room),
                HoldSubject.person(record.nurse),
                HoldSubject.patient(record.patient.value()));
        var meeting = new Meeting();
        try (var second = Writer.start(record.ward.database, "second")) {
            var holds = new Holds(second, record.ward.audit, record.ward.clock, record.ward.random);
            for (var round = 0; round < ROUNDS; round++) {
                var file = files.get(round);
                var sweep = sweepOf(file);
                meeting.second();
                var subject = subjects.get(round % subjects.size());
                var hold = holds.place(new NewHold(ORGANIZATION, subject, record.registrar, "round " + round));
                var wasGone = isGone(file);
                sweep.join();
                assertThat(isGone(file)).isEqualTo(wasGone);
                meeting.won(wasGone);
                holds.lift(hold, record.registrar, "next round");
            }
        }
        assertThat(meeting.bothHaveWon()).isTrue();
        retention.expire();
        assertThat(files).allSatisfy(file -> assertThat(isGone(file)).isTrue());
    }

    @Test
    @Rule("G16")
    @Hazard("H06")
    void callingOffAndTheEndOfAFileHaveExactlyOneOutcome() throws InterruptedException {
        var meeting = new Meeting();
        for (var round = 0; round < Math.min(ROUNDS, 24); round++) {
            var file = uploaded(1).getFirst();
            record.ward.clock.pass(Duration.ofDays(366));
            retention.expire();
            record.ward.clock.pass(Duration.ofDays(7));
            var order = retention.files().list(ORGANIZATION, 1).getFirst().id();
            var sweep = sweepOf(file);
            meeting.second();
            var calledOff = isCalledOff(order);
            sweep.join();
            assertThat(isGone(file)).isNotEqualTo(calledOff);
            meeting.won(!calledOff);
            record.ward.clock.pass(Duration.ofDays(28));
            retention.expire();
            record.ward.clock.pass(Duration.ofDays(7));
            retention.expire();
            assertThat(isGone(file)).isTrue();
        }
        assertThat(meeting.bothHaveWon()).isTrue();
    }

    private boolean isCalledOff(String order) {
        try {
            record.ward.writer.write(
                    commit -> retention.files().callOff(commit, order, record.registrar, "by mistake"));
            return true;
        } catch (MatrixException e) {
            return false;
        }
    }
}
