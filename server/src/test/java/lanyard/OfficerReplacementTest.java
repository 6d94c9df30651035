package lanyard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lanyard.governance.custodian.TestOfficer;
import lanyard.governance.disclosure.CaseId;
import lanyard.governance.disclosure.CaseKind;
import lanyard.governance.disclosure.CaseScope;
import lanyard.governance.disclosure.NewCase;
import lanyard.governance.disclosure.Requester;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Rule;
import lanyard.trust.console.TestConsole;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.NewPerson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// An officer is replaced, and a ceremony is held for officers' browsers: through the console's pages, as their
/// browsers send them.
@Rule("G17")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OfficerReplacementTest {
    private static final String PATH = OfficerDesk.PATH;
    private static final String REPLACEMENTS = OfficerDesk.REPLACEMENTS;

    /// A month ends meanwhile.
    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-30T23:55:00Z"));
    private TestServer server;
    private CaseFixture cases;
    private OfficerDesk desk;
    private RoomId room;

    @BeforeAll
    void start() {
        server = TestServer.demonstration(clock, Map.of("LANYARD_PUBLIC_URL", OfficerDesk.ORIGIN));
        cases = new CaseFixture(server);
        desk = new OfficerDesk(server, clock);
        desk.comes("carys.bevan");
        var rhian = server.signIn("rhian.lloyd");
        room = cases.conversation(rhian, server.signIn("amara.okafor"));
        cases.share(rhian, room);
        cases.say(rhian, room, "in bay 4");
        desk.duty("give", "carys.bevan");
        assertThat(opens("SAR-29", desk.officer("victor.sandhu"), desk.officer("ngozi.eze")))
                .containsExactly("opened");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void anotherCode() {
        desk.later();
    }

    private List<String> opens(String caseId, TestOfficer one, TestOfficer other) {
        var session = cases.unsealing().begin(CaseFixture.order(caseId, room));
        try {
            one.present(cases.unsealing(), session);
            other.present(cases.unsealing(), session);
            return session.opening().orElseThrow().closed().isEmpty() ? List.of("opened") : List.of("closed");
        } catch (MatrixException e) {
            return List.of(String.valueOf(e.getMessage()));
        } finally {
            cases.unsealing().close(session, CaseFixture.REQUESTER);
        }
    }

    @Test
    void anOfficerIsReplacedByTheTwoOthersAndTheOldSharesEnd() {
        var martin = desk.officer("martin.doyle");
        var ngozi = desk.officer("ngozi.eze");
        var victor = desk.officer("victor.sandhu");
        registered("99Z0006E", "ngozi.eze", "victor.sandhu");
        assertThat(opens("SAR-31", victor, ngozi).getFirst()).contains("You have presented your share");
        registered("99Z0007E", "ngozi.eze");
        List.of("martin.doyle", "ngozi.eze", "carys.bevan")
                .forEach(user -> assertThat(desk.prepare(user).location()).isEqualTo(PATH));
        var console = desk.signedIn("martin.doyle");
        var begun = console.post(REPLACEMENTS, REPLACEMENTS, desk.asking("Victor Sandhu", "carys.bevan"));
        var path = begun.location();
        assertThat(desk.signedIn("ngozi.eze").get(path).text())
                .contains("Who goes Victor Sandhu, @victor.sandhu", "Who comes Carys Bevan, @carys.bevan");
        refusedToTakePart(path);
        assertThat(desk.present(console, path, martin).location()).isEqualTo(path);
        assertThat(console.post(path, path, Map.of("sealed", "AAAA")).text()).contains("You have presented your share");
        assertThat(desk.present(desk.signedIn("ngozi.eze"), path, ngozi).location())
                .isEqualTo(path);
        assertThat(desk.signedIn("ngozi.eze").get(path).text())
                .contains("Carys Bevan, @carys.bevan:lanyard.localhost comes for Victor Sandhu");

        var now = new ArrayList<TestOfficer>();
        now.add(desk.trying("carys.bevan"));
        now.add(desk.trying("martin.doyle"));
        // Whatever ends here, the old shares open as before.
        server.restart();
        anotherCode();
        assertThat(opens("SAR-32", martin, victor)).containsExactly("opened");
        now.add(desk.trying("ngozi.eze"));
        assertThat(opens("SAR-33", martin, victor).getFirst()).contains("retired");
        assertThat(opens("SAR-34", now.get(0), now.get(2))).containsExactly("opened");
        oldPartsAreGone();
        theNextCeremonyIsHeldForTheirBrowsers();
    }

    private void theNextCeremonyIsHeldForTheirBrowsers() {
        var martin = desk.signedIn("martin.doyle");
        var page = martin.get(PATH).text();
        assertThat(page)
                .contains("Victor Sandhu Retired", "Carys Bevan @carys.bevan:lanyard.localhost")
                .doesNotContain("nobody has tried");
        var ceremonies = PATH + "/ceremonies";
        var fields = new HashMap<String, String>();
        fields.put("officer-1", "@martin.doyle:lanyard.localhost");
        fields.put("officer-2", "@ngozi.eze:lanyard.localhost");
        fields.put("officer-3", "@martin.doyle:lanyard.localhost");
        assertThat(martin.post(ceremonies, ceremonies, fields).text()).contains("three different people");
        fields.put("officer-3", "@victor.sandhu:lanyard.localhost");
        assertThat(martin.post(ceremonies, ceremonies, fields).text()).contains("no passkey prepared");
        fields.put("officer-3", "@carys.bevan:lanyard.localhost");
        registered("99Z0001E", "martin.doyle", "carys.bevan");
        assertThat(martin.post(ceremonies, ceremonies, fields).text()).contains("by two accounts");
        registered("99Z0002E", "carys.bevan");
        assertThat(martin.post(ceremonies, ceremonies, fields).location()).isEqualTo(PATH);
        assertThat(martin.get(PATH).text())
                .contains(
                        "A new share waits for you", "nobody has tried", "made for Martin Doyle", "made for Ngozi Eze");
        desk.trying("martin.doyle");
        assertThat(martin.get(PATH).text())
                .doesNotContain("A new share waits for you", "made for Martin Doyle")
                .contains("nobody has tried", "made for Ngozi Eze");
        assertThat(martin.post(ceremonies, ceremonies, fields).text()).contains("devices for a year to come");
    }

    private void refusedToTakePart(String path) {
        var victor = desk.signedIn("victor.sandhu");
        assertThat(desk.present(victor, path, desk.officer("victor.sandhu")).text())
                .contains("Who is replaced takes no part");
        var carys = desk.signedIn("carys.bevan");
        assertThat(carys.post(path, path, Map.of("sealed", "AAAA")).text()).contains("Who comes new takes no part");
        // The share of who goes, in the hands of an officer who may take part.
        var others = desk.signedIn("ngozi.eze");
        var lent = desk.officer("victor.sandhu").as("@ngozi.eze:lanyard.localhost");
        assertThat(desk.present(others, path, lent).text()).contains("nobody holds two");
        assertThat(desk.signedIn("owen.rowlands").get(path).status()).isEqualTo(403);
    }

    /// Not one of the old ceremony's sealed parts is in the database any more, and its shares are marked.
    private void oldPartsAreGone() {
        server.database().read(tx -> {
            assertThat(tx.query("""
                            select count(*) from custodian_identity i join custodian_officer o on o.ceremony = i.ceremony
                            where o.name = 'Victor Sandhu' and o.retired_ts is not null and length(sealed_identity) = 0
                            """).mapTo(Integer.class).one()).isEqualTo(1);
            assertThat(tx.query("""
                            select count(*) from custodian_month m join custodian_officer o on o.ceremony = m.ceremony
                            where o.retired_ts is not null
                            """).mapTo(Integer.class).one()).isZero();
            return assertThat(tx.query("select count(*) from custodian_replacement where sealed is not null")
                            .mapTo(Integer.class)
                            .one())
                    .isZero();
        });
    }

    @Test
    void nobodyWithoutAPasskeyOrNamedInAnOpenCaseTakesPart() {
        var carys = desk.signedIn("carys.bevan");
        var notTheirs = Map.of("key", desk.officer("carys.bevan").publicKey(), "credential", "AAAA");
        assertThat(carys.post(PATH + "/keys", PATH, notTheirs).text()).contains("not one that you sign in with");
        desk.duty("give", "elin.parry");
        var martin = desk.signedIn("martin.doyle");
        assertThat(begin(martin, "elin.parry")).contains("no passkey prepared");
        assertThat(begin(martin, "owen.rowlands")).contains("does not have the duty");
        assertThat(begin(martin, "ngozi.eze")).contains("nobody holds two").doesNotContain("no passkey");
        desk.comes("elin.parry");
        desk.prepare("elin.parry");
        var named = openCase("martin.doyle");
        assertThat(begin(desk.signedIn("martin.doyle"), "elin.parry")).contains("named in a case that is open");
        close(named);
        named = openCase("elin.parry");
        assertThat(begin(desk.signedIn("martin.doyle"), "elin.parry")).contains("named in a case that is open");
        close(named);
        var victor = desk.signedIn("ngozi.eze");
        var fields = desk.asking("Ngozi Eze", "elin.parry");
        assertThat(victor.post(REPLACEMENTS, REPLACEMENTS, fields).text()).contains("Who is replaced takes no part");
    }

    @Test
    void neitherAnotherOrganisationsOfficerNorSomebodysSecondAccountComes() {
        desk.duty("give", "jack.turner");
        desk.comes("jack.turner");
        desk.prepare("jack.turner");
        keyIsOf("ELSEWHERE");
        assertThat(begin(desk.signedIn("martin.doyle"), "jack.turner")).contains("no passkey prepared");
        keyIsOf(Demonstration.ODS_CODE);
        registered("99Z0003E", "ngozi.eze", "jack.turner");
        assertThat(begin(desk.signedIn("martin.doyle"), "jack.turner")).contains("nobody holds two");
        registered("99Z0004E", "martin.doyle", "jack.turner");
        assertThat(begin(desk.signedIn("martin.doyle"), "jack.turner")).contains("Who comes new takes no part");
        registered("99Z0005E", "jack.turner");
        keyGoesWithTheDuty();
    }

    private void keyGoesWithTheDuty() {
        var custodian = server.app().governance().custodian();
        custodian.sweep();
        assertThat(keys()).isOne();
        desk.duty("take", "jack.turner");
        custodian.sweep();
        assertThat(keys()).isZero();
    }

    private int keys() {
        return server.database()
                .read(tx -> tx.query("select count(*) from custodian_officer_key where person like '@jack.turner:%'")
                        .mapTo(Integer.class)
                        .one());
    }

    private void keyIsOf(String organization) {
        server.database()
                .write(tx -> tx.update(
                                "update custodian_officer_key set organization = :organization where person like '@jack.turner:%'")
                        .bind("organization", organization)
                        .execute());
    }

    private void registered(String number, String... users) {
        var ground = server.app().ground();
        for (var user : users) {
            var person = ground.identity().people().get(new UserId("@" + user + ":lanyard.localhost"));
            var post = new NewPerson.Post(person.role(), person.ward(), "NMC", number);
            ground.writer().write(commit -> {
                ground.identity().people().update(commit, person.id(), person.displayName(), post);
                return person;
            });
        }
    }

    /// Ngozi Eze is to be replaced; hers is a share that has been shown.
    private String begin(TestConsole console, String comes) {
        var fields = desk.asking("Ngozi Eze", comes);
        return console.post(REPLACEMENTS, REPLACEMENTS, fields).text();
    }

    private static Caller helen() {
        return new Caller(CaseFixture.REQUESTER, new DeviceId("CONSOLE"), Demonstration.ODS_CODE);
    }

    private CaseId openCase(String about) {
        var person = new UserId("@" + about + ":lanyard.localhost");
        var scope = new CaseScope(Set.of(person), Set.of(), Set.of(), 0, 4_000_000_000_000L);
        var kind = CaseKind.SUBJECT_ACCESS;
        var requester = new Requester("Alex Quill", "alex@example.org", "themselves", "Everything said of me.");
        LocalDate today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        return server.app()
                .governance()
                .cases()
                .open(helen(), new NewCase(kind, requester, scope, kind.usualBasis(), today, Optional.empty()));
    }

    private void close(CaseId id) {
        server.app().governance().cases().close(helen(), id, "answered", true);
    }
}
