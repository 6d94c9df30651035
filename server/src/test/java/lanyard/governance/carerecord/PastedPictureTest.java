package lanyard.governance.carerecord;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import lanyard.platform.http.TestHttp;
import lanyard.platform.json.Json;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A decision with a picture that was signed for a record with an interface, of an organisation that has people copy
/// words since.
class PastedPictureTest {
    private static final String MEDIA = "aPictureOfAWound";
    private static final byte[] PICTURE = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 1};

    private final Moved place = new Moved();
    private final TestRecord record = new TestRecord(place);
    private final TestHttp http = TestHttp.serving(record.careRecord);
    private final List<String> told = new ArrayList<>();

    @AfterEach
    void close() {
        http.close();
        record.close();
    }

    /// Away at first, a person later.
    private static final class Moved implements RecordSink {
        private boolean byHand;

        private Outcome answer() {
            return byHand ? new Outcome.ByHand() : new Outcome.NotReached("It is not there.");
        }

        @Override
        public Kind kind() {
            return byHand ? Kind.PASTE : Kind.FHIR;
        }

        @Override
        public Outcome deliver(UUID decision, byte[] document) {
            return answer();
        }

        @Override
        public Outcome deliverImage(UUID decision, RecordImage image) {
            return answer();
        }
    }

    @Test
    @Rule("G15")
    @Rule("G16")
    @Hazard("H06")
    void whoCopiedTheWordsHasNotPutThePictureInTheRecord() {
        record.careRecord.tells((commit, media, by, reference) -> told.add(media));
        var room = "/_lanyard/v1/rooms/" + record.room.value();
        var token = record.token(record.pharmacist);
        http.send("PUT", room + "/decision-images/" + MEDIA, token, PICTURE);
        var source = record.rooms.message(record.room, record.registrar, "The heel today");
        var body = record.body(record.rooms.message(record.room, record.pharmacist, "sealed"), source);
        body.putArray("image_media_ids").add(MEDIA);
        var signed = http.post(room + "/decisions", token, body);
        var id = signed.json().path("decision_id").asString("");
        record.careRecord.deliverDue();
        place.byHand = true;
        record.ward.clock.pass(TestRecord.GRACE);
        record.careRecord.deliverDue();
        var pasted = http.post(
                "/_lanyard/v1/decisions/" + id + "/pasted",
                record.token(record.nurse),
                Json.object().put("reference", "EPR 4711"));
        assertThat(pasted.status()).as(signed.text() + pasted.text()).isEqualTo(200);
        assertThat(told).isEmpty();
    }
}
