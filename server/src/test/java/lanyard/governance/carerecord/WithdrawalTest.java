package lanyard.governance.carerecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import lanyard.governance.carerecord.RecordSink.Outcome;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.DestroyedKeyException;
import lanyard.platform.sealing.KeyName;
import lanyard.standards.matrix.EventId;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.Test;

/// A decision that was marked as entered in error before the record could have it.
class WithdrawalTest extends WithdrawalWard {
    @Test
    @Rule("G15")
    @Hazard("H05")
    void whileTheRecordIsAwayADecisionAboutTheWrongPatientIsStoppedForGood() {
        var id = record.decide(summary, source);
        record.careRecord.deliverDue();
        assertThat(place.asked).hasSize(1);
        assertThat(error(id, record.stranger).errcode()).isEqualTo("M_NOT_FOUND");

        var asked = request().put("reason", "wrong_patient");
        var marked = act(id, "error", record.pharmacist, asked);
        assertThat(marked.status()).as(marked.text()).isEqualTo(201);
        assertThat(marked.json().get("status").stringValue()).isEqualTo("withdrawn");
        assertThat(act(id, "error", record.pharmacist, asked).json()).isEqualTo(marked.json());

        assertThat(status(id)).isEqualTo("withdrawn");
        assertThat(shown(id).at("/follow_ups/0/kind").stringValue()).isEqualTo("error");
        assertThat(shown(id).at("/follow_ups/0/status").stringValue()).isEqualTo("withdrawn");
        assertThat(shown(id).at("/follow_ups/0/error_reason").stringValue()).isEqualTo("wrong_patient");
        assertThat(state(id)).contains("\"status\":\"withdrawn\"", "\"kind\":\"error\"");
        assertThat(count("decision where document is not null")).isZero();
        assertThat(audited()).contains("decision.error " + id, "decision.withdrawn " + id);

        nothingCanBeDoneWithIt(id);
        comesBackAndHasNothing();
        assertThatThrownBy(() -> record.ward.keys.find(new KeyName("decision", id)))
                .isInstanceOf(DestroyedKeyException.class);
    }

    private void nothingCanBeDoneWithIt(String id) {
        record.token(record.registrar);
        assertThat(error(id, record.nurse).errcode()).isEqualTo("M_BAD_STATE");
        assertThat(act(id, "retry", record.nurse, Json.object()).errcode()).isEqualTo("M_BAD_STATE");
        assertThat(act(id, "confirm", record.registrar, request()).errcode()).isEqualTo("M_BAD_STATE");
        assertThat(words(id).errcode()).isEqualTo("M_BAD_STATE");
        assertThat(pasted(id).errcode()).isEqualTo("M_BAD_STATE");
        assertThat(replace(id).errcode()).isEqualTo("M_BAD_STATE");
        assertThat(status(id)).isEqualTo("withdrawn");
    }

    @Test
    @Rule("G15")
    void whatWasNotEvenTriedIsStoppedToo() {
        var id = record.decide(summary, source);
        assertThat(error(id, record.nurse).json().get("status").stringValue()).isEqualTo("withdrawn");
        record.careRecord.deliverDue();
        assertThat(place.asked).isEmpty();
    }

    @Test
    @Rule("G15")
    void withdrawingAsksForFreshProof() {
        var id = record.decide(summary, source);
        record.token(record.nurse);
        record.ward.clock.pass(Duration.ofMinutes(16));
        assertThat(error(id, record.nurse).errcode()).isEqualTo("ORG_LANYARD_STEP_UP");
        assertThat(status(id)).isEqualTo("waiting");
    }

    @Test
    void theConfirmationThatWaitedForItGoesNowhereEither() {
        var id = record.decide(summary, source);
        assertThat(act(id, "confirm", record.registrar, request()).status()).isEqualTo(201);
        error(id, record.nurse);
        assertThat(count("decision where status = 'withdrawn'")).isEqualTo(3);
        comesBackAndHasNothing();
    }

    @Test
    @Hazard("H05")
    void whereAReplacementIsWithdrawnTheDecisionStandsAndCanBeReplaced() {
        var id = record.decide(summary, source);
        place.answer = KEPT;
        record.careRecord.deliverDue();
        var wrong = replace(id).json().get("decision_id").stringValue();
        error(wrong, record.nurse);
        assertThat(status(wrong)).isEqualTo("withdrawn");
        assertThat(state(id)).doesNotContain("corrected_by");
        assertThat(replace(id).status()).isEqualTo(201);
        assertThat(replace(wrong).errcode()).isEqualTo("M_BAD_STATE");
    }

