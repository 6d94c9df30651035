package lanyard.traceability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lanyard.platform.json.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// `docs/guidance.md`: each rule of the guidance, what we make of it, and the tests that show it. To change a status,
/// edit `src/test/resources/guidance-rules.json` and regenerate.
class GuidanceDocTest {
    private static final Path RULES = Path.of("src/test/resources/guidance-rules.json");
    private static final Path DOCUMENT = Path.of("../docs/guidance.md");
    private static final ObjectNode FILE = Json.object(Generated.read(RULES).getBytes(StandardCharsets.UTF_8));
    private static final List<GuidanceRule> GUIDANCE = GuidanceRule.parse(FILE);
    private static final Tags TAGS = Tags.of(Rule.class);

    @Test
    void theDocumentIsUpToDate() {
        Generated.check(DOCUMENT, document(), GuidanceDocTest.class);
    }

    @Test
    void everySentenceOfTheGuidanceHasARuleAndEveryRuleASentence() {
        var lines = Json.text(Json.objectField(FILE, "guidance"), "lines").split(" ", -1);
        assertThat(GUIDANCE.stream().map(GuidanceRule::line)).contains(lines).isSubsetOf(lines);
        assertThat(GUIDANCE.stream().map(GuidanceRule::id)).hasSize(40).doesNotHaveDuplicates();
        assertThat(GUIDANCE).allMatch(rule -> rule.id().matches("G[0-4][0-9]"));
    }

    @Test
    void whatWeSayWeDoIsTested() {
        assertThat(GUIDANCE.stream()
                        .filter(GuidanceRule::needsATest)
                        .filter(rule -> TAGS.holding(rule.id()).isEmpty())
                        .map(GuidanceRule::id))
                .as("rules said to be enforced, fully or partly, without a test tagged @Rule")
                .isEmpty();
    }

    @Test
    void everyStatusIsOneOfFiveAndSaysWhatItRestsOn() {
        assertThat(GUIDANCE.stream().map(GuidanceRule::status)).isSubsetOf(GuidanceRule.STATUSES);
        assertThat(GUIDANCE.stream()
                        .filter(rule -> !rule.status().equals("not yet"))
                        .filter(rule -> rule.rests().isBlank())
                        .map(GuidanceRule::id))
                .as("rules whose status rests on nothing")
                .isEmpty();
    }

    @Test
    void everyTagIsARule() {
        assertThat(TAGS.tests().keySet())
                .isSubsetOf(GUIDANCE.stream().map(GuidanceRule::id).toList());
    }

    private static String document() {
        var guidance = Json.objectField(FILE, "guidance");
        var text = new StringBuilder("""
                # The guidance, rule by rule

                %s, "%s" (SHA-256 of the text as read: `%s`). Each sentence of it has at least one rule; the words
                are ours. Made by `GuidanceDocTest` from `server/src/test/resources/guidance-rules.json` and the tests
                tagged `@Rule`; do not edit.

                *enforced*: the software sees to it · *partly*: some of it · *you must*: only people can · *cannot be
                checked*: no web app can know · *not yet*: planned.

                | status | rules |
                |---|---|
                """.formatted(
                        Json.text(guidance, "publisher"), Json.text(guidance, "title"), Json.text(guidance, "sha256")));
        for (var status : GuidanceRule.STATUSES) {
            text.append("| ")
                    .append(status)
                    .append(" | ")
                    .append(withStatus(status))
                    .append(" |\n");
        }
        GUIDANCE.forEach(rule -> text.append(rule.section(TAGS.holding(rule.id()))));
        return text.toString();
    }

    private static String withStatus(String status) {
        return GUIDANCE.stream()
                .filter(rule -> rule.status().equals(status))
                .map(GuidanceRule::id)
                .collect(Collectors.joining(" "));
    }

    @Test
    void tagsAreReadFromSourceOnceOrRepeatedOrByName() {
        var tags = Tags.ofSources(Rule.class, Map.of("Planted.java", """
                @Rule("G01")
                class Planted {
                    @Test @Rule("G02") @Rule(value = "G03") void one() {}
                    @Nested class Inner { @Test @Hazard("H01") @Rule("G02") void two() {} }
                }
                """));
        assertThat(tags.holding("G01")).containsExactly("Planted");
        assertThat(tags.holding("G02")).containsExactly("Planted.Inner.two", "Planted.one");
        assertThat(tags.holding("G03")).containsExactly("Planted.one");
        assertThat(tags.holding("H01")).isEmpty();
    }
}
