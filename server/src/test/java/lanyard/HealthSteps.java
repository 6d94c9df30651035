package lanyard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import lanyard.governance.disclosure.CaseId;
import lanyard.trust.console.TestConsole;

/// What the golden request does about health data: said to be known, asked about, answered, recorded from paper.
final class HealthSteps {
    private static final Pattern NOTE = Pattern.compile("name=\"note\" value=\"([^\"]+)\"");

    private final TestServer server;
    private final TestConsole helen;
    private final String path;

    HealthSteps(TestServer server, TestConsole helen, String path) {
        this.server = server;
        this.helen = helen;
        this.path = path;
    }

    private static String note(String html) {
        var found = NOTE.matcher(html);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    /// What the person who asks knows already takes a reason, and can be taken back.
    void known() {
        var number = Map.of("number", "2");
        assertThat(helen.post(path + "/known", path + "/2", number).status()).isEqualTo(422);
        var why = Map.of("number", "2", "why", "they wrote it themselves");
        assertThat(helen.post(path + "/known", path + "/2", why).status()).isEqualTo(303);
        var page = helen.get(path + "/2");
        assertThat(page.text()).contains("knows this message already: they wrote it themselves");
        assertThat(helen.post(path + "/pack", path, Map.of()).text()).contains("16 messages are health data");
        var note = note(page.html());
        assertThat(helen.post(path + "/withdraw", path + "/2", Map.of("note", note, "number", "2"))
                        .status())
                .isEqualTo(303);
    }

    /// Two of seventeen are not enough.
    void opinions(CaseId id, String word, String thirdParty) {
        opinion(id, thirdParty);
        var few = helen.post(path + "/pack", path, Map.of());
        assertThat(few.status()).isEqualTo(422);
        assertThat(few.text()).contains("15 messages are health data", "1-11, 14-17");
        onPaper();
        assertThat(helen.get(path).html()).contains("value=\"2-11, 14-17\"");
        var asking =
                Map.of("numbers", "2-17", "question", "And these?", "professional", "@priya.nair:lanyard.localhost");
        assertThat(helen.post(path + "/ask", path, asking).status()).isEqualTo(303);
        var priya = TestConsole.signedIn(server, "priya.nair");
        var mine = "/console/opinions/" + id;
        assertThat(priya.get(mine).text()).contains("before " + word, "Edited,", "after " + word, "carries a file");
        assertThat(priya.post(mine, mine, answer(priya, mine)).status()).isEqualTo(303);
        assertThat(helen.get(path).text())
                .contains("Make a pack")
                .doesNotContain("no opinion lets be told yet", "can be made later");
    }

    /// What was kept is said, and said to nobody else.
    private void confirmed(TestConsole priya, String mine) {
        var given = priya.post(mine, mine, answer(priya, mine));
        assertThat(given.status()).isEqualTo(303);
        var page = priya.get(given.location());
        assertThat(page.html()).contains("role=\"status\"");
        assertThat(page.text())
                .contains("Your opinion is kept", "may be told", "GMC 0000007", "2 messages and edits")
                .doesNotContain("Would telling this do harm?");
        assertThat(helen.get(given.location()).text()).doesNotContain("is kept");
        assertThat(priya.get("/console/opinions?given=nonsense").text()).doesNotContain("is kept");
    }

    private static Map<String, String> answer(TestConsole priya, String mine) {
        var fields = new HashMap<>(TestConsole.hidden(priya.get(mine)));
        fields.putAll(Map.of("finding", "may_be_told", "words", "No harm seen."));
        return fields;
    }

    /// One that came on paper names its messages, and says nothing where the professional has spoken.
    private void onPaper() {
        var paper = path + "/opinion/paper";
        assertThat(helen.get(paper).text()).contains("Numbers of the messages");
        var fields = new HashMap<>(Map.of("finding", "may_be_told", "professional", "Dr Ada Quinn", "body", "GMC"));
        fields.putAll(Map.of("registration", "7654321", "words", "Seen.", "day-day", "1", "day-month", "3"));
        fields.put("day-year", "2026");
        assertThat(helen.post(paper, paper, fields).status()).isEqualTo(422);
        fields.put("numbers", "18");
        assertThat(helen.post(paper, paper, fields).text()).contains("numbers of messages of this case");
        fields.put("numbers", "1");
        assertThat(helen.post(paper, paper, fields).status()).isEqualTo(303);
        fields.put("numbers", "12");
        fields.put("finding", "serious_harm");
        assertThat(helen.post(paper, paper, fields).status()).isEqualTo(303);
    }

    /// Who is asked sees the question and its messages, gives their own opinion, and then sees nothing any more.
    private void opinion(CaseId id, String thirdParty) {
        var asking = new HashMap<>(Map.of("numbers", "12, 13", "question", "Would telling this do harm?"));
        asking.put("professional", "Priya Nair");
        assertThat(helen.post(path + "/ask", path, asking).text()).contains("Type a user name, for example");
        asking.put("professional", "owen.rowlands");
        var unknown = helen.post(path + "/ask", path, asking);
        assertThat(unknown.text()).contains("no registration is known of them");
        // The other forms of the page keep what they had.
        assertThat(unknown.html()).contains("value=\"Nothing of the case is left out\"");
        asking.put("professional", "priya.nair");
        assertThat(helen.post(path + "/ask", path, asking).status()).isEqualTo(303);
        var theCase = "/console/cases/" + id;
        assertThat(helen.get(theCase).text()).contains("Opinion asked of @priya.nair:lanyard.localhost");
        var mine = "/console/opinions/" + id;
        assertThat(helen.get(mine).status()).isEqualTo(404);
        var priya = TestConsole.signedIn(server, "priya.nair");
        assertThat(priya.get(theCase).status()).isEqualTo(403);
        assertThat(priya.get("/console/opinions").text()).contains("Case " + id);
        assertThat(priya.get(mine).text())
                .contains("Would telling this do harm?", "Message 12,", "Message 13,", thirdParty)
                .doesNotContain("Message 11,", "Message 14,");
        assertThat(priya.post(mine, mine, Map.of("words", "No harm seen.")).text())
                .contains("Say what it comes to");
        var given = Map.of("finding", "may_be_told", "words", "No harm seen.");
        assertThat(helen.post(mine, "/console/opinions", given).status()).isNotEqualTo(303);
        assertThat(priya.post(mine, mine, given).text()).contains("something else by now");
        confirmed(priya, mine);
        assertThat(priya.get(mine).status()).isEqualTo(404);
        assertThat(priya.get("/console/opinions").text())
                .contains("You are not asked")
                .doesNotContain("is kept");
        assertThat(helen.get(theCase).text())
                .contains("Priya Nair (GMC 0000007)", "may be told. Given by themselves, about 2 messages and edits")
                .doesNotContain("Opinion asked of");
    }
}
