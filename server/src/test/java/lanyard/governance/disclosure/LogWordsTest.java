package lanyard.governance.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.SourceTexts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class LogWordsTest {
    private static final UserId HELEN = new UserId("@helen:ward.test");
    private static final Map<UserId, String> NAMES = Map.of(HELEN, "Helen Ashworth");

    private static CaseLogStore.Line line(String action, ObjectNode details) {
        return new CaseLogStore.Line(1, Instant.EPOCH, HELEN, action, "", details);
    }

    private static String words(String action, ObjectNode details) {
        return LogWords.of(line(action, details), NAMES).orElse("");
    }

    /// Those that the code writes out, and those that it puts together.
    private static Set<String> codes() {
        var written = SourceTexts.literalsByPackage(SourceTexts.PRODUCTION).entrySet().stream()
                .filter(one -> one.getKey().startsWith("lanyard.governance"))
                .flatMap(one -> one.getValue().stream())
                .filter(text -> text.matches("case\\.[a-z_]+"));
        var looks = Arrays.stream(Searching.What.values()).map(what -> "case." + what.word() + "_searched");
        return Stream.concat(written, looks).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyCodeHasWordsWithOrWithoutDetails() {
        assertThat(codes())
                .hasSizeGreaterThan(35)
                .contains("case.opened", "case.pack_fetched", "case.content_searched");
        assertThat(codes())
                .allSatisfy(code -> assertThat(words(code, Json.object()))
                        .as(code)
                        .isNotEmpty()
                        .doesNotContain("case.", "_", "null"));
    }

    @Test
    void aCodeWithoutWordsHasNone() {
        assertThat(LogWords.of(line("case.made_up", Json.object()), NAMES)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "case.metadata_searched|{\"rooms\":1}|searched who wrote when and where, not what: 1 conversation",
                "case.content_searched|{\"hits\":18}|searched what was said: 18 messages found",
                "case.identity_checked|{\"identity\":\"shown\"}|noted that the requester has shown who they are",
                "case.identity_checked|{\"identity\":\"not_needed\"}|noted that who the requester is is known already",
                "case.clock_stopped|{\"why\":\"fee\",\"from\":\"2026-11-21\"}|stopped the clock from 21 Nov 2026, waiting for the fee",
                "case.extended|{\"told\":\"2026-11-21\"}|took more time; the requester was told on 21 Nov 2026",
                "case.notice_deferred|{\"until\":\"2026-11-30T23:59:59.999Z\"}|deferred telling the participants until 30 Nov 2026",
                "case.time_spent|{\"minutes\":15,\"task\":\"locate\"}|noted 15 minutes: locating it",
                "case.opinion_asked|{\"asked\":\"@helen:ward.test\"}|asked Helen Ashworth for an opinion",
                "case.opinion_withdrawn|{\"asked\":\"@tom:ward.test\"}|withdrew the question to @tom:ward.test",
                "case.opinion_given|{\"events\":2}|gave their opinion on 2 messages or edits",
                "case.messages_taken|{\"events\":1}|took 1 message or edit for review",
                "case.withheld|{\"code\":\"s.40\"}|decided to withhold something (s.40)",
                "case.pack_made|{\"pack\":2}|made pack 2",
            })
    void whatWasDoneIsSaidWithItsNumbersAndDays(String action, String details, String words) {
        assertThat(words(action, Json.object(details.getBytes(java.nio.charset.StandardCharsets.UTF_8))))
                .isEqualTo(words);
    }
}
