package lanyard;

import static lanyard.CaseFixture.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lanyard.TestServer.Person;
import lanyard.governance.custodian.Hit;
import lanyard.governance.custodian.OpenedEvent;
import lanyard.governance.custodian.Query;
import lanyard.governance.custodian.Session;
import lanyard.governance.custodian.TestOfficer;
import lanyard.governance.custodian.Unsealing;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Rule;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Two officers open a case in the running system, in an isolated worker.
@Rule("G17")
class UnsealingTest {
    private static final UserId OFFICER = CaseFixture.REQUESTER;
    private static final Query ALL = new Query(List.of(), Set.of(), 0, Long.MAX_VALUE);

    private static TestServer server;
    private static CaseFixture cases;
    private static Person rhian;
    private static Person amara;
    private static List<TestOfficer> officers;
    private static RoomId ward;
    private static RoomId other;
    private static EventId late;

    /// A month ends meanwhile.
    private static volatile Instant now = Instant.parse("2026-11-30T23:55:00Z");

    @BeforeAll
    static void aConversation() {
        server = TestServer.demonstration(() -> now, Map.of());
        cases = new CaseFixture(server);
        rhian = server.signIn("rhian.lloyd");
        amara = server.signIn("amara.okafor");
        officers = cases.officers();
        ward = cases.conversation(rhian, amara);
        other = cases.conversation(amara, rhian);
        cases.share(rhian, ward);
        cases.share(amara, ward);
        cases.share(amara, other);
        cases.say(rhian, ward, "Please see Siân O\u2019Brien in bay 4");
        cases.hide(rhian, ward, cases.say(rhian, ward, "NHS number 943 476 5919, said in anger"));
        var first = cases.say(amara, ward, "give 500 mg");
        cases.edit(amara, ward, first, "give 50 mg");
        late = cases.say(amara, ward, "thank you");
        cases.say(amara, other, "sian o'brien went home");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Session opened(String caseId, RoomId... rooms) {
        var session = unsealing().begin(order(caseId, rooms));
        officers.get(0).present(unsealing(), session);
        officers.get(1).present(unsealing(), session);
        return session;
    }

    private static Unsealing unsealing() {
        return cases.unsealing();
    }

    private static List<Hit> find(Session session, String... words) {
        return unsealing().search(session, OFFICER, new Query(List.of(words), Set.of(), 0, Long.MAX_VALUE));
    }

    private static List<String> read(Session session, List<Hit> hits, int context) {
        var ids = hits.stream().map(Hit::id).toList();
        return unsealing().read(session, OFFICER, new Unsealing.Reading(ids, context, context)).stream()
                .map(event -> event.content().path("body").asString("") + (event.hidden() ? " (hidden)" : ""))
                .toList();
    }

    private static void assertRefused(ThrowingCallable step, String why) {
        assertThatThrownBy(step)
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        e -> assertThat(e.code().status()).isEqualTo(403))
                .hasMessageContaining(why);
    }

    @Test
    void twoOfficersOpenACaseAndFindWhatItIsAbout() {
        var session = opened("SAR-1", ward);

        assertThat(session.state()).isEqualTo(Session.State.OPEN);
        assertThat(session.opening().orElseThrow().closed()).isEmpty();
        assertThat(read(session, find(session, "sian obrien"), 0))
                .containsExactly("Please see Siân O\u2019Brien in bay 4");
        assertThat(read(session, find(session, "9434765919"), 0))
                .containsExactly("NHS number 943 476 5919, said in anger (hidden)");
        assertThat(read(session, find(session, "500 MG"), 0)).containsExactly("give 500 mg", "* give 50 mg");
        assertThat(read(session, find(session, "anger"), 1)).hasSize(4).contains("give 500 mg");
        assertThat(find(session, "nobody said this")).isEmpty();
        unsealing().close(session, OFFICER);
    }

    @Test
    void aSearchKnowsSendersAndDates() {
        var session = opened("SAR-2", ward);

        var amaras = unsealing()
                .search(session, OFFICER, new Query(List.of(), Set.of(new UserId(amara.id())), 0, Long.MAX_VALUE));
        assertThat(amaras).extracting(Hit::type).contains("m.room.message").doesNotContain("m.room.encrypted");
        assertThat(amaras).extracting(hit -> hit.sender().value()).containsOnly(amara.id());
        assertThat(unsealing().search(session, OFFICER, new Query(List.of(), Set.of(), 0, 1)))
                .isEmpty();
        unsealing().close(session, OFFICER);
    }

    /// Security row C3: outside the approved case, another room or another time.
    @Test
    void c3NothingOutsideTheCaseIsFoundOrRead() {
        var session = opened("SAR-3", other);

        assertThat(read(session, find(session, "O'Brien"), 5)).noneMatch(said -> said.contains("bay 4"));
        assertRefused(() -> read(session, List.of(hit(late)), 0), "Only what a search of this session has found");
        unsealing().close(session, OFFICER);
    }

    private static Hit hit(EventId id) {
        return new Hit(ward, id, OFFICER, 0, "m.room.message", false, List.of());
    }

