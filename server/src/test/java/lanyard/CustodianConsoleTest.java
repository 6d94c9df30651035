package lanyard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import lanyard.governance.custodian.Session;
import lanyard.governance.custodian.TestOfficer;
import lanyard.standards.matrix.RoomId;
import lanyard.traceability.Rule;
import lanyard.trust.console.TestConsole;
import lanyard.trust.console.TestConsole.Shown;
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
    private static final Pattern KEY = Pattern.compile("data-session=\"([^\"]+)\" data-key=\"([^\"]+)\"");

    private final MovableClock clock = new MovableClock(Instant.now());
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
        assertThat(ngozi.get(path).text()).contains("The case is open", "0 stayed closed");
        assertThat(ngozi.post(path + "/close", path, Map.of()).location()).isEqualTo(PATH);
        assertThat(ngozi.get(path).status()).isEqualTo(404);
    }

    @Test
    void anExcludedOfficerIsNotAskedForAShare() {
        var victor = officers.get(2);
        var session = cases.unsealing().begin(CaseFixture.order("SAR-21", Set.of(victor.person()), room));
        var path = PATH + "/sessions/" + session.id();
        var console = signedIn("victor.sandhu");

        assertThat(console.get(path).html()).doesNotContain("data-key");
        var sealed = Base64.getEncoder().encodeToString(victor.sealed(session));
        var refused = console.post(path, path, Map.of("sealed", sealed));
        assertThat(refused.text()).contains("named in this case");
        cases.unsealing().close(session, CaseFixture.REQUESTER);
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
