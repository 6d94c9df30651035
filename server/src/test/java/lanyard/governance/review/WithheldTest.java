package lanyard.governance.review;

import static lanyard.governance.review.Items.RHIAN;
import static lanyard.governance.review.Items.TOM;
import static lanyard.governance.review.Items.words;
import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import lanyard.governance.review.Withholding.Where;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Rule("G17")
@Hazard("H15")
class WithheldTest {
    private static final Reason THIRD = Reason.SAR_THIRD_PARTY;
    private static final String GONE = "[withheld: third-party]";

    private final Items items = new Items();

    private String after(Item item, int version, Withholding... all) {
        return new Withheld(items.all(), List.of(all))
                .text(item, item.versions().get(version))
                .plain();
    }

    @Test
    void aSpanCountsCodePointsAndLeavesTheRest() {
        var item = items.say(RHIAN, "😀 ask Mrs Grimshaw's son");

        assertThat(after(item, 0, words(item.versions().getFirst(), "Mrs Grimshaw", THIRD)))
                .isEqualTo("😀 ask " + GONE + "'s son");
        assertThat(after(item, 0)).isEqualTo("😀 ask Mrs Grimshaw's son");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I saw José Núñez go",
                "I saw JOSÉ NÚÑEZ go",
                "I saw jose  nunez go",
                "I saw José\nNúñez go",
                "> I saw José\n> Núñez go",
                "jose-nunez.jpg",
                "ＪＯＳＥ ＮＵＮＥＺ"
            })
    void wordsAreGoneWhereverTheyStandAgain(String again) {
        var first = items.say(RHIAN, "José Núñez fell");
        var span = words(first.versions().getFirst(), "José Núñez", THIRD);
        for (var form : Normalizer.Form.values()) {
            var item = items.say(TOM, Normalizer.normalize(again, form));
            var left = Normalizer.normalize(after(item, 0, span), Normalizer.Form.NFKD)
                    .replaceAll("\\p{M}", "")
                    .toLowerCase(Locale.ROOT);

            assertThat(left).contains("withheld").doesNotContain("jose", "nunez", "nu", "ez");
        }
    }

    @Test
    void aShortNameIsAWordAndNotAPartOfOne() {
        var first = items.say(RHIAN, "Lee fell");
        var other = items.say(TOM, "did Lee sleep?");

        assertThat(after(other, 0, words(first.versions().getFirst(), "Lee", THIRD)))
                .isEqualTo("did " + GONE + " sleep?");
    }

    @Test
    void wordsThatAnEditCompletedAreGoneFromTheVersionBefore() {
        var item = items.say(RHIAN, "Mrs Grimsh fell", "Mrs Grimshaw fell");
        var span = words(item.versions().getLast(), "Grimshaw", THIRD);

        assertThat(after(item, 0, span)).isEqualTo("Mrs " + GONE + " fell");
        assertThat(after(item, 1, span)).isEqualTo("Mrs " + GONE + " fell");
    }

    @Test
    void aPersonIsOneLetterThroughout() {
        var item = items.say(RHIAN, "tom price said so, ask @tom.price");
        var withheld = new Withheld(items.all(), List.of(Items.withhold(THIRD, new Where.Name(TOM.id()))));

        assertThat(withheld.name(TOM).plain()).isEqualTo("Person A " + GONE);
        assertThat(withheld.name(RHIAN).plain()).isEqualTo("Rhian Lloyd");
        assertThat(withheld.text(item, item.versions().getFirst()).plain()).isEqualTo(GONE + " said so, ask @" + GONE);
    }

    @Test
    void longLinesOfAMessageWithheldWholeAreGoneWhereTheyAreQuoted() {
        var first = items.say(RHIAN, "ok\nhe hits her when he drinks");
        var other = items.say(TOM, "ok, so: \"He hits her when he drinks\"");
        var all = new Withheld(items.all(), List.of(Items.withhold(THIRD, new Where.Whole(first.id()))));

        assertThat(all.whole(first)).contains(THIRD);
        assertThat(all.text(other, other.versions().getFirst()).plain()).isEqualTo("ok, so: \"" + GONE + "\"");
    }

    @Test
    void anAccentGoesWithItsLetter() {
        var item = items.say(RHIAN, "e\u0301 e\u0301");
        var span = Items.withhold(THIRD, new Where.Words(item.id(), 1, 2));

        assertThat(after(item, 0, span)).isEqualTo(GONE + " e\u0301");
    }
}
