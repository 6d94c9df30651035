package lanyard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import lanyard.governance.custodian.Session;
import lanyard.governance.custodian.TestOfficer;
import lanyard.governance.disclosure.CaseId;
import lanyard.governance.disclosure.CaseKind;
import lanyard.governance.disclosure.CaseScope;
import lanyard.governance.disclosure.NewCase;
import lanyard.governance.disclosure.Requester;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Rule;
import lanyard.trust.console.TestConsole;
import lanyard.trust.console.TestConsole.Shown;
import lanyard.trust.identity.Caller;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The custodian's pages, as officers use them; their browsers seal the shares.
@Rule("G17")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CustodianConsoleTest {
    private static final String PATH = "/console/custodian";
    private static final String OVER = "This unsealing is over";
    private static final Pattern KEY = Pattern.compile("data-session=\"([^\"]+)\" data-key=\"([^\"]+)\"");

    /// A month ends meanwhile.
    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-30T23:55:00Z"));
    private TestServer server;
    private CaseFixture cases;
    private TestServer.Person rhian;
    private TestServer.Person amara;
    private RoomId room;
    private List<TestOfficer> officers;

    @BeforeAll
    void start() {
        server = TestServer.demonstration(clock, Map.of());
        cases = new CaseFixture(server);
        officers = cases.officers();
        rhian = server.signIn("rhian.lloyd");
        amara = server.signIn("amara.okafor");
        room = cases.conversation(rhian, amara);
        cases.share(rhian, room);
        cases.say(rhian, room, "in bay 4");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void anotherCode() {
        clock.move(Duration.ofMinutes(1));
    }

    private TestConsole signedIn(String user) {
        return TestConsole.signedIn(server, user);
    }

    private Shown present(TestConsole console, String path, TestOfficer officer) {
        var page = console.get(path);
        var key = KEY.matcher(page.html());
        assertThat(key.find()).isTrue();
        var sealed = officer.sealed(key.group(1), key.group(2).replace("&#43;", "+"));
        return console.post(path, path, Map.of("sealed", Base64.getEncoder().encodeToString(sealed)));
    }

    @Test
    void officersSeeMonthsAndSharesAndOthersDoNot() {
        var page = signedIn("martin.doyle").get(PATH);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains("Records custodian", "In use", "Martin Doyle", "Ngozi Eze", "Victor Sandhu");
        assertThat(signedIn("amara.okafor").get(PATH).status()).isEqualTo(403);
        assertThat(TestConsole.stranger(server).get(PATH).location()).startsWith("/console/sign-in");
    }

    @Test
    void twoOfficersPresentTheirSharesAndTheCaseIsOpen() {
        var session = cases.unsealing().begin(CaseFixture.order("SAR-20", room));
        var path = PATH + "/sessions/" + session.id();
        var martin = signedIn("martin.doyle");

        assertThat(present(martin, path, officers.get(0)).location()).isEqualTo(path);
        assertThat(session.state()).isEqualTo(Session.State.ONE_SHARE);
        var again = martin.post(path, path, Map.of("sealed", "AAAA"));
        assertThat(again.status()).isEqualTo(422);
        assertThat(again.text()).contains("You have presented your share");
        assertThat(martin.get(path).html()).doesNotContain("data-key");
        var owen = signedIn("owen.rowlands");
        assertThat(owen.post(path, path, Map.of("sealed", "AAAA")).status()).isEqualTo(403);

        var ngozi = signedIn("ngozi.eze");
        assertThat(present(ngozi, path, officers.get(2)).text()).contains("not sealed for this session");
        assertThat(present(ngozi, path, officers.get(1)).location()).isEqualTo(path);
        assertThat(session.isOpen()).isTrue();
        assertThat(ngozi.get(path).text())
                .contains("The case is open", "0 stayed closed", "Covers 1 room or span of a room Shares")
                .contains("Asked for by Helen Ashworth @helen.ashworth:", "Approved by Samir Haddad @samir.haddad:")
                .contains("Shares Martin Doyle @martin.doyle:");
        assertThat(ngozi.post(path + "/close", path, Map.of()).location()).isEqualTo(PATH);
        assertThat(ngozi.get(path).status()).isEqualTo(404);
        auditKeepsNoReason(session);
    }

    /// The case keeps it, under a key that goes with the case.
    private void auditKeepsNoReason(Session session) {
        var judith = signedIn("judith.pemberton");
        judith.get("/console/audit");
        var found = judith.post("/console/audit", "/console/audit", Map.of("action", "custodian."));
        assertThat(found.text())
                .contains(
                        "custodian.case_exported",
                        "custodian.unsealed",
                        session.order().caseId())
                .doesNotContain(session.order().reason());
    }

    /// Its page says why, in the words of who asked.
    @Test
    void anExcludedOfficerIsShownNothingOfItAndNotAskedForAShare() {
        var victor = officers.get(2);
        var session = cases.unsealing().begin(CaseFixture.order("SAR-21", Set.of(victor.person()), room));
        var path = PATH + "/sessions/" + session.id();
        var console = signedIn("victor.sandhu");

        isNothing(console, path, session);
        var sealed = Base64.getEncoder().encodeToString(victor.sealed(session));
        assertThat(console.post(path, PATH, Map.of("sealed", sealed)).text()).contains(OVER);
        assertThat(session.presented()).isEmpty();
        assertThat(signedIn("martin.doyle").get(PATH).text()).contains("Case SAR-21");
        cases.unsealing().close(session, CaseFixture.REQUESTER);
    }

    private static void isNothing(TestConsole console, String path, Session session) {
        var shown = console.get(path);
        assertThat(shown.status()).isEqualTo(404);
        assertThat(shown.text())
                .doesNotContain(session.order().caseId(), session.order().reason());
        assertThat(console.get(PATH).text()).doesNotContain(session.order().caseId());
    }

    /// What a case says about who was in its rooms reaches the officers, by their second accounts too.
    @Test
    void anOfficerWhoWasInOneOfTheRoomsOpensItByNoAccountAndTheTwoOthersDo() {
        var id = caseAboutARoomOf("victor.sandhu");
        var again = "@carys.bevan:lanyard.localhost";
        isTheSamePerson("@victor.sandhu:lanyard.localhost", again);
        var helen = signedIn("helen.ashworth");
        var review = "/console/cases/" + id + "/review";
        assertThat(helen.post(review + "/unseal", review, Map.of()).status()).isEqualTo(303);
        var session = cases.unsealing().ofCase(id.value()).orElseThrow();
        var path = PATH + "/sessions/" + session.id();
        var victor = officers.get(2);
        for (var one : List.of(victor, victor.as(again))) {
            var console = signedIn(one.person().localpart());
            isNothing(console, path, session);
            var sealed = Base64.getEncoder().encodeToString(one.sealed(session));
            assertThat(console.post(path, PATH, Map.of("sealed", sealed)).text())
                    .contains(OVER);
            assertThat(console.post(path + "/close", PATH, Map.of()).text()).contains(OVER);
        }
        assertThat(session.presented()).isEmpty();

        assertThat(present(signedIn("martin.doyle"), path, officers.get(0)).location())
                .isEqualTo(path);
        assertThat(present(signedIn("ngozi.eze"), path, officers.get(1)).location())
                .isEqualTo(path);
        assertThat(session.isOpen()).isTrue();
        cases.unsealing().close(session, CaseFixture.REQUESTER);
    }

    /// Who reviews it would otherwise believe that a search has seen everything.
    @Test
    void whatCouldNotBeOpenedIsSaidToBeLeftOutAndWhoClosesTheCaseEndsItsUnsealing() {
        var id = caseAboutARoomOf("amara.okafor");
        var helen = signedIn("helen.ashworth");
        var review = "/console/cases/" + id + "/review";
        assertThat(helen.post(review + "/unseal", review, Map.of()).status()).isEqualTo(303);
        var session = cases.unsealing().ofCase(id.value()).orElseThrow();
        officers.get(0).present(cases.unsealing(), session);
        officers.get(1).present(cases.unsealing(), session);
        var search = Map.of("words", "bay", "left_out", "nothing", "why", "all of it");
        assertThat(helen.post(review + "/search", review, search).text())
                .contains("1 messages match", "1 message of the case could not be opened");
        var disclosure = server.app().governance().cases();
        assertThat(disclosure.searching().list(id).getLast().leftOut())
                .startsWith("nothing; 1 message that could not be opened");

        disclosure.close(caller(CaseFixture.REQUESTER), id, "answered", false);
        assertThat(cases.unsealing().ofCase(id.value())).isEmpty();
        var late = helen.post(review + "/search", review, search);
        assertThat(late.status()).isEqualTo(422);
        assertThat(late.text()).contains("This case is closed");
    }

    /// Approved, about a conversation in which they were.
    private CaseId caseAboutARoomOf(String member) {
        var other = server.signIn(member);
        var theirs = cases.conversation(rhian, other);
        clock.move(Duration.ofMinutes(1));
        cases.share(rhian, theirs);
        cases.say(rhian, theirs, "in bay 5");
        cases.say(other, theirs, "of which the custodian was given no key");
        var disclosure = server.app().governance().cases();
        var scope = new CaseScope(Set.of(), Set.of(), Set.of(theirs), 0, 4_000_000_000_000L);
        var requester = new Requester("Alex Quill", "alex@example.org", "themselves", "Everything said of me.");
        var kind = CaseKind.FREEDOM_OF_INFORMATION;
        LocalDate today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        var helen = caller(CaseFixture.REQUESTER);
        var id =
                disclosure.open(helen, new NewCase(kind, requester, scope, kind.usualBasis(), today, Optional.empty()));
        disclosure.ask(helen, id, "to answer");
        disclosure.approve(caller(new UserId("@owen.rowlands:lanyard.localhost")), id, "proportionate");
        return id;
    }

    private static Caller caller(UserId user) {
        return new Caller(user, new DeviceId("CONSOLE"), Demonstration.ODS_CODE);
    }

    /// By their staff number; the second account is a custodian officer as the first is.
    private void isTheSamePerson(String one, String other) {
        var ground = server.app().ground();
        ground.writer().write(commit -> {
            ground.identity().people().number(commit, new UserId(one), "4711");
            ground.identity().people().number(commit, new UserId(other), "4711");
            return one;
        });
        var fields = Map.of("user", other, "duty", "custodian_officer");
        assertThat(signedIn("helen.ashworth")
                        .post("/console/duties/give", "/console/duties", fields)
                        .status())
                .isEqualTo(303);
        clock.move(Duration.ofMinutes(1));
    }

    @Test
    void anOfficerTestsAShareWithoutOpeningAnything() {
        var victor = signedIn("victor.sandhu");
        var path = victor.post(PATH + "/tests", PATH, Map.of()).location();

        assertThat(present(victor, path, officers.get(2).damaged()).text()).contains("damaged");
        assertThat(present(victor, path, officers.get(2)).location()).isEqualTo(path);
        assertThat(victor.get(path).text()).contains("Your share is right");
        assertThat(signedIn("martin.doyle").get(path).status()).isEqualTo(404);
        assertThat(victor.get(PATH).html()).contains("@victor.sandhu:lanyard.localhost");
    }

    @Test
    void aRevokedDeviceIsReplacedByTheNextMonthsAndWhatWasSealedToItStillOpens() {
        var martin = signedIn("martin.doyle");
        var before =
                CaseFixture.custodianAsSeenBy(server, rhian).months().getFirst().device();
        assertThat(martin.post(PATH + "/revoke", PATH, Map.of("reason", "a stolen share"))
                        .text())
                .contains("Tick the box");

        martin.post(PATH + "/revoke", PATH, Map.of("reason", "a stolen share", "sure", "yes"));

        var after =
                CaseFixture.custodianAsSeenBy(server, rhian).months().getFirst().device();
        assertThat(after).isNotEqualTo(before);
        assertThat(martin.get(PATH).text()).contains("Revoked", after.value() + " In use");
        var ward = cases.conversation(rhian, amara);
        cases.share(rhian, ward);
        cases.say(rhian, ward, "sealed to the next month's device");
        var session = cases.unsealing().begin(CaseFixture.order("SAR-22", room, ward));
        officers.get(0).present(cases.unsealing(), session);
        officers.get(1).present(cases.unsealing(), session);
        assertThat(session.opening().orElseThrow().closed()).isEmpty();
        cases.unsealing().close(session, CaseFixture.REQUESTER);
    }

    @Test
    void onlyOfficersFetchTheShareFilesOfTheFirstCeremony() {
        var martin = signedIn("martin.doyle");
        var file = PATH + "/shares/officer-1.share";

        assertThat(martin.get(PATH + "/ceremonies").html()).contains(file);
        assertThat(martin.get(file).html()).contains("lanyard officer share 1", "Martin Doyle");
        assertThat(martin.get(PATH + "/shares/node").status()).isEqualTo(404);
        assertThat(signedIn("owen.rowlands").get(file).status()).isEqualTo(403);
    }
}