    @Test
    @Hazard("H04")
    void itsMessagesStayUntilAnotherDecisionHasThemOrTheScheduleEnds() {
        var id = record.decide(summary, source);
        error(id, record.nurse);
        assertThat(shown(id).get("kept_because").stringValue()).isEqualTo("entered_in_error");
        assertThat(isReleased(id)).isFalse();
        boolean awaited = record.ward.database.read(tx -> record.careRecord.isAwaited(tx, record.room));
        assertThat(awaited).isFalse();
        List<EventId> needed = record.ward.database.read(tx -> record.careRecord.listAwaited(tx, record.room));
        assertThat(needed).isEmpty();
        List<EventId> recorded =
                record.ward.database.read(tx -> record.careRecord.listAcknowledged(tx, List.of(source)));
        assertThat(recorded).as("the owner's choice of what is to be recorded").isEmpty();
        var right = record.decide(summary, source);
        place.answer = KEPT;
        record.careRecord.deliverDue();
        record.ward.clock.pass(TestRecord.GRACE);
        assertThat(isReleased(right)).isTrue();
        assertThat(isReleased(id)).isFalse();
    }

    @Test
    void whatIsWithdrawnIsNeitherOverdueNorOnTheWorklist() {
        var id = record.decide(summary, source);
        record.ward.clock.pass(Duration.ofHours(10));
        record.careRecord.remindDue();
        record.ward.clock.pass(Duration.ofHours(2));
        record.careRecord.remindDue();
        assertThat(state(id)).contains("overdue");
        assertThat(listed()).isOne();
        error(id, record.nurse);
        assertThat(state(id)).doesNotContain("overdue");
        assertThat(listed()).isZero();
    }

    private int listed() {
        return http.get("/_lanyard/v1/worklist/decisions", record.token(record.registrar))
                .json()
                .get("decisions")
                .size();
    }

    @Test
    @Rule("G16")
    @Hazard("H05")
    void aRestoredBackupSendsNothingThatWasWithdrawn() {
        var id = record.decide(summary, source);
        sql("create table backup as select * from decision");
        error(id, record.nurse);
        record.careRecord.deliverDue();

        sql("delete from decision where kind = 'error'");
        sql("update decision set status = b.status, document = b.document, withdrawn_ts = null, let_go = false"
                + " from backup b where b.id = decision.id");
        assertThat(status(id)).isEqualTo("waiting");
        place.answer = KEPT;
        var restarted = record.started();
        assertThat(restarted.acknowledgeAgain()).isEqualTo(1);
        restarted.deliverDue();
        assertThat(place.asked).isEmpty();
        assertThat(count("decision where document is not null")).isZero();
        assertThat(state(id)).contains("\"status\":\"withdrawn\"");
        assertThat(audited()).contains("decision.withdrawn_again " + id);
        nothingCanBeDoneWithIt(id);
        assertThat(restarted.acknowledgeAgain()).isZero();
    }

    @Test
    @Rule("G15")
    @Hazard("H05")
    void whatNobodyHasCopiedLeavesTheWorklistWithoutBeingPasted() {
        place.answer = new Outcome.ByHand();
        var id = record.decide(summary, source);
        record.careRecord.deliverDue();
        assertThat(status(id)).isEqualTo("to_paste");
        error(id, record.nurse);
        assertThat(status(id)).isEqualTo("withdrawn");
        nothingCanBeDoneWithIt(id);
    }

    /// They may have pasted it, and not said so yet.
    @Test
    @Rule("G15")
    @Hazard("H05")
    void ofWhatSomebodyHasCopiedTheMarkIsToBePastedAndTheWordsAreGivenToNobodyElse() {
        place.answer = new Outcome.ByHand();
        var id = record.decide(summary, source);
        record.careRecord.deliverDue();
        assertThat(words(id).status()).isEqualTo(200);
        error(id, record.nurse);
        record.careRecord.deliverDue();
        assertThat(status(id)).isEqualTo("to_paste");
        assertThat(words(id).errcode()).isEqualTo("M_BAD_STATE");
        var mark = shown(id).at("/follow_ups/0/decision_id").stringValue();
        assertThat(words(mark).json().get("text").stringValue()).contains("Do not rely on the decision");
        assertThat(pasted(id).status()).as("where it is").isEqualTo(200);
    }

    /// The backup does not know that they have, and nobody would mark what the record has of the wrong patient.
    @Test
    @Rule("G15")
    @Hazard("H05")
    void afterARestoreNothingThatWasOpenIsSaidToBeWithdrawnForSomebodyMayHaveHadItSince() {
        place.answer = new Outcome.ByHand();
        var id = record.decide(summary, source);
        var other = record.decide(record.rooms.message(record.room, record.pharmacist, "sealed too"), source);
        record.careRecord.deliverDue();
        sql("create table backup as select * from decision");
        assertThat(words(id).status()).isEqualTo(200);
        assertThat(pasted(other).status()).isEqualTo(200);
        record.careRecord.deliverDue();

        sql("update decision set status = b.status, document = b.document, acknowledged_ts = null, reference = null,"
                + " pasted_by = null, originals_go_ts = null, let_go = false, perhaps_sent = b.perhaps_sent"
                + " from backup b where b.id = decision.id");
        assertThat(record.started().acknowledgeAgain()).isEqualTo(1);
        assertThat(error(id, record.nurse).json().get("status").stringValue()).isEqualTo("waiting");
        assertThat(status(id)).isEqualTo("to_paste");
    }
}
