package lanyard.governance.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Rule("G17")
class DetectorTest {
    private static final Path NUDGE = Path.of("../web/src/nudge");
    private static final Pattern MARK = Pattern.compile("\\[([a-z]+):([^\\]]+)]");

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
        "TOM PRICE, STAFF",
        "NHS no 999 000 0019, NHS_NUMBER",
        "CHI 0101011233, PERSON_NUMBER",
        "MRN 0412345, HOSPITAL_NUMBER",
        "12 Elm Tree Road, ADDRESS",
        "Mrs Fotheringay-Ölander, NAME",
        "her daughter Xanthippe, NAME",
        "Dr Quill, NAME",
        "edith barlow, NAME",
    })
    void detailsOfPeopleAreSuggestedWhereTheyStand(String detail, Detector.Looks looks) {
        var found = detector.suggest("🩺 see " + detail + " today");

        assertThat(found).hasSize(1);
        assertThat(found.getFirst().looks()).isEqualTo(looks);
        assertThat(detail).endsWith(found.getFirst().text());
        assertThat(found.getFirst().to()).isEqualTo(6 + detail.length());
        assertThat(found.getFirst().from())
                .isEqualTo(6 + detail.length() - found.getFirst().text().length());
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

    @ParameterizedTest
    @CsvSource({
        "Gareth Evans, NAME, see Gareth Evans today",
        "Gareth Evans-Price, NAME, 🩺 see Gareth Evans-Price today",
        "Joann Leeson, NAME, her daughter Joann Leeson today",
        "Gareth Kestrelwood, PATIENT, see Gareth Kestrelwood today",
        "Kestrelwood, PATIENT, see Dr Kestrelwood today",
        "Tom Evans, STAFF, see Dr Tom Evans today",
    })
    void aNameIsSuggestedWholeThoughAKnownOneIsPartOfIt(String name, Detector.Looks looks, String text) {
        var patients = List.of("Kestrelwood");
        var found = new Detector(patients, List.of("Ann Lee", "Evans", "Tom Evans")).suggest(text);
        assertThat(found).singleElement().satisfies(one -> {
            assertThat(one.text()).isEqualTo(name);
            assertThat(one.looks()).isEqualTo(looks);
            var at = text.codePointCount(0, text.indexOf(name));
            assertThat(one.from()).isEqualTo(at);
            assertThat(one.to()).isEqualTo(at + name.length());
        });
    }

    /// The staff app and the review look for the same: a pattern that is mended there is mended here.
    @Test
    @Hazard("H15")
    void thePatternsAndNamesAreThoseOfTheStaffApp() throws IOException {
        for (var name : List.of("rules.json", "lexicon.json")) {
            try (var own = Objects.requireNonNull(Patterns.class.getResourceAsStream(name))) {
                assertThat(new String(own.readAllBytes(), StandardCharsets.UTF_8))
                        .as("copy web/src/nudge/" + name + " to server/src/main/resources/lanyard/governance/review")
                        .isEqualTo(Files.readString(NUDGE.resolve(name)));
            }
        }
    }

    /// Of the labelled messages that the staff app is held to at least as much is found, colleagues besides.
    @ParameterizedTest
    @Hazard("H15")
    @CsvSource({"number, 97", "name, 90", "dob, 90", "hospital, 90", "postcode, 90", "phone, 90", "address, 80"})
    void ofTheLabelledMessagesAsMuchIsSuggestedAsTheStaffAppFinds(String label, int percent) throws IOException {
        var all = 0;
        var missed = new ArrayList<String>();
        for (var line : Files.readAllLines(NUDGE.resolve("corpus/messages.txt"))) {
            if (!line.startsWith("#")) {
                all += missed(line.replaceFirst("^@[a-z]+ ", ""), label, missed);
            }
        }
        assertThat(all).isGreaterThan(5);
        assertThat(missed).hasSizeLessThanOrEqualTo(all * (100 - percent) / 100);
    }

    /// Mostly colleagues, who are suggested on purpose: a review that always cries is not read.
    @Test
    void mostMessagesThatSayNothingOfAnybodyHaveNoSuggestion() throws IOException {
        var detector = new Detector(List.of(), List.of());
        var clean = Files.readAllLines(NUDGE.resolve("corpus/messages.txt")).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank() && !line.contains("["))
                .toList();
        var suggested =
                clean.stream().filter(line -> !detector.suggest(line).isEmpty()).toList();
        assertThat(suggested).hasSizeLessThan(clean.size() / 3);
    }

    /// How many of that label the line has; what is not suggested for half of its length is added to `missed`.
    private static int missed(String line, String label, List<String> missed) {
        var text = new StringBuilder();
        var spans = new ArrayList<Span>();
        var marks = MARK.matcher(line);
        var at = 0;
        while (marks.find()) {
            text.append(line, at, marks.start());
            if (marks.group(1).equals(label)) {
                spans.add(new Span(text.length(), text.length() + marks.group(2).length()));
            }
            text.append(marks.group(2));
            at = marks.end();
        }
        text.append(line.substring(at));
        var found = new Detector(List.of(), List.of()).suggest(text.toString());
        for (var span : spans) {
            var covered = found.stream()
                    .mapToInt(one -> Math.min(one.to(), span.to()) - Math.max(one.from(), span.from()))
                    .filter(length -> length > 0)
                    .sum();
            if (2 * covered < span.to() - span.from()) {
                missed.add(text.substring(span.from(), span.to()) + " in: " + text);
            }
        }
        return spans.size();
    }

    private record Span(int from, int to) {}
}
