package lanyard.governance.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lanyard.MovableClock;
import lanyard.TestServer;
import lanyard.platform.json.Json;
import lanyard.traceability.Rule;
import lanyard.trust.console.TestConsole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CasePagesTest {
    private static final String CASES = "/console/cases";
    private static final String NEW = "/console/new-case";

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private TestServer server;

    @BeforeAll
    void start() {
        server = TestServer.demonstration(clock, Map.of());
        var amara = server.signIn("amara.okafor");
        var body = Json.object().put("kind", "clinical").put("purpose", "Bed 4").put("request_id", "r1");
        body.putArray("member_user_ids").add(server.signIn("dawn.whitaker").id());
        server.post(amara, "/_lanyard/v1/conversations", body).text("room_id");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void anotherCode() {
        clock.move(Duration.ofMinutes(1));
    }

    private TestConsole as(String user) {
        clock.move(Duration.ofMinutes(1));
        return TestConsole.signedIn(server, user);
    }

    private static Map<String, String> with(Map<String, String> fields, String... more) {
        var all = new HashMap<>(fields);
        for (var i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }

    private static Map<String, String> date(String name, String day, String month, String year) {
        return Map.of(name + "-day", day, name + "-month", month, name + "-year", year);
    }

    private static Map<String, String> request(String person) {
        var fields = new HashMap<>(Map.of(
                "kind", "subject_access", "name", "Alex Quill", "words", "Everything of me.", "persons", person));
        fields.putAll(date("received", "20", "11", "2026"));
        fields.putAll(date("from", "1", "11", "2026"));
        fields.putAll(date("to", "30", "11", "2026"));
        return fields;
    }

    private static String opened(TestConsole console) {
        return opened(console, request("amara.okafor"));
    }

    private static String opened(TestConsole console, Map<String, String> request) {
        var done = console.post(CASES, NEW, request);
        assertThat(done.status()).as(done.text()).isEqualTo(303);
        return done.location();
    }

    @Test
    @Rule("G17")
    void aRequestIsLoggedAndListedWithItsClock() {
        var helen = as("helen.ashworth");
        var path = opened(helen);
        assertThat(path).startsWith(CASES + "/case-");
        var page = helen.get(path);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text())
                .contains(
                        "Alex Quill",
                        "Amara Okafor",
                        "Answer by 21 Dec 2026",
                        "Bed 4",
                        "Helen Ashworth logged the request",
                        "Not shown yet");
        assertThat(helen.get(CASES).text()).contains("Subject access request", "Answer by 21 Dec 2026");
    }

    /// Custodian and service user are members of the conversation too.
    @Test
    void thePeopleOfAConversationAreItsPersons() {
        var helen = as("helen.ashworth");
        var row = Pattern.compile("Bed 4 .*?</tr>", Pattern.DOTALL)
                .matcher(helen.get(opened(helen)).html());
        assertThat(row.find()).isTrue();
        var cells = row.group().replaceAll("<[^>]*>", "|").replaceAll("[|\\s]*\\|[|\\s]*", "|");
        assertThat(cells).endsWith("|2|0|");
    }

    @Test
    void everyStepOfACaseHasItsPageForThoseWhoTakeIt() {
        var helen = as("helen.ashworth");
        var path = opened(helen);
        assertThat(helen.get(NEW).status()).isEqualTo(200);
        var left = server.consoleRoutes().keySet().stream()
                .filter(route -> route.matches("GET " + CASES + "/\\{id}/[a-z-]+"))
                .map(route -> path + route.substring(route.lastIndexOf('/')))
                .collect(Collectors.toCollection(TreeSet::new));
        for (var user :
                List.of("helen.ashworth", "owen.rowlands", "farah.siddiqui", "judith.pemberton", "samir.haddad")) {
            var person = user.startsWith("helen") ? helen : as(user);
            left.removeIf(step -> person.get(step).status() == 200);
        }
        assertThat(left).noneMatch(step -> !step.endsWith("/review"));
    }

    private static boolean links(TestConsole console, String path, String step) {
        return console.get(path).html().contains("href=\"" + path + "/" + step + "\"");
    }

    /// What is done with a step, and what must come before it, is held to each other by [CaseNowTest].
    @Test
    void onlyWhatCanBeDoneNowIsOfferedAndWhatComesLaterSaysWhatComesFirst() {
        var helen = as("helen.ashworth");
        var path = opened(helen);
        assertThat(links(helen, path, "search")).isTrue();
        assertThat(links(helen, path, "ask")).isFalse();
        assertThat(links(helen, path, "start-clock")).isFalse();
        assertThat(links(helen, path, "acknowledge")).isFalse();
        assertThat(helen.get(path).text())
                .contains("Ask for approval. First note how the requester has shown who they are.")
                .contains("Unseal. First somebody asks for approval, and another person approves.")
                .doesNotContain("Unseal, review");
        var early = helen.get(path + "/ask");
        assertThat(early.status()).isEqualTo(200);
        assertThat(early.text()).contains("First note how the requester has shown who they are.");
        assertThat(early.html()).doesNotContain("<textarea", "action=\"" + path + "/ask\"");

        helen.post(path + "/identity", path + "/identity", Map.of("identity", "shown", "reason", "passport"));
        assertThat(links(helen, path, "ask")).isTrue();
        assertThat(helen.get(path + "/ask").html()).contains("<textarea", "action=\"" + path + "/ask\"");
        assertThat(helen.get(path).text()).doesNotContain("Ask for approval.");

        assertThat(helen.post(path + "/close", path + "/close", Map.of("reason", "withdrawn"))
                        .status())
                .isEqualTo(303);
        assertThat(links(helen, path, "search")).isFalse();
        assertThat(links(helen, path, "release-holds")).isTrue();
        assertThat(helen.get(path).text()).contains("This case is closed.").doesNotContain("What comes later");
        var late = helen.post(path + "/ask", path + "/ask", Map.of("reason", "a second look"));
        assertThat(late.status()).isEqualTo(422);
        assertThat(late.text()).contains("This case is closed", "a second look");
    }

    @Test
    void aReviewSaysWhatMustComeBeforeTheUnsealing() {
        var helen = as("helen.ashworth");
        var path = opened(helen, with(request("amara.okafor"), "kind", "freedom_of_information"));
        var review = path + "/review";
        assertThat(helen.get(review).text())
                .contains("First somebody asks for approval, and another person approves.")
                .doesNotContain("Begin the unsealing", "Make a pack");
        assertThat(helen.get(review + "/opinion/paper").text())
                .contains("Nothing was taken for this case yet")
                .doesNotContain("Record the opinion");
        helen.post(path + "/ask", path + "/ask", Map.of("reason", "to answer"));
        assertThat(helen.get(review).text()).contains("It waits for another person's approval.");
        as("owen.rowlands").post(path + "/approve", path + "/approve", Map.of("reason", "proportionate"));
        assertThat(helen.get(review).text()).contains("Begin the unsealing").doesNotContain("is not unsealed now");
        helen.post(path + "/close", path + "/close", Map.of("reason", "withdrawn"));
        assertThat(helen.get(review).text())
                .contains("This case is closed: nothing more is unsealed")
                .doesNotContain("Begin the unsealing");
    }

    @Test
    void whatIsMissingIsSaidAndWhatWasTypedStays() {
        var helen = as("helen.ashworth");
        var nobody = helen.post(CASES, NEW, request("nobody.here"));
        assertThat(nobody.status()).isEqualTo(422);
        assertThat(nobody.html()).contains("Nobody of this organisation", "value=\"Alex Quill\"");
        var unkind = helen.post(CASES, NEW, with(request("amara.okafor"), "kind", ""));
        assertThat(unkind.html()).contains("href=\"#kind\"");
        var late = helen.post(CASES, NEW, with(request("amara.okafor"), "received-year", "2027"));
        assertThat(late.text()).contains("not received in the future");
    }

    @Test
    @Rule("G17")
    void twoPeopleAgreeAndTheApproverShowsThatItIsThem() {
        var helen = as("helen.ashworth");
        var path = opened(helen);
        var early = helen.post(path + "/ask", path + "/ask", Map.of("reason", "to answer"));
        assertThat(early.status()).isEqualTo(422);
        assertThat(early.text()).contains("First note how the requester has shown who they are");
        helen.post(path + "/identity", path + "/identity", Map.of("identity", "shown", "reason", "passport"));
        assertThat(helen.post(path + "/ask", path + "/ask", Map.of("reason", "to answer"))
                        .status())
                .isEqualTo(303);
        assertThat(helen.post(path + "/approve", path + "/approve", Map.of("reason", "fine"))
                        .status())
                .isEqualTo(403);
        var owen = as("owen.rowlands");
        assertThat(owen.get(path).text()).contains("Waits for approval", "Refuse approval");
        clock.move(Duration.ofMinutes(6));
        assertThat(owen.post(path + "/approve", path + "/approve", Map.of("reason", "fine"))
                        .text())
                .contains("Show that it is you");
        var proven = Map.of("reason", "proportionate", "_code", server.codeOf("owen.rowlands"));
        assertThat(owen.post(path + "/approve", path + "/approve", proven).status())
                .isEqualTo(303);
        assertThat(owen.get(path).text()).contains("Approved", "Owen Rowlands approved. “proportionate”");
    }

    @Test
    @Rule("G17")
    void theClockStopsAndStartsOnPagesOfTheirOwn() {
        var helen = as("helen.ashworth");
        var path = opened(helen);
        var stop = new HashMap<>(date("day", "21", "11", "2026"));
        stop.putAll(Map.of("why", "identity", "reason", "asked for a passport"));
        assertThat(helen.get(path + "/stop-clock").text()).contains("proof of who they are");
        helen.post(path + "/stop-clock", path + "/stop-clock", stop);
        assertThat(helen.get(path).text()).contains("Stopped: we wait for proof of who they are");
        helen.post(path + "/start-clock", path + "/start-clock", date("day", "23", "11", "2026"));
        assertThat(helen.get(path).text()).contains("Answer by 23 Dec 2026");
    }

    private static void spend(TestConsole console, String path, String minutes, String task) {
        var time = new HashMap<>(date("day", "23", "11", "2026"));
        time.putAll(Map.of("minutes", minutes, "task", task));
        assertThat(console.post(path + "/time", path + "/time", time).status()).isEqualTo(303);
    }

    /// Section 12 of the Freedom of Information Act 2000; the law of subject access knows no such limit.
    @Test
    @Rule("G17")
    void theCostLimitIsShownForFreedomOfInformationAlone() {
        var helen = as("helen.ashworth");
        var access = opened(helen);
        assertThat(helen.get(access).text()).doesNotContain("cost limit", "Time noted");
        spend(helen, access, "900", "locate");
        spend(helen, access, "60", "review");
        assertThat(helen.get(access).text())
                .contains("Time noted 960 minutes")
                .doesNotContain("cost limit", "Time that counts");

        var freedom = opened(helen, with(request("amara.okafor"), "kind", "freedom_of_information"));
        assertThat(helen.get(freedom).text()).contains("0 minutes, 0% of the cost limit");
        spend(helen, freedom, "900", "locate");
        spend(helen, freedom, "60", "review");
        assertThat(helen.get(freedom).text()).contains("900 minutes, 83% of the cost limit: nearly reached");
    }

    @Test
    @Rule("G17")
    void metadataIsSearchedAndTheParticipantCanSeeIt() {
        var helen = as("helen.ashworth");
        var path = opened(helen);
        var search = new HashMap<>(date("from", "1", "11", "2026"));
        search.putAll(date("to", "30", "11", "2026"));
        search.putAll(Map.of("persons", "amara.okafor", "left", "nothing"));
        var why = helen.post(path + "/search", path + "/search", search);
        assertThat(why.status()).isEqualTo(422);
        search.put("why", "they were only in one");
        assertThat(helen.post(path + "/search", path + "/search", search).status())
                .isEqualTo(303);
        assertThat(helen.get(path).text()).contains("Metadata, 0 messages. Not searched: nothing");
        clock.move(Duration.ofMinutes(1));
        var amara = server.signIn("amara.okafor");
        assertThat(server.get(amara, "/_lanyard/v1/me/searches").body().toString())
                .contains("\"what\":\"metadata\"")
                .doesNotContain("Quill", "helen");
    }

    @Test
    @Rule("G39")
    void whoHasNoDutySeesNoCaseAndTheOfficerHasTheirList() {
        var helen = as("helen.ashworth");
        var path = opened(helen);
        var dawn = as("dawn.whitaker");
        assertThat(dawn.get(CASES).status()).isEqualTo(403);
        assertThat(dawn.get(path).status()).isEqualTo(403);
        assertThat(helen.get("/console/looks").status()).isEqualTo(403);
        var farah = as("farah.siddiqui");
        assertThat(farah.get("/console/looks").text()).contains("You have seen all of them");
        assertThat(farah.get(path + "/search").status()).isEqualTo(403);
        assertThat(farah.get(CASES + "/case-0000000000000000").status()).isEqualTo(404);
    }
}
