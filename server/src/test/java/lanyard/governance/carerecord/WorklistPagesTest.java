package lanyard.governance.carerecord;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import lanyard.MovableClock;
import lanyard.TestServer;
import lanyard.platform.json.Json;
import lanyard.traceability.Rule;
import lanyard.trust.console.TestConsole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The worklist of decisions as the records manager sees it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorklistPagesTest {
    private static final String PATH = "/console/decisions";
    private static final String REFUSED = "5f0c4d0e-6b2a-4c38-9d5d-2f6f5a8f1f10";
    private static final String LATE = "5f0c4d0e-6b2a-4c38-9d5d-2f6f5a8f1f11";
    private static final String IN_FOLDER = "5f0c4d0e-6b2a-4c38-9d5d-2f6f5a8f1f12";

    private TestServer server;
    private TestConsole elin;
    private String room = "";

    @BeforeAll
    void start() {
        server = TestServer.demonstration(new MovableClock(Instant.parse("2026-11-23T09:00:00Z")), Map.of());
        elin = TestConsole.signedIn(server, "elin.parry");
        var body = Json.object()
                .put("kind", "clinical")
                .put("purpose", "Bed 4 antibiotics")
                .put("request_id", "r1");
        body.putArray("member_user_ids").add(server.signIn("sian.evans").id());
        room = server.post(server.signIn("amara.okafor"), "/_lanyard/v1/conversations", body)
                .text("room_id");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /// As the outbox leaves it; what is in the document is nobody's business here.
    private void decision(String id, String status) {
        server.database()
                .write(tx -> tx.update("""
                        insert into decision (id, request_id, room_id, organization, patient_id, author, decider,
                            decided_ts, written_ts, summary_event_id, sink, status, document, acknowledged_ts,
                            next_attempt_ts, overdue_ts, escalated_ts)
                        select :id, :id, :room, organization, :id, '@amara.okafor:lanyard.localhost',
                            '@amara.okafor:lanyard.localhost', 1, 1, '$summary', 'fhir', :status,
                            case when :status <> 'saved_to_folder' then 'sealed'::bytea end,
                            case when :status = 'saved_to_folder' then 1 end, 9000000000000, 1, 1
                        from person where user_id = '@amara.okafor:lanyard.localhost'
                        """)
                        .bind("id", id)
                        .bind("room", room)
                        .bind("status", status)
                        .execute());
    }

    @Test
    @Rule("G15")
    void whatIsNotInTheRecordIsListedAndWhatWasRefusedIsSentAgain() {
        assertThat(elin.get(PATH).text())
                .contains("No decision has waited in the folder for too long.", "is not the health record")
                .doesNotContain("is in the record.");
        decision(REFUSED, "refused");
        decision(LATE, "to_paste");
        var page = elin.get(PATH);
        assertThat(page.text())
                .contains(
                        "The record refused it",
                        "Nobody has copied it into the record",
                        "@amara.okafor",
                        "Bed 4 antibiotics");
        assertThat(page.html()).contains(PATH + "/" + REFUSED + "/retry").doesNotContain(LATE + "/retry");

        assertThat(elin.post(PATH + "/" + LATE + "/retry", PATH, Map.of()).status())
                .isEqualTo(422);
        assertThat(elin.post(PATH + "/" + REFUSED + "/retry", PATH, Map.of()).location())
                .isEqualTo(PATH);
        var helen = TestConsole.signedIn(server, "helen.ashworth");
        assertThat(helen.get(PATH).status()).isEqualTo(403);
        assertThat(helen.post(PATH + "/" + LATE + "/retry", PATH, Map.of()).status())
                .isEqualTo(403);
    }

    @Test
    @Rule("G15")
    void whoEnteredADecisionFromTheFolderSaysWhereItIs() {
        decision(IN_FOLDER, "saved_to_folder");
        assertThat(elin.get(PATH).text()).contains("nobody has said that it is in the record", "It is in the record");
        var page = PATH + "/" + IN_FOLDER;
        assertThat(elin.get(page).text()).contains(IN_FOLDER + ".json", "Where it is in the record");
        var helen = TestConsole.signedIn(server, "helen.ashworth");
        assertThat(helen.get(page).status()).isEqualTo(403);
        assertThat(helen.post(page + "/filed", PATH, Map.of("reference", "EPR 1"))
                        .status())
                .isEqualTo(403);
        assertThat(elin.post(page + "/filed", page, Map.of("reference", " ")).status())
                .isEqualTo(422);
        assertThat(elin.post(page + "/filed", page, Map.of("reference", "EPR 4711"))
                        .location())
                .isEqualTo(PATH);
        assertThat(elin.get(page).status()).isEqualTo(404);
        var kept = server.database()
                .read(tx -> tx.query(
                                "select status || ' ' || reference || ' ' || pasted_by from decision where id = :id")
                        .bind("id", IN_FOLDER)
                        .mapTo(String.class)
                        .one());
        assertThat(kept).isEqualTo("pasted EPR 4711 @elin.parry:lanyard.localhost");
    }
}
