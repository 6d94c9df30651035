package lanyard.governance.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import lanyard.governance.carerecord.TestRecord;
import lanyard.platform.http.TestHttp;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Rule;
import lanyard.trust.identity.Duty;
import lanyard.trust.identity.StepUp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class HoldEndpointsTest {
    @TempDir
    Path lists;

    private TestRecord record;
    private TestHttp http;
    private UserId officer;

    @BeforeEach
    void start() {
        record = new TestRecord(new AgreeableRecord());
        http = TestHttp.serving(TestRetention.over(record, lists));
        officer = record.recordsOfficer();
    }

    @AfterEach
    void stop() {
        http.close();
        record.close();
    }

    private JsonNode asked(UserId user, String path) {
        return http.get(path, record.token(user)).json();
    }

    @Test
    @Rule("G39")
    void lookingIsWrittenDownAsInTheConsole() {
        record.token(officer);
        record.token(record.nurse);
        var before = leaves();
        asked(officer, "/_lanyard/v1/holds");
        asked(officer, "/_lanyard/v1/disposals");
        asked(officer, "/_lanyard/v1/retention/worklist");
        assertThat(leaves()).isEqualTo(before + 3);
        assertThat(http.get("/_lanyard/v1/holds", record.token(record.nurse)).errcode())
                .isEqualTo("M_FORBIDDEN");
        assertThat(leaves()).as("the refusal").isEqualTo(before + 4);
    }

    private long leaves() {
        return record.ward.database.read(tx ->
                tx.query("select count(*) from audit_leaf").mapTo(Long.class).one());
    }

    /// Whoever is inquired into does not read so in the list of holds, and does not let go what is inquired into.
    @Test
    @Rule("G17")
    void nobodySeesOrLiftsAHoldOnThemselves() {
        var holds = "/_lanyard/v1/holds";
        var body = Json.object()
                .put("kind", "person")
                .put("subject", officer.value())
                .put("reason", "investigation 7");
        record.ward.writer.write(commit -> {
            record.ward.identity.duties().give(commit, record.nurse, Duty.RECORDS, record.registrar);
            return true;
        });
        var placed = http.post(holds, record.token(record.nurse), body);
        var lift = holds + "/" + placed.json().path("hold_id").asString("") + "/lift";
        var why = Json.object().put("reason", "answered");
        assertThat(asked(officer, holds).path("holds")).isEmpty();
        assertThat(http.post(lift, record.token(officer), why).errcode()).isEqualTo("M_NOT_FOUND");
        assertThat(asked(record.nurse, holds).path("holds")).hasSize(1);
        record.ward.clock.pass(StepUp.FRESH);
        assertThat(http.post(lift, record.token(record.nurse), why).errcode())
                .as("an unlocked phone is not enough")
                .isEqualTo("ORG_LANYARD_STEP_UP");
        var proven = record.ward.signedIn(record.nurse).accessToken();
        assertThat(http.post(lift, proven, why).status()).isEqualTo(200);
    }
}
