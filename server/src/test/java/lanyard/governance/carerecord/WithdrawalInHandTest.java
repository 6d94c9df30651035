package lanyard.governance.carerecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import lanyard.governance.carerecord.RecordSink.Outcome;
import lanyard.traceability.Hazard;
import org.junit.jupiter.api.Test;

/// A decision that is marked as entered in error while, or after, somebody may have had it.
class WithdrawalInHandTest extends WithdrawalWard {
    private static final String MEDIA = "aPictureOfAWound";
    private static final byte[] PICTURE = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 1};

    @Test
    @Hazard("H05")
    void ofWhatTheOutboxHasInHandTheMarkFollowsItToTheRecord() {
        var id = record.decide(summary, source);
        place.answer = KEPT;
        place.meanwhile = () -> {
            place.meanwhile = () -> {};
            assertThat(error(id, record.nurse).json().get("status").stringValue())
                    .isEqualTo("waiting");
        };
        record.careRecord.deliverDue();
        var mark = shown(id).at("/follow_ups/0/decision_id").stringValue();
        assertThat(place.asked).containsExactly(UUID.fromString(id), UUID.fromString(mark));
        assertThat(status(id)).isEqualTo("in_record");
        assertThat(status(mark)).isEqualTo("in_record");
    }

    @Test
    @Hazard("H05")
    void whatWasInHandAndWentNowhereIsWithdrawnAfterwards() {
        var id = record.decide(summary, source);
        place.meanwhile = () -> error(id, record.nurse);
        record.careRecord.deliverDue();
        assertThat(status(id)).isEqualTo("withdrawn");
        assertThat(status(shown(id).at("/follow_ups/0/decision_id").stringValue()))
                .isEqualTo("withdrawn");
        assertThat(state(id)).contains("\"status\":\"withdrawn\"");
        assertThat(audited()).contains("decision.withdrawn " + id);
        comesBackAndHasNothing();
    }

    /// Somebody would be asked to copy a mark of what nobody was ever shown, and its words wait for ever.
    @Test
    @Hazard("H05")
    void whatWasOnItsWayToAPersonIsWithdrawnBeforeAnybodyIsShownIt() {
        var id = record.decide(summary, source);
        place.answer = new Outcome.ByHand();
        place.meanwhile = () -> {
            place.meanwhile = () -> {};
            error(id, record.nurse);
        };
        record.careRecord.deliverDue();
        assertThat(status(id)).isEqualTo("withdrawn");
        assertThat(status(shown(id).at("/follow_ups/0/decision_id").stringValue()))
                .isEqualTo("withdrawn");
    }

    /// As the server leaves it that dies once it is certain that nothing went.
    @Test
    @Hazard("H05")
    void whatWasMarkedAndWentNowhereIsWithdrawnByWhoeverComesAfterACrash() {
        var id = record.decide(summary, source);
        place.answer = NOBODY_KNOWS;
        place.meanwhile = () -> error(id, record.nurse);
        record.careRecord.deliverDue();
        place.meanwhile = () -> {};
        assertThat(status(id)).isEqualTo("waiting");
        sql("update decision set perhaps_sent = 0");
        comesBackAndHasNothing();
        assertThat(status(id)).isEqualTo("withdrawn");
        assertThat(audited()).contains("decision.withdrawn " + id);
    }

    @Test
    @Hazard("H05")
    void ofWhatTheRecordMayHaveTheMarkFollowsInItsTurn() {
        var id = record.decide(summary, source);
        place.answer = NOBODY_KNOWS;
        record.careRecord.deliverDue();
        place.answer = NOT_CONNECTED;
        record.ward.clock.pass(Duration.ofHours(1));
        record.careRecord.deliverDue();
        assertThat(error(id, record.nurse).json().get("status").stringValue()).isEqualTo("waiting");
        assertThat(status(id)).isEqualTo("waiting");
        record.careRecord.deliverDue();

        place.asked.clear();
        place.answer = KEPT;
        record.ward.clock.pass(Duration.ofHours(5));
        record.careRecord.deliverDue();
        var mark = shown(id).at("/follow_ups/0/decision_id").stringValue();
        assertThat(place.asked).containsExactly(UUID.fromString(id), UUID.fromString(mark));
        assertThat(replace(id).errcode()).isEqualTo("M_BAD_STATE");
    }

    /// Nobody knows how far it had come.
    @Test
    @Hazard("H05")
    void whatWasInHandWhenTheServerDiedIsNotSaidToBeWithdrawn() {
        var id = record.decide(summary, source);
        place.meanwhile = () -> {
            throw new IllegalStateException("the power went");
        };
        assertThatThrownBy(record.careRecord::deliverDue).hasMessage("the power went");
        place.meanwhile = () -> {};
        record.ward.clock.pass(Duration.ofMinutes(5));
        record.careRecord.deliverDue();
        assertThat(error(id, record.nurse).json().get("status").stringValue()).isEqualTo("waiting");
        assertThat(status(id)).isEqualTo("waiting");
    }

    @Test
    @Hazard("H05")
    void theOutboxPassesByWhatIsBeingWithdrawn() {
        var id = record.decide(summary, source);
        place.answer = KEPT;
        record.ward.writer.write(commit -> {
            assertThat(new WithdrawalStore().withdraw(commit.tx(), UUID.fromString(id), record.ward.clock.instant()))
                    .isTrue();
            CompletableFuture.runAsync(record.careRecord::deliverDue).join();
            return id;
        });
        record.careRecord.deliverDue();
        assertThat(place.asked).isEmpty();
    }

    @Test
    @Hazard("H06")
    void copiesOfItsPicturesGo() {
        var id = withPicture();
        error(id, record.nurse);
        assertThat(status(id)).isEqualTo("withdrawn");
        assertThat(count("decision_image where document is not null")).isZero();
        record.careRecord.pictures().sweep();
        assertThat(count("decision_image where blob is not null")).isZero();
    }

    /// The picture names the patient by number.
    @Test
    @Hazard("H05")
    void whatTheRecordHasAPictureOfIsNotWithdrawn() {
        var id = withPicture();
        record.careRecord.deliverDue();
        error(id, record.nurse);
        assertThat(status(id)).isEqualTo("waiting");
    }

    private String withPicture() {
        var room = "/_lanyard/v1/rooms/" + record.room.value();
        var token = record.token(record.pharmacist);
        http.send("PUT", room + "/decision-images/" + MEDIA, token, PICTURE);
        var body = record.body(summary, source);
        body.putArray("image_media_ids").add(MEDIA);
        return http.post(room + "/decisions", token, body)
                .json()
                .get("decision_id")
                .stringValue();
    }
}
