package lanyard.governance.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import lanyard.governance.carerecord.TestRecord;
import lanyard.messaging.media.Media;
import lanyard.platform.http.TestHttp;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Rule;
import lanyard.trust.identity.TestIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One file that cannot be destroyed is one file.
class FileTurnsTest {
    private static final Duration KEPT = Duration.ofDays(366);
    private static final Duration UNDO = Duration.ofDays(7);

    @TempDir
    Path directory;

    private TestRecord record;
    private Retention retention;
    private Media media;
    private TestHttp upload;
    private UserId porter;

    @BeforeEach
    void start() {
        record = new TestRecord(new AgreeableRecord());
        retention = TestRetention.over(record, directory);
        media = TestRetention.media(record, directory);
        upload = TestHttp.serving(media);
        porter = record.ward.person("pat", "Pat Porter");
    }

    @AfterEach
    void stop() {
        upload.close();
        record.close();
    }

    private String uploaded() {
        return TestRetention.uploaded(upload, record.token(porter));
    }

    private boolean isGone(String file) {
        return media.find(file).orElseThrow().gone();
    }

    @Test
    @Rule("G16")
    void aFileThatCannotBeDestroyedKeepsNoOtherBackAndItsOrderGoesOn() {
        var damaged = uploaded();
        var beside = uploaded();
        record.ward.clock.pass(Duration.ofDays(1));
        var later = uploaded();
        record.ward.clock.pass(KEPT.minusDays(1));
        retention.expire();
        record.ward.clock.pass(Duration.ofDays(1));
        retention.expire();
        sql("alter table media add constraint damaged check (media_id <> '" + damaged
                + "' or destroyed_at is null) not valid");
        record.ward.clock.pass(UNDO);
        assertThatThrownBy(retention::expire).isInstanceOf(RuntimeException.class);
        assertThat(isGone(damaged)).isFalse();
        assertThat(isGone(later)).as("of another order").isTrue();
        assertThat(isGone(beside)).as("of the same order").isTrue();
        assertThat(retention.files().list(TestIdentity.ORGANIZATION.odsCode(), 10))
                .extracting(FileOrder::isOpen)
                .as("the newest first")
                .containsExactly(false, true);
        sql("alter table media drop constraint damaged");
        retention.expire();
        assertThat(isGone(damaged)).isTrue();
    }

    private void sql(String statement) {
        record.ward.database.write(tx -> tx.update(statement).execute());
    }
}
