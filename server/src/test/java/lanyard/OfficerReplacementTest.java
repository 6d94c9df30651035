package lanyard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import lanyard.governance.custodian.TestOfficer;
import lanyard.governance.disclosure.CaseId;
import lanyard.governance.disclosure.CaseKind;
import lanyard.governance.disclosure.CaseScope;
import lanyard.governance.disclosure.NewCase;
import lanyard.governance.disclosure.Requester;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Rule;
import lanyard.trust.console.TestConsole;
import lanyard.trust.console.TestConsole.Shown;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.NewPerson;
import lanyard.trust.passkey.TestPasskey;
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
    private static final String ORIGIN = "http://localhost:8448";
    private static final String PATH = "/console/custodian";
    private static final String REPLACEMENTS = PATH + "/replacements";
    private static final Pattern KEY = Pattern.compile("data-session=\"([^\"]+)\" data-key=\"([^\"]+)\"");
    private static final Pattern KEPT = Pattern.compile("data-kept=\"([^\"]*)\" data-current=\"([^\"]*)\"");

    private final MovableClock clock = new MovableClock(Instant.now());
    private final Map<String, TestOfficer> officers = new HashMap<>();
    private final Map<String, TestConsole> consoles = new HashMap<>();
    private final Set<String> tried = new HashSet<>();
    private TestServer server;
    private CaseFixture cases;
    private RoomId room;

    @BeforeAll
    void start() {
        server = TestServer.demonstration(clock, Map.of("LANYARD_PUBLIC_URL", ORIGIN));
        cases = new CaseFixture(server);
        cases.officers().forEach(officer -> officers.put(officer.person().localpart(), officer));
        officers.put("carys.bevan", TestOfficer.without("@carys.bevan:lanyard.localhost"));
        var rhian = server.signIn("rhian.lloyd");
        room = cases.conversation(rhian, server.signIn("amara.okafor"));
        cases.share(rhian, room);
        cases.say(rhian, room, "in bay 4");
        duty("give", "carys.bevan");
        assertThat(opens("SAR-29", officer("victor.sandhu"), officer("ngozi.eze")))
                .containsExactly("opened");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void anotherCode() {
        clock.move(Duration.ofMinutes(6));
        consoles.clear();
    }

    private void duty(String what, String user) {
        var fields = Map.of("user", "@" + user + ":lanyard.localhost", "duty", "custodian_officer");
        assertThat(signedIn("helen.ashworth")
                        .post("/console/duties/" + what, "/console/duties", fields)
                        .status())
                .isEqualTo(303);
    }

    /// Once in each test: a proof counts for five minutes.
    private TestConsole signedIn(String user) {
        return consoles.computeIfAbsent(user, someone -> TestConsole.signedIn(server, someone));
    }

    private TestOfficer officer(String user) {
        return Objects.requireNonNull(officers.get(user));
    }

    /// As the app adds a passkey, and then the officer's browser prepares it.
    private Shown prepare(String user) {
        clock.move(Duration.ofSeconds(30));
        var phone = server.signIn(user);
        clock.move(Duration.ofSeconds(30));
        var passkey = new TestPasskey(ORIGIN);
        var asked = server.post(phone, "/_lanyard/v1/me/passkeys/options", Json.object());
        var body = Json.object().put("name", "A key");
        body.set("credential", passkey.create(Json.objectField(asked.object(), "publicKey")));
        assertThat(server.post(phone, "/_lanyard/v1/me/passkeys", body).status())
                .isEqualTo(200);
        var fields = Map.of("key", officer(user).publicKey(), "credential", passkey.id());
        return signedIn(user).post(PATH + "/keys", PATH, fields);
    }

    private static String unescaped(String html) {
        return html.replace("&quot;", "\"")
                .replace("&#43;", "+")
                .replace("&#x3D;", "=")
                .replace("&#61;", "=");
    }

    private Shown present(TestConsole console, String path, TestOfficer officer) {
        var key = KEY.matcher(console.get(path).html());
        assertThat(key.find()).isTrue();
        var sealed = officer.sealed(key.group(1), unescaped(key.group(2)));
        return console.post(path, path, Map.of("sealed", Base64.getEncoder().encodeToString(sealed)));
    }

    /// Opens the share that waits and has a worker look at it.
    private TestOfficer trying(String user) {
        var console = signedIn(user);
        var path = console.post(PATH + "/tests", PATH, Map.of()).location();
        var kept = KEPT.matcher(console.get(path).html());
        assertThat(kept.find()).isTrue();
        var listed = "{\"kept\":" + unescaped(kept.group(1)) + "}";
        var waiting = Json.arrayField(Json.object(listed.getBytes(StandardCharsets.UTF_8)), "kept");
        var opened = officer(user);
        for (var one : waiting) {
            var ceremony = one.path("ceremony").asString();
            if (tried.add(user + ceremony)) {
                opened = opened.opening(ceremony, one.path("sealed").asString());
            }
        }
        assertThat(present(console, path, opened).location()).isEqualTo(path);
        return opened;
    }

    private String shareOf(String name) {
        return server.database()
                .read(tx -> tx.query("""
                        select ceremony || ' ' || officer from custodian_officer
                        where name = :name and retired_ts is null order by ceremony limit 1
                        """).bind("name", name).mapTo(String.class).one());
    }

    private Map<String, String> asking(String goes, String comes) {
        return Map.of(
                "share", shareOf(goes), "newcomer", "@" + comes + ":lanyard.localhost", "reason", "leaves the trust");
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
        var martin = officer("martin.doyle");
        var ngozi = officer("ngozi.eze");
        var victor = officer("victor.sandhu");
        registered("99Z0006E", "ngozi.eze", "victor.sandhu");
        assertThat(opens("SAR-31", victor, ngozi).getFirst()).contains("You have presented your share");
        registered("99Z0007E", "ngozi.eze");
        List.of("martin.doyle", "ngozi.eze", "carys.bevan")
                .forEach(user -> assertThat(prepare(user).location()).isEqualTo(PATH));
        var console = signedIn("martin.doyle");
        var begun = console.post(REPLACEMENTS, REPLACEMENTS, asking("Victor Sandhu", "carys.bevan"));
        var path = begun.location();
        assertThat(signedIn("ngozi.eze").get(path).text())
                .contains("Who goes Victor Sandhu, @victor.sandhu", "Who comes Carys Bevan, @carys.bevan");
        refusedToTakePart(path);
        assertThat(present(console, path, martin).location()).isEqualTo(path);
        assertThat(console.post(path, path, Map.of("sealed", "AAAA")).text()).contains("You have presented your share");
        assertThat(present(signedIn("ngozi.eze"), path, ngozi).location()).isEqualTo(path);
        assertThat(signedIn("ngozi.eze").get(path).text())
                .contains("Carys Bevan, @carys.bevan:lanyard.localhost comes for Victor Sandhu");

        var now = new ArrayList<TestOfficer>();
        now.add(trying("carys.bevan"));
        now.add(trying("martin.doyle"));
        // Whatever ends here, the old shares open as before.
        server.restart();
        anotherCode();
        assertThat(opens("SAR-32", martin, victor)).containsExactly("opened");
        now.add(trying("ngozi.eze"));
        assertThat(opens("SAR-33", martin, victor).getFirst()).contains("retired");
        assertThat(opens("SAR-34", now.get(0), now.get(2))).containsExactly("opened");
        oldPartsAreGone();
        theNextCeremonyIsHeldForTheirBrowsers();
    }

    private void theNextCeremonyIsHeldForTheirBrowsers() {
        var martin = signedIn("martin.doyle");
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
        trying("martin.doyle");
        assertThat(martin.get(PATH).text())
                .doesNotContain("A new share waits for you", "made for Martin Doyle")
                .contains("nobody has tried", "made for Ngozi Eze");
        assertThat(martin.post(ceremonies, ceremonies, fields).text()).contains("devices for a year to come");
    }

    private void refusedToTakePart(String path) {
        var victor = signedIn("victor.sandhu");
        assertThat(present(victor, path, officer("victor.sandhu")).text()).contains("Who is replaced takes no part");
        var carys = signedIn("carys.bevan");
        assertThat(carys.post(path, path, Map.of("sealed", "AAAA")).text()).contains("Who comes new takes no part");
        // The share of who goes, in the hands of an officer who may take part.
        var others = signedIn("ngozi.eze");
        var lent = officer("victor.sandhu").as("@ngozi.eze:lanyard.localhost");
        assertThat(present(others, path, lent).text()).contains("nobody holds two");
        assertThat(signedIn("owen.rowlands").get(path).status()).isEqualTo(403);
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
        var carys = signedIn("carys.bevan");
        var notTheirs = Map.of("key", officer("carys.bevan").publicKey(), "credential", "AAAA");
        assertThat(carys.post(PATH + "/keys", PATH, notTheirs).text()).contains("not one that you sign in with");
        duty("give", "elin.parry");
        var martin = signedIn("martin.doyle");
        assertThat(begin(martin, "elin.parry")).contains("no passkey prepared");
        assertThat(begin(martin, "owen.rowlands")).contains("does not have the duty");
        assertThat(begin(martin, "ngozi.eze")).contains("nobody holds two").doesNotContain("no passkey");
        officers.put("elin.parry", TestOfficer.without("@elin.parry:lanyard.localhost"));
        prepare("elin.parry");
        var named = openCase("martin.doyle");
        assertThat(begin(signedIn("martin.doyle"), "elin.parry")).contains("named in a case that is open");
        close(named);
        named = openCase("elin.parry");
        assertThat(begin(signedIn("martin.doyle"), "elin.parry")).contains("named in a case that is open");
        close(named);
        var victor = signedIn("ngozi.eze");
        var fields = asking("Ngozi Eze", "elin.parry");
        assertThat(victor.post(REPLACEMENTS, REPLACEMENTS, fields).text()).contains("Who is replaced takes no part");
    }

    @Test
    void neitherAnotherOrganisationsOfficerNorSomebodysSecondAccountComes() {
        duty("give", "jack.turner");
        officers.put("jack.turner", TestOfficer.without("@jack.turner:lanyard.localhost"));
        prepare("jack.turner");
        keyIsOf("ELSEWHERE");
        assertThat(begin(signedIn("martin.doyle"), "jack.turner")).contains("no passkey prepared");
        keyIsOf(Demonstration.ODS_CODE);
        registered("99Z0003E", "ngozi.eze", "jack.turner");
        assertThat(begin(signedIn("martin.doyle"), "jack.turner")).contains("nobody holds two");
        registered("99Z0004E", "martin.doyle", "jack.turner");
        assertThat(begin(signedIn("martin.doyle"), "jack.turner")).contains("Who comes new takes no part");
        registered("99Z0005E", "jack.turner");
        keyGoesWithTheDuty();
    }

    private void keyGoesWithTheDuty() {
        var custodian = server.app().governance().custodian();
        custodian.sweep();
        assertThat(keys()).isOne();
        duty("take", "jack.turner");
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
        var fields = asking("Ngozi Eze", comes);
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
