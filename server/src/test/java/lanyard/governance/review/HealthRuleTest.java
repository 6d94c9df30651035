package lanyard.governance.review;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import lanyard.governance.disclosure.Opinion;
import lanyard.governance.disclosure.Opinion.Finding;
import lanyard.governance.review.Withholding.Where;
import lanyard.standards.matrix.MatrixException;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.Test;

@Rule("G39")
class HealthRuleTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-23");

    private final Items items = new Items();
    private final Item item = items.say(Items.RHIAN, "she is not to know yet");

    private static Opinion opinion(Finding finding, LocalDate given) {
        return new Opinion(finding, given, "Dr Ada Quinn", "GMC", "7654321", "As seen today.");
    }

    private void require(List<Withholding> withheld, java.util.Set<Item> known, Opinion... opinions) {
        var notes = new Notes(
                withheld,
                java.util.Set.of(),
                known.stream().map(Item::id).collect(java.util.stream.Collectors.toSet()),
                List.of());
        HealthRule.require(items.all(), notes, List.of(opinions), TODAY);
    }

    @Test
    void healthDataWaitsForTheHealthProfessional() {
        assertThatThrownBy(() -> require(List.of(), java.util.Set.of()))
                .isInstanceOf(MatrixException.class)
                .hasMessageContaining("1 messages are health data");
        assertThatCode(() -> require(List.of(), java.util.Set.of(), opinion(Finding.MAY_BE_TOLD, TODAY)))
                .doesNotThrowAnyException();
        assertThatCode(() -> require(List.of(), java.util.Set.of(item))).doesNotThrowAnyException();
        assertThatCode(() -> require(
                        List.of(Items.withhold(Reason.SAR_THIRD_PARTY, new Where.Whole(item.id()))),
                        java.util.Set.of()))
                .doesNotThrowAnyException();
    }

    @Test
    void seriousHarmTakesAnOpinionUnderSixMonthsOld() {
        var harm = List.of(Items.withhold(Reason.SAR_SERIOUS_HARM, new Where.Words(item.id(), 0, 3)));
        for (var none : List.of(
                List.<Opinion>of(),
                List.of(opinion(Finding.MAY_BE_TOLD, TODAY)),
                List.of(opinion(Finding.SERIOUS_HARM, LocalDate.parse("2026-05-23"))))) {
            assertThatThrownBy(() -> require(harm, java.util.Set.of(), none.toArray(Opinion[]::new)))
                    .hasMessageContaining("appropriate health professional");
        }
        assertThatCode(() ->
                        require(harm, java.util.Set.of(), opinion(Finding.SERIOUS_HARM, LocalDate.parse("2026-05-24"))))
                .doesNotThrowAnyException();
    }

    @Test
    void whatWouldDoHarmIsNotToldWholeAllTheSame() {
        assertThatThrownBy(() -> require(List.of(), java.util.Set.of(), opinion(Finding.SERIOUS_HARM, TODAY)))
                .hasMessageContaining("what would do harm is withheld");
    }
}
