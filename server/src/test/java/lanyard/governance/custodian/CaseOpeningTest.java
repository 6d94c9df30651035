package lanyard.governance.custodian;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import lanyard.governance.custodian.CustodianPublic.MonthDevice;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.Ed25519;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

@Rule("G17")
class CaseOpeningTest {
    private static final UserId RECORDS = new UserId("@records:ward.example");
    private static final RoomId WARD = new RoomId("!ward");
    private static final RoomId OTHER = new RoomId("!other");
    private static final YearMonth JUNE = YearMonth.of(2026, 6);
    private static final long FROM = Instant.parse("2026-06-01T00:00:00Z").toEpochMilli();
    private static final long TO = Instant.parse("2026-06-30T23:59:59Z").toEpochMilli();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] CASE_KEY = Ed25519.newPrivateKey(RANDOM);

    private static CeremonyResult ceremony = hold();

    private final Sender rhian = new Sender("@rhian:ward.example");
    private final List<CaseFile.Mail> mail = new ArrayList<>();
    private final List<ObjectNode> events = new ArrayList<>();

    @BeforeAll
    static void onceForAll() {
        ceremony = hold();
    }

    private static CeremonyResult hold() {
        var officers = List.of(
                new Officer("Caldicott Guardian", "first passphrase".toCharArray()),
                new Officer("SIRO", "second passphrase".toCharArray()),
                new Officer("IG lead", "third passphrase".toCharArray()));
        var order = new CeremonyOrder("RXX", RECORDS, JUNE, officers, Instant.EPOCH);
        return new Ceremony(order.making(), Ed25519.publicKey(CASE_KEY), RANDOM).hold();
    }

    private static MonthDevice june() {
        return ceremony.known().find(JUNE).orElseThrow();
    }

    private void deliver(Sender from, MonthDevice to, ObjectNode content) {
        mail.add(new CaseFile.Mail(to.device(), from.user, FROM, content));
    }

    private void share(Sender from, RoomId room) {
        deliver(from, june(), from.share(ceremony.known(), june(), room));
    }

    private ObjectNode post(UserId sender, RoomId room, long ts, ObjectNode content) {
        var event = Json.object()
                .put("event_id", "$" + events.size())
                .put("room_id", room.value())
                .put("type", "m.room.encrypted")
                .put("sender", sender.value())
                .put("origin_server_ts", ts);
        event.set("content", content);
        events.add(event);
        return event;
    }

    private void say(Sender from, String text) {
        post(from.user, WARD, FROM + 1, from.say(WARD, text));
    }

    private CaseFile caseFile() {
        var scope = new CaseFile.Scope("SAR-17", "RXX", RECORDS, WARD, FROM, TO);
        var months = ceremony.known().months().stream()
                .map(month -> new CaseFile.SealedMonth(
                        ceremony.ceremony(),
                        month.month(),
                        month.device(),
                        month.deviceKeys(),
                        java.util.Objects.requireNonNull(
                                ceremony.sealedAccounts().get(month.month()))))
                .limit(2)
                .toList();
        return new CaseFile(scope, months, mail, events);
    }

    private static TwoOfficers officers(int one, int other) {
        return new TwoOfficers(ceremony.shares().get(one), ceremony.shares().get(other));
    }

    private static Disclosure opened(CaseFile file, TwoOfficers officers) {
        try (var opener = new Opener(List.of(officers), Set.of(WARD), RANDOM)) {
            return opener.open(file);
        }
    }

    private Disclosure open() {
        return opened(caseFile(), officers(0, 1));
    }

    private List<String> bodies(Disclosure disclosure) {
        return disclosure.events().stream()
                .map(event -> event.path("content").path("body").asString(""))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"0,1", "0,2", "1,2", "1,0", "2,0", "2,1"})
    void anyTwoOfficersOpenTheCase(int one, int other) {
        share(rhian, WARD);
        say(rhian, "give 500 ml");
        say(rhian, "and call me");

        var disclosure = opened(caseFile(), officers(one, other));

        assertThat(bodies(disclosure)).containsExactly("give 500 ml", "and call me");
        assertThat(disclosure.unreadable()).isEmpty();
    }

    @Test
    void oneOfficerTwiceIsNotTwoOfficers() {
        assertThatThrownBy(() -> officers(1, 1))
                .isInstanceOf(CustodianRefusal.class)
                .hasMessageContaining("two different officers");
    }

    @Test
    void sharesOfTwoCeremoniesDoNotFit() {
        assertThatThrownBy(() -> new TwoOfficers(
                        ceremony.shares().getFirst(), hold().shares().getLast()))
                .isInstanceOf(CustodianRefusal.class)
                .hasMessageContaining("different ceremonies");
    }

    @Test
    void officersOfAnotherCeremonyDoNotOpenTheCase() {
        share(rhian, WARD);
        say(rhian, "give 500 ml");
        var other = hold();
        var officers = new TwoOfficers(other.shares().get(0), other.shares().get(1));

        assertThatThrownBy(() -> opened(caseFile(), officers))
                .isInstanceOf(CustodianRefusal.class)
                .hasMessageContaining("another ceremony");
    }

    /// A share that claims to be another officer's, or whose bytes were changed, joins to a wrong key, which opens
    /// nothing.
    @Test
    void aDamagedShareOpensNothing() {
        share(rhian, WARD);
        var whole = ceremony.shares().get(1);
        var parts = new HashMap<>(whole.parts());
        parts.replaceAll((what, part) -> {
            var changed = part.clone();
            changed[0] ^= 1;
            return changed;
        });
        var damaged = new OfficerShare(whole.holder(), whole.caseKey(), parts);
        var officers = new TwoOfficers(ceremony.shares().getFirst(), damaged);

        assertThatThrownBy(() -> opened(caseFile(), officers))
                .isInstanceOf(CustodianRefusal.class)
                .hasMessageContaining("damaged or not of this ceremony");
    }

    @Test
    void oneShareSaysNothingAboutTheKey() {
        for (var i = 0; i < 50; i++) {
            var split = SplitKey.make(RANDOM);
            assertThat(split.shares()).hasSize(3).doesNotContain(split.key()).doesNotHaveDuplicates();
            assertThat(SplitKey.join(
                            new SplitKey.Part(1, split.shares().get(0)),
                            new SplitKey.Part(3, split.shares().get(2))))
                    .isEqualTo(split.key());
        }
    }

    @Test
    void severalSessionsOfSeveralSendersOpen() {
        var tom = new Sender("@tom:ward.example");
        share(rhian, WARD);
        say(rhian, "one");
        share(tom, WARD);
        say(tom, "two");
        rhian.rotate();
        share(rhian, WARD);
        say(rhian, "three");

        assertThat(bodies(open())).containsExactly("one", "two", "three");
    }

    @Test
    void theNextMonthsDeviceOpensWhatWasSharedWithItAlone() {
        var july = ceremony.known().find(JUNE.plusMonths(1)).orElseThrow();
        deliver(rhian, july, rhian.share(ceremony.known(), july, WARD));
        say(rhian, "late in the month");

        assertThat(bodies(open())).containsExactly("late in the month");
    }

    @Test
    void keysOfAnotherRoomAreNotUsed() {
        share(rhian, OTHER);
        say(rhian, "shared for the other room");

        var disclosure = open();

        assertThat(disclosure.events()).isEmpty();
        assertThat(disclosure.sessions()).isZero();
        assertThat(disclosure.unreadable()).containsExactly("$0");
    }

    @Test
    void eventsOutsideTheScopeStayClosed() {
        share(rhian, WARD);
        post(rhian.user, WARD, FROM - 1, rhian.say(WARD, "too early"));
        post(rhian.user, WARD, TO + 1, rhian.say(WARD, "too late"));
        post(rhian.user, OTHER, FROM + 1, rhian.say(OTHER, "elsewhere"));
        say(rhian, "in scope");

        var disclosure = open();

        assertThat(bodies(disclosure)).containsExactly("in scope");
        assertThat(disclosure.unreadable()).isEmpty();
    }

    @Test
    void aMessageMeantForAnotherRoomIsNotReadable() {
        share(rhian, WARD);
        post(rhian.user, WARD, FROM + 1, rhian.say(OTHER, "copied here by the server"));

        assertThat(open().unreadable()).containsExactly("$0");
    }

    @Test
    void anEventSentTwiceByTheServerIsReadableOnce() {
        share(rhian, WARD);
        var said = rhian.say(WARD, "once");
        post(rhian.user, WARD, FROM + 1, said);
        post(rhian.user, WARD, FROM + 2, said);

        var disclosure = open();

        assertThat(bodies(disclosure)).containsExactly("once");
        assertThat(disclosure.unreadable()).containsExactly("$1");
    }

    @Test
    void nobodySpeaksWithAnothersSession() {
        share(rhian, WARD);
        post(new UserId("@mallory:ward.example"), WARD, FROM + 1, rhian.say(WARD, "not mine"));

        assertThat(open().unreadable()).containsExactly("$0");
    }

    @Test
    void aKeyThatClaimsAnotherSenderOrRecipientIsPassedOver() {
        var payload = Json.object()
                .put("type", "m.room_key")
                .put("sender", "@tom:ward.example")
                .put("recipient", RECORDS.value());
        deliver(rhian, june(), rhian.encrypted(june(), payload));
        deliver(rhian, june(), Json.object().put("algorithm", "m.olm.v1.curve25519-aes-sha2"));
        deliver(rhian, june(), Json.object());
        share(rhian, WARD);
        say(rhian, "still opens");

        assertThat(bodies(open())).containsExactly("still opens");
    }

    @Test
    void whatIsNotEncryptedIsDisclosedAsItIs() {
        var event = post(rhian.user, WARD, FROM + 1, Json.object().put("membership", "join"));
        event.put("type", "m.room.member");

        assertThat(open().events()).hasSize(1);
    }

    @Test
    void aSignedCaseFileReadsBackTheSame() {
        share(rhian, WARD);
        say(rhian, "give 500 ml");
        var read = CaseFile.read(caseFile().signed(CASE_KEY), Ed25519.publicKey(CASE_KEY));

        assertThat(bodies(opened(read, officers(0, 2)))).containsExactly("give 500 ml");
    }

    @Test
    void aCaseFileWithAWidenedScopeDoesNotOpen() {
        var signed = new String(caseFile().signed(CASE_KEY), UTF_8);
        var widened = signed.replace("\"from_ts\":" + FROM, "\"from_ts\":0");

        assertThat(widened).isNotEqualTo(signed);
        assertThatThrownBy(() -> CaseFile.read(widened.getBytes(UTF_8), Ed25519.publicKey(CASE_KEY)))
                .isInstanceOf(CustodianRefusal.class)
                .hasMessageContaining("changed");
    }

    @Test
    void aFileThatIsNoCaseFileIsRefused() {
        for (var bytes : List.of("{}", "hello", "")) {
            assertThatThrownBy(() -> CaseFile.read(bytes.getBytes(UTF_8), new byte[32]))
                    .isInstanceOf(CustodianRefusal.class);
        }
    }

    /// 5,000 messages a second on one core, of which there is always enough: measured in processor time, so that a busy
    /// machine does not matter.
    @Test
    void aCoreOpensFiveThousandMessagesASecond() {
        var messages = 10_000;
        share(rhian, WARD);
        for (var i = 0; i < messages; i++) {
            say(rhian, "bed " + i + " is free and waiting to be cleaned");
        }
        var file = caseFile().signed(CASE_KEY);
        var threads = java.lang.management.ManagementFactory.getThreadMXBean();
        var before = threads.getCurrentThreadCpuTime();
        var opened = new OpenedCase();
        try (var opener = new Opener(List.of(officers(0, 1)), Set.of(WARD), RANDOM)) {
            opener.open(CaseFile.read(file, opener.caseKey()))
                    .events()
                    .forEach(event -> opened.add(OpenedEvent.of(event), true));
        }
        var took = threads.getCurrentThreadCpuTime() - before;
        var query = new Query(List.of("bed 99"), java.util.Set.of(), 0, Query.EVER);

        assertThat(opened.search(query)).hasSizeGreaterThan(100);
        var perSecond = messages * 1_000_000_000L / took;
        org.slf4j.LoggerFactory.getLogger(CaseOpeningTest.class).info("{} messages a second and core", perSecond);
        assertThat(perSecond).isGreaterThan(5_000);
    }
}
