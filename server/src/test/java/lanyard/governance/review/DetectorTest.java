package lanyard.governance.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Rule("G17")
class DetectorTest {
    private final Detector detector = new Detector(List.of("Siân Kestrelwood"), List.of("Tom Price"));

    @ParameterizedTest
    @CsvSource({
        "999 000 0018, NHS_NUMBER",
        "9990000018, NHS_NUMBER",
        "07700 900123, PHONE",
        "+44 7700 900123, PHONE",
        "CF10 1AA, POSTCODE",
        "sw1a1aa, POSTCODE",
        "3/4/1956, BIRTH_DATE",
        "1956-04-03, BIRTH_DATE",
        "3rd April 1956, BIRTH_DATE",
        "jo.quill@example.org, EMAIL",
        "sian kestrelwood, PATIENT",
        "TOM PRICE, STAFF"
    })
    void detailsOfPeopleAreSuggestedWhereTheyStand(String detail, Detector.Looks looks) {
        var found = detector.suggest("🩺 see " + detail + " today");

        assertThat(found).hasSize(1);
        assertThat(found.getFirst().looks()).isEqualTo(looks);
        assertThat(found.getFirst().text()).isEqualTo(detail);
        assertThat(found.getFirst().from()).isEqualTo(6);
        assertThat(found.getFirst().to()).isEqualTo(6 + detail.length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"999 000 0019", "give 500 mg at 10", "bed 12", "Price is high", "K 5.1, Na 140"})
    void whatIsNoneIsNotSuggested(String text) {
        assertThat(detector.suggest(text)).isEmpty();
    }

    @Test
    void twoSuggestionsDoNotOverlap() {
        var found = detector.suggest("Tom Price tom.price@example.org 07700 900123");
        for (var i = 1; i < found.size(); i++) {
            assertThat(found.get(i).from())
                    .isGreaterThanOrEqualTo(found.get(i - 1).to());
        }
        assertThat(found).hasSize(3);
    }
}