    @Test
    void whatASearchHasNotFoundIsNotRead() {
        var session = opened("SAR-4", ward);
        find(session, "bay 4");

        assertRefused(() -> read(session, List.of(hit(late)), 0), "Only what a search of this session has found");
        unsealing().search(session, OFFICER, ALL);
        assertThat(read(session, List.of(hit(late)), 0)).containsExactly("thank you");
        unsealing().close(session, OFFICER);
    }

    /// Security row C5: one share, the same one twice, one of another session, one that is changed.
    @Test
    void c5OneShareOpensNothing() {
        var session = unsealing().begin(order("SAR-5", ward));
        var another = unsealing().begin(order("SAR-5b", ward));
        var martin = officers.get(0);
        martin.present(unsealing(), session);

        assertThat(session.state()).isEqualTo(Session.State.ONE_SHARE);
        assertRefused(() -> find(session, "bay"), "Two officers must present");
        assertRefused(() -> martin.present(unsealing(), session), "You have presented");
        assertRefused(() -> martin.as(rhian.id()).present(unsealing(), session), "another officer");
        var ngozi = officers.get(1);
        assertRefused(
                () -> unsealing().present(session, ngozi.person(), ngozi.sealed(another)),
                "not sealed for this session");
        assertRefused(() -> ngozi.damaged().present(unsealing(), session), "damaged");
        assertRefused(() -> unsealing().present(session, ngozi.person(), new byte[0]), "not sealed for this session");
        assertRefused(() -> find(session, "bay"), "Two officers must present");

        ngozi.present(unsealing(), session);
        assertThat(find(session, "bay")).hasSize(1);
        unsealing().close(session, OFFICER);
        unsealing().close(another, OFFICER);
    }

    @Test
    void nobodyWhomTheCaseIsAboutOpensIt() {
        var victor = officers.get(2);
        var session = unsealing().begin(order("SAR-6", Set.of(victor.person()), ward));

        assertRefused(() -> victor.present(unsealing(), session), "named in this case");
        assertRefused(() -> order("SAR-7", Set.of(CaseFixture.REQUESTER), ward), "cannot ask for it");
        officers.get(0).present(unsealing(), session);
        officers.get(1).present(unsealing(), session);
        assertThat(find(session, "bay")).hasSize(1);
        unsealing().close(session, OFFICER);
    }

    /// Known to be theirs only after the case was approved, and so not listed.
    @Test
    void nobodyOpensItByAnotherAccountOfSomebodyWhomItIsAbout() {
        var victor = officers.get(2);
        Behind.staffNumber(server, victor.person().value(), "8001");
        Behind.staffNumber(server, "@sian.evans:lanyard.localhost", "8001");
        var session = unsealing().begin(order("SAR-14", Set.of(new UserId("@sian.evans:lanyard.localhost")), ward));
        assertRefused(() -> victor.present(unsealing(), session), "named in this case");
        unsealing().close(session, OFFICER);
        Behind.staffNumber(server, "@sian.evans:lanyard.localhost", "8002");
    }

    /// Security row C5: after sixty minutes.
    @Test
    void c5AfterSixtyMinutesItIsOver() {
        var session = opened("SAR-8", ward);
        var worker = TestOfficer.workerOf(session);
        assertThat(find(session, "bay")).hasSize(1);

        now = now.plusSeconds(3_600);

        assertRefused(() -> find(session, "bay"), "is over");
        assertThat(session.state()).isEqualTo(Session.State.CLOSED);
        assertThat(worker.onExit().join().isAlive()).isFalse();
        assertThat(unsealing().ofCase("SAR-8")).isEmpty();
    }

    @Test
    void theWorkerEndsByItselfWhenItsTimeIsOver() {
        var session = TestOfficer.begin(unsealing(), order("SAR-9", ward), java.time.Duration.ofMillis(500));

        assertThat(TestOfficer.workerOf(session).onExit().join().isAlive()).isFalse();
        assertRefused(() -> officers.get(0).present(unsealing(), session), "is over");
    }

    @Test
    void closingEndsTheWorkerAtOnce() {
        var session = opened("SAR-10", ward);
        assertRefused(() -> unsealing().begin(order("SAR-10", ward)), "being unsealed already");

        unsealing().close(session, OFFICER);

        assertThat(TestOfficer.workerOf(session).onExit().join().isAlive()).isFalse();
        assertRefused(() -> find(session, "bay"), "is over");
    }

    @Test
    void aMessageWhoseKeyNeverCameIsSaidToBeClosed() {
        var room = cases.conversation(rhian, amara);
        var said = cases.say(rhian, room, "nobody was told the key");
        cases.share(amara, room);
        cases.say(amara, room, Json.object().put("msgtype", "m.file").put("body", "scan.pdf"));

        var session = opened("SAR-11", room);

        assertThat(session.opening().orElseThrow().closed()).containsExactly(said);
        assertThat(find(session, "scan")).hasSize(1);
        assertThat(find(session, "nobody was told")).isEmpty();
        unsealing().close(session, OFFICER);
    }

    @Test
    void openedEventsDoNotPrintWhatTheySay() {
        var event = new OpenedEvent(
                ward,
                late,
                OFFICER,
                0,
                "m.room.message",
                Json.object().put("body", "secret"),
                false,
                java.util.Optional.empty());
        assertThat(event.toString()).doesNotContain("secret");
        assertThat(ALL.toString()).doesNotContain("secret");
    }
}
