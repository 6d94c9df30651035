package lanyard.governance.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lanyard.governance.disclosure.GivenOpinion;
import lanyard.governance.disclosure.Opinion;
import lanyard.governance.disclosure.Opinion.Finding;
import lanyard.governance.review.Withholding.Where;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.MatrixException;
import lanyard.traceability.Rule;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

@Rule("G39")
class HealthRuleTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-23");
    private static final Reason HARM = Reason.SAR_SERIOUS_HARM;

    private final Items items = new Items();
    private final Item item = items.say(Items.RHIAN, "she is not to know yet");
    private final List<Withholding> withheld = new ArrayList<>();
    private final Map<EventId, Notes.Mark> known = new HashMap<>();
    private final Map<EventId, Notes.Mark> health = new HashMap<>();
    private final List<GivenOpinion> opinions = new ArrayList<>();

    private Notes notes() {
        return new Notes(withheld, Set.of(), known, health, List.of());
    }

    private HealthRule rule() {
        return new HealthRule(items.all(), notes(), opinions);
    }

    /// On these messages as they would be told now.
    private void opinion(Finding finding, boolean own, LocalDate given, Item... about) {
        var texts = new HealthTexts(items.all(), notes());
        var covers = new HashMap<EventId, String>();
        for (var one : about) {
            covers.putAll(texts.covers(one));
        }
        var opinion = new Opinion(finding, given, "Dr Ada Quinn", "GMC", "7654321", "As seen today.");
        opinions.add(new GivenOpinion(opinion, "@ada:ward.example", own, covers));
    }

    private void own(Finding finding, Item... about) {
        opinion(finding, true, TODAY, about);
    }

    private void paper(Finding finding, Item... about) {
        opinion(finding, false, TODAY, about);
    }

    private void leaves() {
        assertThatCode(() -> rule().require(TODAY)).doesNotThrowAnyException();
    }

    private AbstractThrowableAssert<?, ? extends Throwable> stays() {
        return assertThatThrownBy(() -> rule().require(TODAY)).isInstanceOf(MatrixException.class);
    }

    @Test
    void healthDataWaitsForTheHealthProfessional() {
        stays().hasMessageContaining("1 message is health data");
        own(Finding.MAY_BE_TOLD, item);
        leaves();
    }

    @Test
    void whatIsWithheldWholeOrKnownAlreadyWaitsForNobody() {
        known.put(item.id(), new Notes.Mark("n", "they were there"));
        leaves();
        known.clear();
        stays();
        withheld.add(Items.withhold(Reason.SAR_THIRD_PARTY, new Where.Whole(item.id())));
        leaves();
    }

    @Test
    void anOpinionCountsForTheMessagesItIsAboutAndNoOther() {
        var second = items.say(Items.TOM, "nor is this to be told");
        var third = items.say(Items.TOM, "or this");
        paper(Finding.MAY_BE_TOLD, second);
        stays().hasMessageContaining("2 messages are health data").hasMessageContaining("stand: 1, 3.");
        own(Finding.MAY_BE_TOLD, item, third);
        leaves();
    }

    /// One word withheld for harm in one message is no opinion on the others.
    @Test
    void withholdingForHarmInOneMessageReleasesNoOther() {
        var second = items.say(Items.TOM, "nor is this to be told");
        own(Finding.SERIOUS_HARM, second);
        withheld.add(Items.withhold(HARM, new Where.Whole(second.id())));
        stays().hasMessageContaining("1 message is health data").hasMessageContaining("stand: 1.");
    }

    @Test
    void anEditThatTheProfessionalWasNotShownIsNotCovered() {
        var edited = items.say(Items.TOM, "better", "worse");
        var before = new Item(
                2,
                edited.room(),
                edited.id(),
                edited.sender(),
                edited.versions().subList(0, 1),
                Optional.empty(),
                edited.around());
        own(Finding.MAY_BE_TOLD, item, before);
        stays().hasMessageContaining("stand: 2.");
        own(Finding.MAY_BE_TOLD, edited);
        leaves();
    }

    @Test
    void aProfessionalsOwnOpinionCountsBeforeOneFromPaper() {
        own(Finding.SERIOUS_HARM, item);
        paper(Finding.MAY_BE_TOLD, item);
        stays().hasMessageContaining("withhold whole what would do harm");
        known.put(item.id(), new Notes.Mark("n", "the officer says so"));
        stays().hasMessageContaining("1 message is health data");
        own(Finding.MAY_BE_TOLD, item);
        leaves();
        paper(Finding.SERIOUS_HARM, item);
        leaves();
    }

    @Test
    void ofOpinionsOnPaperTheLatestCounts() {
        opinion(Finding.MAY_BE_TOLD, false, TODAY, item);
        opinion(Finding.SERIOUS_HARM, false, TODAY.minusDays(3), item);
        leaves();
        paper(Finding.SERIOUS_HARM, item);
        stays();
    }

    /// What is left when the harmful words are withheld is put to the professional again, and counts as long as they
    /// stay withheld.
    @Test
    void whatIsLeftOfAMessageIsForTheProfessionalAgain() {
        own(Finding.SERIOUS_HARM, item);
        withheld.add(Items.words(item.versions().getFirst(), "not to know", HARM));
        stays();
        paper(Finding.MAY_BE_TOLD, item);
        stays();
        own(Finding.MAY_BE_TOLD, item);
        leaves();
        withheld.clear();
        stays();
    }

    @Test
    void seriousHarmTakesAnOpinionOnThatMessageUnderSixMonthsOld() {
        var other = items.say(Items.TOM, "known to be harmless");
        own(Finding.MAY_BE_TOLD, other);
        withheld.add(Items.withhold(HARM, new Where.Whole(item.id())));
        stays().hasMessageContaining("appropriate health professional to find");
        own(Finding.MAY_BE_TOLD, item);
        stays().hasMessageContaining("appropriate health professional to find");
        opinion(Finding.SERIOUS_HARM, true, LocalDate.parse("2026-05-23"), item);
        stays().hasMessageContaining("appropriate health professional to find");
        opinion(Finding.SERIOUS_HARM, true, LocalDate.parse("2026-05-24"), item);
        leaves();
    }

    @Test
    void theOfficersPaperIsNoGroundForHarmWhereTheProfessionalHasSpoken() {
        paper(Finding.SERIOUS_HARM, item);
        withheld.add(Items.withhold(HARM, new Where.Whole(item.id())));
        leaves();
        own(Finding.MAY_BE_TOLD, item);
        stays().hasMessageContaining("appropriate health professional to find");
    }

    @Test
    void whatIsMarkedAsHealthDataWaitsWhereverItWasSaid() {
        own(Finding.MAY_BE_TOLD, item);
        var social = items.elsewhere("her scan was clear");
        leaves();
        health.put(social.id(), new Notes.Mark("n", ""));
        stays().hasMessageContaining("stand: 2.");
        own(Finding.MAY_BE_TOLD, social);
        leaves();
    }

    @Test
    void theDetectorSuggestsWhatMayBeHealthData() {
        var detector = new Detector(List.of("Enid Grimshaw"), List.of("Tom Price"));
        assertThat(HealthSigns.find(detector, "Enid Grimshaw is here"))
                .hasValueSatisfying(why -> assertThat(why).contains("Enid Grimshaw"));
        assertThat(HealthSigns.find(detector, "she had 40 mg at noon")).isPresent();
        assertThat(HealthSigns.find(detector, "NHS number 943 476 5919")).isPresent();
        assertThat(HealthSigns.find(detector, "is anybody driving to the party, Tom Price?"))
                .isEmpty();
    }
}
