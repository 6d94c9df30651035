package lanyard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.regex.Pattern;
import lanyard.governance.disclosure.CaseId;
import lanyard.trust.console.TestConsole;

/// What the data protection officer sees of an unsealing in which nobody has searched yet.
final class UnsealingNotice {
    private UnsealingNotice() {}

    static void isSeenBy(TestConsole officer, CaseId id) {
        assertThat(officer.get("/console").text()).contains("Looks into what was sealed 1 waiting");
        var looks = "/console/looks";
        assertThat(officer.get(looks).text()).contains(id.value(), "an unsealing began. Asked for by Helen Ashworth");
        var found = Pattern.compile("name=\"search\" value=\"([0-9a-f]+)\"")
                .matcher(officer.get(looks).html());
        assertThat(found.find()).isTrue();
        assertThat(officer.post(looks + "/seen", looks, Map.of("search", found.group(1)))
                        .status())
                .isEqualTo(303);
        assertThat(officer.get(looks).text()).contains("You have seen all of them.");
        assertThat(officer.get("/console").text()).doesNotContain("waiting");
    }
}
